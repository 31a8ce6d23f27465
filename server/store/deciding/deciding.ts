import type { SearchResponse } from '../../../core/contract/search.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import type { DecisionAnswer, DecisionCommand } from '../commands.ts'
import type { HolderSeed, SearchQuery } from '../couponStore.ts'
import type { Pool } from '../leaseCommands.ts'
import { type AcquisitionRequestRows, acquisitions, type IssueFigures } from './acquire.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import { type ActivityRows, activity } from './activity.ts'
import type { AuditTrail } from './auditTrail.ts'
import type { CodeRows } from './codeRows.ts'
import { conflictEvents } from './conflictEvents.ts'
import { type ConflictRows, conflicts } from './conflicts.ts'
import type { Definitions } from './definitions.ts'
import type { JournalRows } from './eventRows.ts'
import { holdings } from './holdings.ts'
import { type DecideRow, type ImportRows, importing } from './importing.ts'
import { type IssuedRows, type Issuing, issuing } from './issuing.ts'
import type { LeaseRows } from './leaseRows.ts'
import { type Leases, leases } from './leases.ts'
import { type Lend, lending } from './lending.ts'
import { type MediaRows, media } from './media.ts'
import { type NoticeRows, outbox } from './notices.ts'
import { type OveruseRows, overuse } from './overuse.ts'
import { poolOf } from './pool.ts'
import { redeem } from './redeem.ts'
import type { RedemptionRows } from './redemptionRows.ts'
import { type Registering, type RegisteringRows, registering } from './registering.ts'
import { type ResolveConflict, resolveConflicts } from './resolveConflict.ts'
import { type RollbackRows, rollbacks } from './rollback.ts'
import { search } from './search.ts'
import { type SettledRows, settledThrough } from './settledThrough.ts'
import { type Savepoint, type SettleEvents, settleEvents } from './settleEvents.ts'
import { settleRedemptions } from './settleRedemption.ts'
import type { Unit } from './unit.ts'
import type { UsageRows } from './usageRows.ts'
import { uses } from './uses.ts'

/** Everything that decisions read and write, inside one transaction: what an engine has to offer. */
export interface DecidingRows {
  readonly acquisitions: AcquisitionRows
  readonly requests: AcquisitionRequestRows
  readonly codes: CodeRows
  readonly issued: IssuedRows
  readonly usage: UsageRows
  readonly media: MediaRows
  readonly activity: ActivityRows
  readonly redemptions: RedemptionRows
  readonly rollbacks: RollbackRows
  readonly overuse: OveruseRows
  readonly leases: LeaseRows
  readonly settled: SettledRows
  readonly journals: JournalRows
  readonly conflicts: ConflictRows
  readonly notices: Pick<NoticeRows, 'insert'>
  readonly figures: IssueFigures
}

/** What the server decides, whichever engine keeps it. Each function runs inside the open transaction. */
export interface Deciding {
  answer(unit: Unit, command: DecisionCommand): DecisionAnswer
  readonly settle: SettleEvents
  readonly lend: Lend
  readonly leases: Leases
  readonly resolveConflict: ResolveConflict
  pool(campaignId: string): Pool
  /** Changes nothing. */
  search(query: SearchQuery): SearchResponse
  /** Registers a holder with media and coupons unless it is there already. */
  seedHolder(unit: Unit, holder: HolderSeed): void
  /** Rows of lists, over what dry runs remember. */
  importing(imports: ImportRows): DecideRow
  /** The part about customers and their media, over rows of its own. */
  registering(rows: RegisteringRows, audit: AuditTrail): Registering
}

/** The rules of the server over an engine's rows. `savepoint` undoes a part of the transaction. */
export function deciding(rows: DecidingRows, definitions: Definitions, ids: Ids, savepoint: Savepoint): Deciding {
  const itsMedia = media(rows.media, ids)
  const itsUses = uses(rows.acquisitions, rows.usage)
  const answeredThrough = settledThrough(rows.settled)
  const itsLeases = leases(rows.leases, rows.usage, answeredThrough)
  const itsOutbox = outbox(rows.notices)
  const itsConflicts = conflicts(rows.conflicts, itsOutbox)
  const itsOveruse = overuse(rows.overuse, rows.redemptions, itsUses, itsConflicts)
  const itsActivity = activity(rows.activity)
  const itsAcquisitions = acquisitions({
    ...rows,
    definitions,
    media: itsMedia,
    activity: itsActivity,
    outbox: itsOutbox,
    firstSeen: (unit, holderId, acquisitionId) => itsIssuing.firstSeen(unit, holderId, acquisitionId),
  })
  const { issued, redemptions } = rows
  const itsIssuing: Issuing = issuing(issued, redemptions, rows.acquisitions, definitions, itsAcquisitions.obtain)
  const itsRollbacks = rollbacks(rows.rollbacks, redemptions, itsUses, itsOveruse, definitions, itsIssuing, itsOutbox)
  const parts = {
    outbox: itsOutbox,
    activity: itsActivity,
    definitions,
    media: itsMedia,
    holdings: holdings(rows.acquisitions, rows.usage),
    rows: rows.redemptions,
    uses: itsUses,
    leases: itsLeases,
    rollbacks: itsRollbacks,
    issuing: itsIssuing,
    acquisitions: rows.acquisitions,
    usage: rows.usage,
  }

  return {
    answer(unit, command) {
      switch (command.kind) {
        case 'redeem':
          return redeem(parts, unit, command)
        case 'acquire':
          return itsAcquisitions.acquire(unit, command)
        case 'give':
          return itsAcquisitions.giveTo(unit, command)
        case 'rollback':
          return itsRollbacks.rollback(unit, command)
      }
    },
    settle: settleEvents(
      savepoint,
      rows.journals,
      rows.redemptions,
      itsRollbacks,
      settleRedemptions(parts, itsOveruse),
      answeredThrough,
      conflictEvents(rows.overuse, itsConflicts),
    ),
    lend: lending(rows.leases, rows.usage, definitions),
    leases: itsLeases,
    resolveConflict: resolveConflicts(itsConflicts, itsOveruse, itsRollbacks),
    pool: (campaignId) => poolOf(campaignId, definitions, rows.usage, rows.leases),
    search: (query) => search(parts, query),
    importing: (imports) =>
      importing(imports, rows.acquisitions, itsMedia, definitions, itsAcquisitions.obtain, itsIssuing.firstSeen),
    registering: (more, audit) => registering({ ...parts, obtain: itsAcquisitions.obtain }, more, audit),
    seedHolder(unit, holder) {
      itsMedia.makeHolder(unit, holder.holderId)
      for (const { medium, blocked } of holder.media) itsMedia.register(unit, holder.holderId, medium, blocked)
      for (const { acquisitionId, campaignId, usesLeft } of holder.acquisitions) {
        const byRules = definitions.current(unit).get(campaignId)?.rules?.limits.acquisitionUses
        itsAcquisitions.give(unit, holder.holderId, acquisitionId, campaignId, usesLeft ?? byRules ?? 1)
      }
    },
  }
}
