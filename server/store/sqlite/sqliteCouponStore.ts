import type { Database } from 'better-sqlite3'
import { refused } from '../../../core/outcome.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import { StoreUnavailable } from '../commands.ts'
import type { CouponStore } from '../couponStore.ts'
import { audited } from '../deciding/audited.ts'
import { deciding } from '../deciding/deciding.ts'
import { outbox } from '../deciding/notices.ts'
import { redemptionResponse } from '../deciding/redemptionRows.ts'
import { RollbackRefused } from '../deciding/resolveConflict.ts'
import type { Unit } from '../deciding/unit.ts'
import { inCommits } from '../inCommits.ts'
import { importRows } from './acquisitionImports.ts'
import { apiKeyStore } from './apiKeys.ts'
import { auditStore, auditTrail } from './auditLog.ts'
import { campaignStore } from './campaignStore.ts'
import { changeFeed } from './changes.ts'
import { conflictList } from './conflictList.ts'
import { conflictStories } from './conflictStory.ts'
import { type CopyWriter, copyInThread } from './copyWriter.ts'
import { openDatabase } from './database.ts'
import { type Decider, decidesAtOnce } from './decider.ts'
import { decidingRows } from './decidingRows.ts'
import { definitions } from './definitions.ts'
import { epochs } from './epochs.ts'
import { figures } from './figures.ts'
import { holderRows } from './holderRows.ts'
import { holderStore } from './holderStore.ts'
import { leaseStore } from './leaseStore.ts'
import { officeReads } from './officeReads.ts'
import { officeStore } from './officeStore.ts'
import { operationStore } from './operationStore.ts'
import { operators } from './operators.ts'
import { phoneRows } from './phoneRows.ts'
import { pruning } from './prune.ts'
import { registrationStore } from './registrationStore.ts'
import { retaining } from './retention.ts'
import { settingsStore } from './settingsStore.ts'
import { stationStore } from './stationStore.ts'
import { stations } from './stations.ts'
import { deciderInThread } from './thread/deciderInThread.ts'
import { newTurns, type OthersTurns, othersTurns } from './thread/turns.ts'
import { transactions } from './unit.ts'
import { webhookStore } from './webhookStore.ts'

export interface SqliteStoreOptions {
  /** A file, made when it is missing, or `:memory:`. */
  readonly path: string
  readonly ids: Ids
  /** Writes stations' copies; by default in a thread of its own. */
  readonly copyWriter?: CopyWriter
  /** Decides and searches in a thread of its own, beside whoever asks; a database in memory cannot. */
  readonly decidesInThread?: boolean
}

/** Opens and migrates a file; throws `NewerSchema` for one of a newer program. */
export function openSqliteCouponStore({ path, ids, copyWriter, decidesInThread }: SqliteStoreOptions): CouponStore {
  return sqliteCouponStore(openDatabase(path), ids, copyWriter, decidesInThread)
}

/**
 * `CouponStore` over a connection of `openDatabase`, which it owns from now on. A promise that resolves means that COMMIT
 * has returned under `synchronous=FULL`.
 */
export function sqliteCouponStore(
  db: Database,
  ids: Ids,
  copyWriter: CopyWriter = copyInThread,
  decidesInThread = false,
): CouponStore {
  const rows = decidingRows(db)
  const tx = transactions(db, rows.putOff)
  const known = definitions(db)
  const itsAudit = auditTrail(db)
  const rules = audited(deciding(rows, known, ids, tx.savepoint), itsAudit)
  const itsOutbox = outbox(rows.notices)
  const itsOperators = operators(db)
  const itsStations = stations(db)
  const readChanges = changeFeed(db, known)
  const readFigures = figures(db, readChanges.position)
  const prune = pruning(db, readChanges.position)
  const holders = holderRows(db)
  const itsRegistering = rules.registering({ phones: phoneRows(db), imports: importRows(db), holders }, itsAudit)
  const retain = retaining(db, itsRegistering.erasing, ids)
  epochs(db).begin(Buffer.from(ids.randomBytes(8)).toString('hex'))
  const conflictPages = conflictList(db, known)
  const storyOf = conflictStories(db, known)

  const writeAtOnce = <Result>(now: number, work: (unit: Unit) => Result): Result => {
    try {
      return tx.write(now, work)
    } catch (error) {
      // What was read inside a transaction that did not happen may be nowhere.
      known.drop()
      throw error
    }
  }
  const { decider, turns, endDeciding } = decidesInThread && !db.memory ? besideUs(db.name) : here()

  const write = <Result>(now: number, work: (unit: Unit) => Result): Result | Promise<Result> =>
    turns ? turns.hold(() => writeAtOnce(now, work)) : writeAtOnce(now, work)

  const read = async <Result>(work: () => Result): Promise<Result> => {
    const found = tx.read(work)
    await turns?.synced()
    return found
  }

  const writeCopy: CouponStore['writeCopy'] = async (command) => {
    try {
      return await copyWriter(db, command)
    } catch (error) {
      throw new StoreUnavailable('a copy could not be written', { cause: error })
    }
  }

  return {
    ...officeStore(db, { write, read }, itsOperators, itsAudit),
    ...apiKeyStore(db, { write, read }, itsStations, itsAudit),
    ...auditStore(db, { read }),
    ...operationStore(db, { write, read }, readFigures),
    ...webhookStore(db, { write, read }, rows.notices, readChanges.position, itsAudit),
    ...leaseStore(db, { write, read }, rules),
    ...registrationStore(db, { write, read }, itsRegistering, itsAudit),
    ...holderStore(db, { write, read }, { rows: holders, rules: itsRegistering, definitions: known, audit: itsAudit }),
    ...campaignStore(db, { write, read }, known, itsAudit, itsOutbox),
    ...officeReads(db, { write, read }, known),
    ...decider,
    redemption: (redemptionId) =>
      read(() => {
        const row = rows.redemptions.find(redemptionId)
        return row ? { storeId: row.storeId, response: redemptionResponse(row) } : null
      }),
    changesSince: (query) => read(() => readChanges.since(query)),
    changePosition: () => read(() => readChanges.position()),
    planCopy: (station, now) => read(() => readChanges.plan(station, now)),
    writeCopy,

    conflicts: (query) => read(() => conflictPages.page(query)),
    conflict: (conflictId, scope) => read(() => storyOf(conflictId, scope)),
    resolveConflict: async (command) => {
      try {
        return await write(command.now, (unit) => rules.resolveConflict(unit, command))
      } catch (error) {
        if (error instanceof RollbackRefused) return refused({ problem: 'differs' })
        throw error
      }
    },

    operatorByName: (name) => read(() => itsOperators.byName(name)),
    operator: (operatorId) => read(() => itsOperators.byId(operatorId)),
    putOperator: async (operator) => write(0, (unit) => itsOperators.put(unit, operator)),

    ...stationStore({ write, read }, itsStations, itsAudit, itsOutbox),
    ...settingsStore(db, { write, read }, itsStations, itsAudit),
    prune: async (now) => write(now, (unit) => prune(now) + retain(unit)),

    async importHolders(holders, now) {
      for (const some of inCommits(holders)) {
        await write(now, (unit) => {
          for (const holder of some) rules.seedHolder(unit, holder)
        })
        // Whoever waits to be decided has a turn.
        await new Promise(setImmediate)
      }
    },
    seedHolder: async (holder, now) => write(now, (unit) => rules.seedHolder(unit, holder)),
    async close() {
      await endDeciding()
      db.close()
    },
  }

  function here(): Deciders {
    const atOnce = decidesAtOnce({ write: writeAtOnce, read: tx.read }, rules)
    const decide: Decider['decide'] = async (batch, now) => atOnce.decide(batch, now)
    const settleEvents: Decider['settleEvents'] = async (command) => atOnce.settle(command)
    const search: Decider['search'] = async (queries) => atOnce.search(queries)
    return { decider: { decide, settleEvents, search }, turns: null, endDeciding: nothing }
  }
}

interface Deciders {
  readonly decider: Decider
  /** null: nobody else writes. */
  readonly turns: OthersTurns | null
  endDeciding(): Promise<void>
}

async function nothing(): Promise<void> {}

function besideUs(path: string): Deciders {
  const memory = newTurns()
  const turns = othersTurns(memory)
  const { close, ...decider } = deciderInThread(path, memory, turns)
  return { decider, turns, endDeciding: close }
}
