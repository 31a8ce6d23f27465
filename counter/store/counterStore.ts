import type { Campaign } from '../../core/campaigns/campaign.ts'
import type { Change } from '../../core/contract/changes.ts'
import type { SomeValues } from '../../core/contract/counterSettings.ts'
import type { RedemptionRequest } from '../../core/contract/redemptions.ts'
import type { SnapshotFormat } from '../../core/contract/snapshot.ts'
import type { EnrolResponse } from '../../core/contract/stations.ts'
import type { OfflineDesk, OwnConflict } from '../../core/counter/offlineDesk.ts'
import type { ReaderSettings } from '../../core/counter/readerSetup.ts'
import type { CounterState, SnapshotFault, Visit } from '../../core/counter/state.ts'
import type { EventResult, EventType, StationEvent } from '../../core/events/event.ts'
import type { MediumKey } from '../../core/media/medium.ts'
import type { Amount } from '../../core/money.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { SnapshotFile } from '../../core/ports/couponGateway.ts'
import type { Acquisition } from '../../core/qualification/model.ts'
import type { Override, OverrideKind } from '../../core/redemption/overrides.ts'
import type { Anchor } from '../clock/anchor.ts'
import type { DayBook } from './dayBook.ts'
import type { LeaseBook } from './leaseBook.ts'
import type { PosBook } from './posBook.ts'
import type { ShiftBook } from './shiftBook.ts'
import type { StaffCardBook } from './staffCardBook.ts'

/** Why a write did not happen. Nothing of it is on disk then: every method is one transaction. */
export type StorageFault = 'full' | 'corrupt' | 'io'
export type Stored<Value = null> = Outcome<Value, { readonly fault: StorageFault; readonly detail: string }>

/** Who this station is and how it is set, as far as it is no secret. */
export type StationRecord = Pick<EnrolResponse, 'stationId' | 'store' | 'role' | 'settings'>

/** One journal entry before it has its place in the chain. Times are epoch milliseconds. */
export interface EventDraft {
  readonly type: EventType
  readonly id: string
  readonly stationAt: number
  readonly correctedAt: number
  readonly body: Readonly<Record<string, unknown>>
}

/** An approval exactly as the cashier is shown it. */
export type ShownApproval = Omit<Extract<Visit, { phase: 'approved' }>, 'phase' | 'redemptionId'>

export interface Intent {
  readonly redemptionId: string
  readonly createdAt: number
  readonly request: RedemptionRequest
  /** The id of the rollback that takes it back, once one has been decided on. */
  readonly rollbackId: string | null
}

/** A use that the replica does not know of yet. */
export interface LocalUse {
  readonly acquisitionId: string
  readonly discount: Amount
  /** Corrected time, epoch milliseconds. */
  readonly usedAt: number
  /** The position of the server's feed that contains it; null until the server has answered. */
  readonly changeSeq: number | null
  /** Of a campaign that is limited as a whole: it counts as demand for leases. */
  readonly campaignId?: string | undefined
  /** The lease it is drawn from. */
  readonly leaseId?: string | undefined
}

export interface Undo {
  readonly redemptionId: string
  readonly rollbackId: string
  readonly reason: string
  readonly operatorId: string | null
}

/**
 * How the server turned this station away, the last time it was heard. `by_name`: head office has revoked it. `unnamed`: a
 * 401 or 403 that does not say so, as of a server that was restored from an old backup.
 */
export type TurnedAway = 'by_name' | 'unnamed'

export interface SignInThrottle {
  readonly wrong: number
  /** Epoch milliseconds. */
  readonly retryAt: number
}

/** What must be done before this machine may forget who it is. */
export interface Backlog {
  /** Events that wait to be sent. */
  readonly stored: number
  /** Events that the server has refused and nobody has resolved. */
  readonly quarantined: number
  /** Intents and undos of which the server may hold something. */
  readonly unresolved: number
}

/** A file of events for rescue. */
export interface RescueFile {
  readonly path: string
  readonly events: number
}

/** What a settled batch changed that a person should know. */
export interface SettledBatch {
  readonly forced: readonly { readonly eventId: string; readonly reason: string | null }[]
  readonly quarantined: readonly { readonly eventId: string; readonly reason: string | null }[]
}

/** `journal.db`: what this station did. Never rebuilt from anywhere; a write that returned is on disk. */
export interface Journal extends DayBook, LeaseBook, PosBook, ShiftBook, StaffCardBook {
  station(): StationRecord | null
  /** With the event that says what head office has set, where that is new. */
  recordStation(station: StationRecord, event?: EventDraft | null): Stored

  /**
   * Written before any request leaves (CONTRACT.md §4.1). `meanwhile` is done while the disk is busy with it; it may read
   * and must not write. Its value comes back when the intent is on disk.
   */
  openIntent<Value>(intent: Intent, meanwhile?: () => Value): Stored<Value | undefined>
  /** Seals an event that is about to be written, so that its write has less to do. Nothing of it is kept. */
  prepare(event: EventDraft): void
  /** The approval is about to be shown: its event, its outbox row, its local uses, and the intent's end, at once. */
  showApproved(approval: {
    readonly redemptionId: string
    readonly shown: ShownApproval
    readonly event: EventDraft
    readonly uses: readonly LocalUse[]
  }): Stored
  /** A refusal is about to be shown. `mayBeHeld`: a request left and may have been applied, so the intent stays open. */
  showRefused(refusal: {
    readonly redemptionId: string
    readonly event: EventDraft
    readonly mayBeHeld: boolean
  }): Stored
  /** What was shown under this id; null when nothing was shown as approved. */
  shown(redemptionId: string): ShownApproval | null
  /**
   * An approval that is on disk and after which nobody did anything: the program may have died before a screen showed it.
   * `confirmed` once the server has settled it. null when a cashier has gone on since, or took it back.
   */
  lastApproval(): { readonly redemptionId: string; readonly approval: ShownApproval } | null
  /** The cashier has gone on from an approval that was shown. */
  dismissApproval(redemptionId: string): Stored
  /** Intents of which nothing was shown as approved and which the server may hold. Oldest first. */
  openIntents(): readonly Intent[]
  planRollback(redemptionId: string, rollbackId: string): Stored
  /** An open intent is done with: the server never approved it, gave it back, or will be told by `event`. */
  closeIntent(redemptionId: string, event: EventDraft | null): Stored

  /** Written before an undo is asked of the server. */
  beginUndo(undo: Undo): Stored
  /** `event`: the annul that asks for it later. Local uses of the redemption leave unless it was `refused`. */
  endUndo(redemptionId: string, how: 'rolled_back' | 'annulled' | 'refused', event: EventDraft | null): Stored
  pendingUndos(): readonly Undo[]

  /** Journals something that is no approval: a session, a refused medium. */
  record(event: EventDraft): Stored
  /** The oldest events that are due for sending, sealed, at most `limit` and about `maxBytes` of JSON; those after `afterSeq`. */
  due(now: number, limit: number, maxBytes: number, afterSeq?: number): readonly StationEvent[]
  /** Epoch milliseconds at which the next unsent event is due; null: none waits. */
  nextDue(): number | null
  /** The server's answer for a batch that was sent. An event it did not answer for stays, due at `retryAt`. */
  settle(
    sent: readonly StationEvent[],
    results: readonly EventResult[],
    changeSeq: number,
    at: number,
    retryAt: number,
  ): Stored<SettledBatch>
  /** The server refuses even to look at this event: kept and shown, it blocks nobody. */
  quarantine(seq: number, reason: string): Stored
  waiting(): CounterState['waiting']
  backlog(): Backlog

  /**
   * One slice of keeping the file small: settled events older than `keepMs` go into a signed checkpoint. `more`: there is
   * more to do. A few milliseconds; between customers.
   */
  tidy(now: number, keepMs?: number): Stored<{ readonly events: number; readonly more: boolean }>
  /** One slice of reading everything again; `done` when all of it has been read and holds. A few milliseconds. */
  scrub(): { readonly state: 'more' | 'done' } | { readonly state: 'damaged'; readonly detail: string }

  usesOf(acquisitionIds: readonly string[]): readonly LocalUse[]
  /** The replica has reached `changeSeq`: uses at or below it are in there. */
  dropUses(changeSeq: number): Stored
  /** The highest position up to which uses have left: an older replica would not know of them. */
  droppedThrough(): number
  /** The server's positions are others now (a backup was restored): nothing is known of them. */
  forgetPositions(): Stored
  /**
   * The server has lost what it had answered for (a backup was restored): every event that is still here with a number above
   * `after` is sent again, and what it does know is answered as before. They count in no limit of what waits. Their uses
   * stay in the overlay until the server has counted them anew. `event` says so in the journal.
   */
  resend(after: number, event: EventDraft): Stored
  /** The highest number of an event that the server has answered for and that does not wait again; 0: of none. */
  answeredThrough(): number

  /** What managers have set about readers; null: nothing yet. */
  readerSettings(): ReaderSettings | null
  /** With the event that tells head office of it. */
  keepReaderSettings(settings: ReaderSettings, event: EventDraft): Stored

  /** What was chosen at this counter instead of what the office has set. */
  chosenSettings(): SomeValues
  /** With the event that tells head office of it. */
  keepChosenSettings(chosen: SomeValues, event: EventDraft): Stored

  /** What managers have set aside and nobody has ended yet, whatever the time is. */
  overrides(): readonly Override[]
  /** Takes the place of one of the same kind. With the event that tells head office of it. */
  keepOverride(override: Override, event: EventDraft): Stored
  dropOverride(kind: OverrideKind, event: EventDraft): Stored

  /** What waits for the server or was set aside, oldest first: how many in all, and the first `limit`. */
  queue(limit: number): OfflineDesk['queue']
  /** Lines and events of this station that were forced or set aside, newest first; resolved ones too. */
  ownConflicts(limit: number): readonly OwnConflict[]
  /** Conflicts that have ended, as the feed tells; those of another station's events are no concern of this one. */
  resolve(resolutions: readonly ResolutionChange[]): Stored
  /** Everything that was set aside is due again at once; how many that was. */
  sendAgain(): Stored<number>

  /** null: it was not, or was let in again since. */
  turnedAway(): TurnedAway | null
  keepTurnedAway(turnedAway: TurnedAway | null): Stored

  throttle(operatorId: string): SignInThrottle | null
  setThrottle(operatorId: string, throttle: SignInThrottle | null): Stored
  /** The corrected time of the journal's last event, epoch milliseconds; null: it has none. */
  lastCorrectedAt(): number | null
  /** That of the last event whose clock nobody doubted. */
  lastTrustedAt(): number | null
  clockAnchor(): Anchor | null
  keepClockAnchor(anchor: Anchor): Stored
}

export type ResolutionChange = Extract<Change, { kind: 'resolution' }>

export interface ReplicaPosition {
  readonly cursor: string
  readonly changeSeq: number
  /** When it was last complete, the server's clock, epoch milliseconds; null: never yet. */
  readonly asOf: number | null
}

export interface ReplicaMedium {
  /** Names the holder within this copy. */
  readonly holder: number
  readonly blocked: boolean
}

export interface HolderUsage {
  readonly campaignId: string
  readonly period: string
  readonly uses: number
}

export type ReplicaOperator = Extract<Change, { kind: 'operator' }>

/** `replica.db`: the station's copy of what the server knows. Damaged, it empties itself and is filled again. */
export interface Replica {
  position(): ReplicaPosition
  /** Applies one page of changes and its cursor in one transaction. `asOf` is given with the last page only. */
  apply(changes: readonly Change[], to: { cursor: string; changeSeq: number; asOf: number | null }): Stored
  /** Throws everything away: the server no longer knows the cursor. */
  reset(): void
  medium(keys: readonly MediumKey[]): ReplicaMedium | null
  acquisitions(holder: number): readonly Acquisition[]
  /** null: not in the copy. */
  campaignOf(holder: number, acquisitionId: string): string | null
  usage(holder: number): readonly HolderUsage[]
  campaigns(): ReadonlyMap<string, Campaign>
  operators(): readonly ReplicaOperator[]
}

/** Where a snapshot comes in beside the replica, piece by piece; what is here survives a restart. */
export interface SnapshotInbox {
  /** Forms of a snapshot that can be unpacked here, best first. */
  readonly formats: readonly SnapshotFormat[]
  /** The file that was begun and how many bytes of it are here; null: none that could be gone on with. */
  begun(): { readonly file: SnapshotFile; readonly received: number } | null
  /** Forgets whatever is here and begins with another file. */
  begin(file: SnapshotFile): Stored
  append(bytes: Uint8Array): Stored
  /** Reads through what has come, while taps go on. What it says is in it, or why it is of no use. */
  check(): Promise<Outcome<{ readonly changeSeq: number }, { readonly fault: SnapshotFault; readonly detail: string }>>
  /** Puts what was checked in the replica's place; a crash leaves the one or the other. */
  install(): Stored
  discard(): void
}

/** The counter's two files. No transaction spans both (CONTRACT.md §7). */
export interface CounterStore {
  readonly journal: Journal
  readonly replica: Replica
  readonly snapshots: SnapshotInbox
  /** Writes what the server has not taken to a new file beside the journal, signed as it is. `now`: epoch milliseconds. */
  exportQueue(now: number): Stored<RescueFile>
  close(): void
}
