import type { Change } from '../../core/contract/changes.ts'
import type { ConflictPage, ConflictStory } from '../../core/contract/conflicts.ts'
import type { RedemptionResponse } from '../../core/contract/redemptions.ts'
import type { SearchResponse } from '../../core/contract/search.ts'
import type { OperatorRole, PinVerifier } from '../../core/contract/sessions.ts'
import type { StationRole, StationSettings } from '../../core/contract/stations.ts'
import type { EventResult } from '../../core/events/event.ts'
import type { Entry } from '../../core/media/medium.ts'
import type { Objective, Store } from '../../core/objective.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Select } from '../../core/redemption/model.ts'
import type { AuditActor } from '../audit/entry.ts'
import type { ArrivedEvent } from '../events/arrivedEvent.ts'
import type { ApiKeyStore } from './apiKeyCommands.ts'
import type { AuditStore } from './auditCommands.ts'
import type { CampaignStore } from './campaignCommands.ts'
import type { BatchResult, DecisionCommand, PresentedMedium, StationContext } from './commands.ts'
import type {
  ConflictPlace,
  ConflictScope,
  ConflictsQuery,
  ResolveCommand,
  ResolveRefusal,
} from './conflictCommands.ts'
import type { CopyScope, FeedPlace } from './feedPlace.ts'
import type { HolderStore } from './holderCommands.ts'
import type { LeaseStore } from './leaseCommands.ts'
import type { NoticeStore } from './noticeCommands.ts'
import type { OfficeStore } from './officeCommands.ts'
import type { OfficeReads } from './officeReads.ts'
import type { OperationStore } from './operationCommands.ts'
import type { RegistrationStore } from './registrationCommands.ts'
import type { SettingsStore } from './settingsCommands.ts'
import type { WebhookStore } from './webhookCommands.ts'

export interface OperatorRecord {
  readonly operatorId: string
  readonly name: string
  readonly role: OperatorRole
  readonly active: boolean
  /** The one store that they look after; null or absent: every store. */
  readonly storeId?: string | null
  readonly pin: PinVerifier
}

export interface StoreRecord {
  readonly store: Store
  readonly settings: StationSettings
  readonly acceptsRawMedia: boolean
}

export interface StationRecord extends StoreRecord {
  readonly stationId: string
  readonly name: string
  readonly role: StationRole
  readonly state: 'announced' | 'enrolled' | 'revoked'
  /** Epoch milliseconds; null: in service. */
  readonly revokedAt: number | null
  readonly publicKey: Uint8Array | null
  /** Made for an integrator's API key, which has its id. */
  readonly isApiKey?: boolean
}

export interface InvitedStation {
  readonly station: StationRecord
  /** Epoch milliseconds. */
  readonly codeExpiresAt: number
}

export interface AnnounceCommand {
  readonly stationId: string
  readonly storeId: string
  readonly name: string
  readonly role: StationRole
  readonly codeHash: Uint8Array
  readonly codeExpiresAt: number
  readonly announcedBy: string
  readonly now: number
}

export interface SearchQuery {
  readonly station: StationContext
  readonly medium: PresentedMedium
  readonly objective: Objective
  readonly entry: Entry
  readonly select?: Select
  readonly now: number
}

/** The answer to a search as it goes over the wire: JSON of a `SearchResponse`. */
export interface WrittenSearch {
  readonly json: string
  /** Campaigns of which the server has nothing left, though stations may: worth calling leases back for. */
  readonly short: readonly string[]
}

export interface SettleCommand {
  readonly station: StationContext
  /** In the order they were sent. */
  readonly events: readonly ArrivedEvent[]
  readonly now: number
  /** Whoever brings them in the station's place, for the audit log; absent: the station itself. */
  readonly by?: AuditActor
  /** Told of an exception that left one event for later. */
  readonly onFailure: (error: unknown) => void
}

export interface SettleAnswer {
  readonly results: readonly EventResult[]
  readonly changeSeq: number
}

export interface ChangesQuery {
  readonly station: StationContext
  /** Place after which to read; null for everything. */
  readonly after: FeedPlace | null
  /** Changes on a page, more or less: what belongs together is not torn apart. */
  readonly limit: number
  readonly now: number
}

/**
 * A page of the change feed; positions are in it only when no transaction below them is open. `gone`: changes cannot bring
 * the copy up to date. `cursor_foreign`: this database never was at that place (a backup was restored). `cursor_expired`:
 * the copy is too old or too far behind.
 */
export type ChangesAnswer =
  | { readonly kind: 'page'; readonly changes: readonly Change[]; readonly place: FeedPlace; readonly more: boolean }
  | { readonly kind: 'gone'; readonly reason: 'cursor_foreign' | 'cursor_expired' }

/** What a copy that is begun now is to hold. */
export interface CopyPlan {
  /** Stores with the same key may share one file. */
  readonly key: string
  readonly storeId: string
  readonly scope: CopyScope
  /** Campaigns whose coupons are left out. */
  readonly elsewhere: readonly string[]
}

export interface CopyCommand {
  readonly plan: CopyPlan
  /** Where to write the file; it must not be there. */
  readonly path: string
  readonly now: number
}

export interface CopyWritten {
  /** The position of the change feed that the copy contains. */
  readonly changeSeq: number
  readonly bytes: number
}

/** What one sample holder is seeded with; media by key. */
export interface HolderSeed {
  readonly holderId: string
  readonly media: readonly { readonly medium: PresentedMedium; readonly blocked: boolean }[]
  readonly acquisitions: readonly {
    readonly acquisitionId: string
    readonly campaignId: string
    readonly usesLeft?: number
  }[]
}

/**
 * Everything the coupon server keeps. Every method is a whole unit of work: when its promise resolves, all of it is on
 * disk (fsync) or nothing is; when it rejects, nothing is. Rejects with `StoreUnavailable` when the database could not
 * do it. Several processes may share one database.
 */
export interface CouponStore
  extends LeaseStore,
    RegistrationStore,
    HolderStore,
    CampaignStore,
    OfficeReads,
    OfficeStore,
    ApiKeyStore,
    AuditStore,
    NoticeStore,
    OperationStore,
    SettingsStore,
    WebhookStore {
  /**
   * Decides commands one after another in one transaction, each seeing its predecessors; results in the same order.
   * Rejects with `StoreUnavailable` for all when the commit failed.
   */
  decide(batch: readonly DecisionCommand[], now: number): Promise<readonly BatchResult[]>
  /** How many batches it decides at the same time; absent: one after another. */
  readonly decidesAtOnce?: number
  /** Settles what a station decided on its own, event by event; a bad one is quarantined alone. */
  settleEvents(command: SettleCommand): Promise<SettleAnswer>
  /** Whether it does so beside the caller, in the order of the calls: then the caller reads the next events meanwhile. */
  readonly settlesBeside?: boolean

  /** How many calls of `search` it answers at the same time; absent: one after another. */
  readonly searchesAtOnce?: number
  /** Answers searches over one view of the database, in the same order. */
  search(queries: readonly SearchQuery[]): Promise<readonly SearchResponse[]>
  /** The same, written by whoever found it. Absent: the caller writes. */
  searchWritten?(queries: readonly SearchQuery[]): Promise<readonly WrittenSearch[]>
  /** The first decision plus today's state, with where it was made; null for an id that was never heard of. */
  redemption(redemptionId: string): Promise<{ readonly storeId: string; readonly response: RedemptionResponse } | null>
  changesSince(query: ChangesQuery): Promise<ChangesAnswer>
  /**
   * Writes what a station of a store would hold after all changes as a file of `core/replica/schema`, of one view of the
   * database and without holding up whoever decides. Nothing is left at `path` when it rejects.
   */
  writeCopy(command: CopyCommand): Promise<CopyWritten>
  planCopy(station: StationContext, now: number): Promise<CopyPlan>
  /** The latest position of the change feed. */
  changePosition(): Promise<number>

  /** Conflicts in a scope, newest first, and where the next page begins. */
  conflicts(query: ConflictsQuery): Promise<Omit<ConflictPage, 'cursor'> & { readonly next: ConflictPlace | null }>
  /** Both sides' story; null for one that is not there or not in the scope. */
  conflict(conflictId: string, scope: ConflictScope): Promise<ConflictStory | null>
  /** A manager's word, with what follows from it, at once; told to the station as a change. */
  resolveConflict(command: ResolveCommand): Promise<Outcome<null, ResolveRefusal>>

  operatorByName(name: string): Promise<OperatorRecord | null>
  operator(operatorId: string): Promise<OperatorRecord | null>
  putOperator(operator: OperatorRecord): Promise<void>

  /** `noted`: written down as that person's or command's doing. */
  putStore(store: StoreRecord, noted?: { readonly by: AuditActor; readonly now: number }): Promise<void>
  /** `false`: no such store. */
  announceStation(command: AnnounceCommand): Promise<boolean>
  /**
   * Makes a station of whoever has the one-time code. The same code from whoever has proven to hold the same key is a
   * repeated request, whose answer was lost: the new token takes the place of the old one when it is first used. null when
   * the code is unknown, expired, or used.
   */
  enrolStation(command: {
    readonly codeHash: Uint8Array
    readonly tokenHash: Uint8Array
    readonly publicKey: Uint8Array
    readonly isProven: boolean
    readonly now: number
  }): Promise<StationRecord | null>
  /** The station that a one-time code was made for, used or not; null: there is none, or it was revoked. */
  stationByCode(codeHash: Uint8Array): Promise<InvitedStation | null>
  /** A station without a key, for integrators and demos; replaces its token when it exists. */
  putUnsignedStation(command: {
    readonly stationId: string
    readonly storeId: string
    readonly name: string
    readonly role: StationRole
    readonly tokenHash: Uint8Array
    readonly now: number
  }): Promise<void>
  /** Takes a station out of service for good; the first time counts. `false`: no such station. */
  revokeStation(stationId: string, now: number, by?: AuditActor, reason?: string | null): Promise<boolean>
  /**
   * Gives a station a new token; the one it has is good until the new one is first used, so that an answer may be lost.
   * `false`: it is not in service.
   */
  exchangeStationToken(stationId: string, tokenHash: Uint8Array, now: number): Promise<boolean>
  station(stationId: string): Promise<StationRecord | null>
  /** The event of a station with the highest number that has arrived; null: none has. */
  lastEvent(stationId: string): Promise<{ readonly seq: number; readonly hash: Uint8Array } | null>
  /**
   * Erases a slice of what is older than ids are remembered (`KEEPING_MS`): answers that no request can ask for any more, and
   * the bodies of settled events, whose hashes stay. Answers how many rows; 0: nothing is left to do.
   */
  prune(now: number): Promise<number>
  stationByToken(tokenHash: Uint8Array): Promise<StationRecord | null>

  /** Registers a holder with media and coupons unless it is there already. */
  seedHolder(holder: HolderSeed, now: number): Promise<void>
  /** The same for many, in several units of work of at most 5,000 rows: decisions and the feed go on between them. */
  importHolders(holders: Iterable<HolderSeed>, now: number): Promise<void>
  close(): Promise<void>
}
