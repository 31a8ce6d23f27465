import type { EventResult, Settlement } from '../../../core/events/event.ts'
import { isKnownReason, type ReasonCode, reasonGroup } from '../../../core/reasonCodes.ts'
import type { ArrivedEvent } from '../../events/arrivedEvent.ts'
import { sha256 } from '../../system.ts'
import { StoreUnavailable } from '../commands.ts'
import type { SettleAnswer, SettleCommand } from '../couponStore.ts'
import type { ConflictEvents } from './conflictEvents.ts'
import type { JournalRows, ReadEvent, StationEvents } from './eventRows.ts'
import type { RedemptionRows } from './redemptionRows.ts'
import type { Rollbacks } from './rollback.ts'
import type { SettledThrough } from './settledThrough.ts'
import type { SettledOutcome, SettleRedemption } from './settleRedemption.ts'
import type { Unit } from './unit.ts'

/** Runs `work` inside the open transaction; if it throws, only its own changes are undone. */
export type Savepoint = <Result>(work: () => Result) => Result

/**
 * Settles the events of a command. `apart`: one that breaks is undone alone and left for later; otherwise it throws, for the
 * caller to undo all and call again, which costs less, because a bug is rare.
 */
export type SettleEvents = (unit: Unit, command: SettleCommand, apart: boolean) => SettleAnswer

/** A station's journal as it arrives: kept, chained, and settled event by event. */
export function settleEvents(
  savepoint: Savepoint,
  journals: JournalRows,
  rows: RedemptionRows,
  rollbacks: Rollbacks,
  settleRedemption: SettleRedemption,
  settledThrough: SettledThrough,
  conflicts: ConflictEvents,
): SettleEvents {
  const setAside = (unit: Unit, { station }: SettleCommand, event: ArrivedEvent, reason: ReasonCode): EventResult => {
    const { stationId } = station
    const result = quarantined(event, reason)
    const { seq, id, redacted } = event
    const digest = sha256(Buffer.from(redacted, 'utf8'))
    journals.setAside({ stationId, digest, seq, id, reason, redacted, result, at: unit.now })
    conflicts.settled(unit, station, event, result, true)
    return result
  }

  /** Whether an event fits between the neighbours of its place that are known; a hole is not a fork. */
  const fits = (journal: StationEvents, { seq, hash, prevHash }: ReadEvent): boolean => {
    if (prevHash === null) return true
    const before = journal.at(seq - 1)
    const after = journal.at(seq + 1)
    const follows = seq === 1 ? prevHash.every((byte) => byte === 0) : !before || equal(before.hash, prevHash)
    return follows && (!after?.prevHash || equal(after.prevHash, hash))
  }

  const settleContent = (unit: Unit, { station }: SettleCommand, event: ReadEvent): EventResult => {
    const { content, decidedAt } = event
    switch (content.kind) {
      case 'bad':
        return quarantined(event, content.reason)
      case 'record':
        return { seq: event.seq, id: event.id, status: 'confirmed', lines: [] }
      case 'annul': {
        const { annulId, redemptionId, reason, operatorId = null } = content.body
        const redemption = rows.find(redemptionId)
        if (redemption && redemption.storeId !== station.store.storeId)
          return quarantined(event, 'operator_not_allowed')
        const { stationId } = station
        const { intentHash } = content
        const undone = rollbacks.annul(unit, { annulId, redemptionId, stationId, operatorId, reason, intentHash })
        const lines = undone.map((acquisitionId) => ({ acquisitionId, status: 'confirmed' as const }))
        return { seq: event.seq, id: event.id, status: 'confirmed', lines }
      }
      case 'redemption': {
        const outcomes = settleRedemption(unit, { station, content, decidedAt })
        return outcomes ? settled(event, outcomes) : quarantined(event, 'duplicate_request_differs')
      }
    }
  }

  /**
   * The same event once more: the first answer, which was lost. One that was quarantined is tried anew until a manager has
   * written it off: the station was asked to send it again, because something here was repaired.
   */
  const settledAgain = (
    unit: Unit,
    command: SettleCommand,
    journal: StationEvents,
    event: ReadEvent,
    first: EventResult,
  ): EventResult => {
    const { station } = command
    if (first.status !== 'quarantined' || !conflicts.isOpen(station.stationId, event.id)) return first
    const result = settleContent(unit, command, event)
    if (result.status === 'quarantined') return first
    journal.answerAnew(event.seq, result)
    conflicts.settled(unit, station, event, result, false)
    return result
  }

  const settleOne = (unit: Unit, command: SettleCommand, journal: StationEvents, event: ArrivedEvent): EventResult => {
    if (event.kind === 'unreadable') return setAside(unit, command, event, event.reason)
    const before = journal.at(event.seq)
    if (before && equal(before.hash, event.hash)) {
      return settledAgain(unit, command, journal, event, JSON.parse(before.result))
    }
    if (before || !fits(journal, event)) return setAside(unit, command, event, 'journal_forked')

    const result = settleContent(unit, command, event)
    conflicts.settled(unit, command.station, event, result, false)
    journal.insert(event, result, unit.now)
    return result
  }

  return (unit, command, apart) => {
    const { stationId } = command.station
    let journal = journals.of(stationId)
    const alone = (event: ArrivedEvent): EventResult => {
      try {
        return savepoint(() => settleOne(unit, command, journal, event))
      } catch (error) {
        // A bug met this event: it stays at the station, and its neighbours are settled.
        if (error instanceof StoreUnavailable) throw error
        command.onFailure(error)
        journal = journals.of(stationId)
        return { seq: event.seq, id: event.id, status: 'retry', lines: [] }
      }
    }
    const results = command.events.map((event) => (apart ? alone(event) : settleOne(unit, command, journal, event)))
    const answered = results.flatMap(({ seq, status }) => (seq === null || status === 'retry' ? [] : seq))
    settledThrough.advance(stationId, new Set(answered))
    return { results, changeSeq: unit.lastChange() }
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

function quarantined({ seq, id }: ArrivedEvent, reason: ReasonCode): EventResult {
  return { seq, id, status: 'quarantined', reason, reasonGroup: reasonGroup(reason), lines: [] }
}

function settled({ seq, id }: ReadEvent, outcomes: readonly SettledOutcome[]): EventResult {
  const lines = outcomes.map((outcome) =>
    outcome.status === 'confirmed' ? outcome : { ...outcome, reasonGroup: groupOf(outcome.reason) },
  )
  const status: Settlement = lines.some((line) => line.status === 'forced') ? 'forced' : 'confirmed'
  return { seq, id, status, lines }
}

function groupOf(reason: string) {
  return reasonGroup(isKnownReason(reason) ? reason : 'invalid_request')
}
