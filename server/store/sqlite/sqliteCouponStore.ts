import type { Database } from 'better-sqlite3'
import { refused } from '../../../core/outcome.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import type { BatchResult, DecisionAnswer, DecisionCommand } from '../commands.ts'
import { StoreUnavailable } from '../commands.ts'
import type { CouponStore, HolderSeed } from '../couponStore.ts'
import { acquisitions } from './acquire.ts'
import { activity } from './activity.ts'
import { campaigns } from './campaigns.ts'
import { changeFeed } from './changes.ts'
import { conflictEvents } from './conflictEvents.ts'
import { conflictList } from './conflictList.ts'
import { conflictStories } from './conflictStory.ts'
import { conflicts } from './conflicts.ts'
import { type CopyWriter, copyInThread } from './copyWriter.ts'
import { asStoreError, openDatabase } from './database.ts'
import { definitions } from './definitions.ts'
import { epochs } from './epochs.ts'
import { figures } from './figures.ts'
import { holdings } from './holdings.ts'
import { leaseRows } from './leaseRows.ts'
import { leaseStore } from './leaseStore.ts'
import { leases } from './leases.ts'
import { media } from './media.ts'
import { operators } from './operators.ts'
import { overuse } from './overuse.ts'
import { pruning } from './prune.ts'
import { redeem } from './redeem.ts'
import { redemptionResponse, redemptionRows } from './redemptionRows.ts'
import { RollbackRefused, resolveConflicts } from './resolveConflict.ts'
import { rollbacks } from './rollback.ts'
import { search } from './search.ts'
import { settledThrough } from './settledThrough.ts'
import { settleEvents } from './settleEvents.ts'
import { settleRedemptions } from './settleRedemption.ts'
import { stations } from './stations.ts'
import { transactions, type Unit } from './unit.ts'
import { uses } from './uses.ts'

export interface SqliteStoreOptions {
  /** A file, made when it is missing, or `:memory:`. */
  readonly path: string
  readonly ids: Ids
  /** Writes stations' copies; by default in a thread of its own. */
  readonly copyWriter?: CopyWriter
}

/** Opens and migrates a file; throws `NewerSchema` for one of a newer program. */
export function openSqliteCouponStore({ path, ids, copyWriter }: SqliteStoreOptions): CouponStore {
  return sqliteCouponStore(openDatabase(path), ids, copyWriter)
}

/**
 * `CouponStore` over a connection of `openDatabase`, which it owns from now on. A promise that resolves means that COMMIT
 * has returned under `synchronous=FULL`.
 */
export function sqliteCouponStore(db: Database, ids: Ids, copyWriter: CopyWriter = copyInThread): CouponStore {
  const tx = transactions(db)
  const known = definitions(db)
  const itsMedia = media(db, ids)
  const rows = redemptionRows(db)
  const itsUses = uses(db)
  const itsLeaseRows = leaseRows(db)
  const answeredThrough = settledThrough(db)
  const itsLeases = leases(db, itsLeaseRows, answeredThrough)
  const itsConflicts = conflicts(db)
  const itsOveruse = overuse(db, rows, itsUses, itsConflicts)
  const itsRollbacks = rollbacks(db, rows, itsUses, itsOveruse, known)
  const itsHoldings = holdings(db)
  const itsActivity = activity(db)
  const parts = {
    activity: itsActivity,
    definitions: known,
    media: itsMedia,
    holdings: itsHoldings,
    rows,
    uses: itsUses,
    leases: itsLeases,
    rollbacks: itsRollbacks,
  }
  const itsAcquisitions = acquisitions(db, known, itsMedia, itsActivity)
  const itsCampaigns = campaigns(db, known)
  const itsOperators = operators(db)
  const itsStations = stations(db)
  const readChanges = changeFeed(db, known)
  const readFigures = figures(db)
  const prune = pruning(db)
  epochs(db).begin(Buffer.from(ids.randomBytes(8)).toString('hex'))
  const settle = settleEvents(
    db,
    tx,
    rows,
    itsRollbacks,
    settleRedemptions(db, parts, itsOveruse),
    answeredThrough,
    conflictEvents(db, itsConflicts),
  )

  const conflictPages = conflictList(db, known)
  const storyOf = conflictStories(db, known)
  const resolveConflict = resolveConflicts(itsConflicts, itsOveruse, itsRollbacks)

  const write = <Result>(now: number, work: (unit: Unit) => Result): Result => {
    try {
      return tx.write(now, work)
    } catch (error) {
      // What was read inside a transaction that did not happen may be nowhere.
      known.drop()
      throw error
    }
  }

  const read = async <Result>(work: () => Result): Promise<Result> => tx.read(work)

  const writeCopy: CouponStore['writeCopy'] = async (command) => {
    try {
      return await copyWriter(db, command)
    } catch (error) {
      throw new StoreUnavailable('a copy could not be written', { cause: error })
    }
  }

  const answer = (unit: Unit, command: DecisionCommand): DecisionAnswer => {
    switch (command.kind) {
      case 'redeem':
        return redeem(parts, unit, command)
      case 'acquire':
        return itsAcquisitions.acquire(unit, command)
      case 'rollback':
        return itsRollbacks.rollback(unit, command)
    }
  }

  const decideAlone = (command: DecisionCommand, now: number): BatchResult => {
    try {
      return { kind: 'answered', answer: write(now, (unit) => answer(unit, command)) }
    } catch (error) {
      return { kind: 'failed', error: asStoreError(error) }
    }
  }

  const seedHolder = (unit: Unit, holder: HolderSeed): void => {
    itsMedia.makeHolder(unit, holder.holderId)
    for (const { medium, blocked } of holder.media) itsMedia.register(unit, holder.holderId, medium, blocked)
    for (const { acquisitionId, campaignId, usesLeft } of holder.acquisitions) {
      const byRules = known.current(unit).get(campaignId)?.rules?.limits.acquisitionUses
      itsAcquisitions.give(unit, holder.holderId, acquisitionId, campaignId, usesLeft ?? byRules ?? 1)
    }
  }

  return {
    ...leaseStore(db, { write, read }, itsLeaseRows, itsLeases, known),
    async decide(batch, now) {
      try {
        return write(now, (unit) => batch.map((command) => ({ kind: 'answered', answer: answer(unit, command) })))
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error
        // One of them failed and took its neighbours with it: nothing was kept, so each is decided alone.
        return batch.map((command) => decideAlone(command, now))
      }
    },
    async settleEvents(command) {
      try {
        return write(command.now, (unit) => settle(unit, command, false))
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error
        // One of them failed and took its neighbours with it: nothing was kept, so each is settled apart.
        return write(command.now, (unit) => settle(unit, command, true))
      }
    },

    search: (queries) => read(() => queries.map((query) => search(parts, query))),
    redemption: (redemptionId) =>
      read(() => {
        const row = rows.find(redemptionId)
        return row ? { storeId: row.storeId, response: redemptionResponse(row) } : null
      }),
    changesSince: (query) => read(() => readChanges.since(query)),
    changePosition: () => read(() => readChanges.position()),
    planCopy: (station, now) => read(() => readChanges.plan(station, now)),
    writeCopy,

    draftCampaign: async (command) => write(command.now, (unit) => itsCampaigns.draft(unit, command)),
    actOnCampaign: async (command) => write(command.now, (unit) => itsCampaigns.act(unit, command)),
    campaign: (campaignId) => read(() => itsCampaigns.find(campaignId)),
    campaigns: () => read(() => itsCampaigns.all()),

    conflicts: (query) => read(() => conflictPages.page(query)),
    conflict: (conflictId, scope) => read(() => storyOf(conflictId, scope)),
    resolveConflict: async (command) => {
      try {
        return write(command.now, (unit) => resolveConflict(unit, command))
      } catch (error) {
        if (error instanceof RollbackRefused) return refused({ problem: 'differs' })
        throw error
      }
    },

    operatorByName: (name) => read(() => itsOperators.byName(name)),
    operator: (operatorId) => read(() => itsOperators.byId(operatorId)),
    putOperator: async (operator) => write(0, (unit) => itsOperators.put(unit, operator)),
    openSession: async (tokenHash, operatorId, expiresAt, now) =>
      write(now, (unit) => itsOperators.openSession(unit, tokenHash, operatorId, expiresAt)),
    operatorBySession: (tokenHash, now) => read(() => itsOperators.bySession(tokenHash, now)),

    putStore: async (store) => write(0, (unit) => itsStations.putStore(unit, store)),
    announceStation: async (command) => write(command.now, () => itsStations.announce(command)),
    enrolStation: async (command) => write(command.now, () => itsStations.enrol(command)),
    putUnsignedStation: async (command) => write(command.now, () => itsStations.putUnsigned(command)),
    revokeStation: async (stationId, now) => write(now, () => itsStations.revoke(stationId, now)),
    station: (stationId) => read(() => itsStations.byId(stationId)),
    lastEvent: (stationId) => read(() => itsStations.lastEvent(stationId)),
    prune: async (now) => write(now, () => prune(now)),
    stationByToken: async (tokenHash) => itsStations.byToken(tokenHash),

    async importHolders(holders, now) {
      for (const some of inCommits(holders)) {
        write(now, (unit) => {
          for (const holder of some) seedHolder(unit, holder)
        })
        // Whoever waits to be decided has a turn.
        await new Promise(setImmediate)
      }
    },
    seedHolder: async (holder, now) => write(now, (unit) => seedHolder(unit, holder)),
    figures: () => read(() => readFigures()),
    async close() {
      db.close()
    },
  }
}

/** Rows that one commit of an import writes at most, unless one holder has more. */
const IMPORT_ROWS = 5_000

function* inCommits(holders: Iterable<HolderSeed>): Generator<readonly HolderSeed[]> {
  let some: HolderSeed[] = []
  let rows = 0
  for (const holder of holders) {
    const more = 1 + holder.media.length + holder.acquisitions.length
    if (some.length > 0 && rows + more > IMPORT_ROWS) {
      yield some
      some = []
      rows = 0
    }
    some.push(holder)
    rows += more
  }
  if (some.length > 0) yield some
}
