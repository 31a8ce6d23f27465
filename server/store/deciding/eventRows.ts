import type { EventResult } from '../../../core/events/event.ts'
import type { ArrivedEvent } from '../../events/arrivedEvent.ts'

export type ReadEvent = Extract<ArrivedEvent, { kind: 'read' }>

export interface KeptEvent {
  readonly hash: Uint8Array
  /** null: from a station that keeps no chain. */
  readonly prevHash: Uint8Array | null
  /** JSON of an `EventResult`. */
  readonly result: string
}

/** One station's journal as far as it has arrived, inside one transaction that nobody else writes in. */
export interface StationEvents {
  at(seq: number): KeptEvent | undefined
  /** Keeps an event with what it was answered at `now`, epoch milliseconds. */
  insert(event: ReadEvent, result: EventResult, now: number): void
  answerAnew(seq: number, result: EventResult): void
}

/** An event that could not be settled, as received. */
export interface SetAside {
  readonly stationId: string
  /** SHA-256 of `redacted`: the same one arrives once. */
  readonly digest: Uint8Array
  readonly seq: number | null
  readonly id: string | null
  readonly reason: string
  readonly redacted: string
  readonly result: EventResult
  /** Epoch milliseconds. */
  readonly at: number
}

/** The events and quarantine tables, inside one transaction. */
export interface JournalRows {
  /** Open it anew after a part of the transaction was undone. */
  of(stationId: string): StationEvents
  /** Nothing when it is there already. */
  setAside(event: SetAside): void
}
