import { refused } from '../../../core/outcome.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import type { CouponStore } from '../couponStore.ts'
import { audited } from '../deciding/audited.ts'
import { deciding } from '../deciding/deciding.ts'
import { outbox } from '../deciding/notices.ts'
import { RollbackRefused } from '../deciding/resolveConflict.ts'
import { importRows } from '../sqlite/acquisitionImports.ts'
import { apiKeyStore } from '../sqlite/apiKeys.ts'
import { auditStore, auditTrail } from '../sqlite/auditLog.ts'
import { campaignStore } from '../sqlite/campaignStore.ts'
import { decidingRows } from '../sqlite/decidingRows.ts'
import { definitions } from '../sqlite/definitions.ts'
import { holderRows } from '../sqlite/holderRows.ts'
import { holderStore } from '../sqlite/holderStore.ts'
import { leaseStore } from '../sqlite/leaseStore.ts'
import { officeReads } from '../sqlite/officeReads.ts'
import { officeStore } from '../sqlite/officeStore.ts'
import { operators } from '../sqlite/operators.ts'
import { phoneRows } from '../sqlite/phoneRows.ts'
import { pruning } from '../sqlite/prune.ts'
import { registrationStore } from '../sqlite/registrationStore.ts'
import { retaining } from '../sqlite/retention.ts'
import type { Runs } from '../sqlite/runs.ts'
import { settingsStore } from '../sqlite/settingsStore.ts'
import { stationStore } from '../sqlite/stationStore.ts'
import { stations } from '../sqlite/stations.ts'
import { webhookStore } from '../sqlite/webhookStore.ts'
import type { Desk } from './desk.ts'
import { LOCKS, OFFICE_LOCK } from './locks.ts'
import { operation } from './operation.ts'
import { replaying } from './replay/replay.ts'
import { stationLookup } from './stationLookup.ts'

/** Rows that nobody decides by. */
const OFFICE = `SELECT set_config('tapcoupon.by_row', 'on', TRUE), pg_advisory_xact_lock(${OFFICE_LOCK})`
/** Rows that decisions go by: nobody decides meanwhile. */
const EVERYTHING = `SELECT set_config('tapcoupon.by_row', 'on', TRUE), pg_advisory_xact_lock(${LOCKS.definitions}, 0),
  pg_advisory_xact_lock(${OFFICE_LOCK})`

type OfficeSide = Omit<
  CouponStore,
  | 'decide'
  | 'settleEvents'
  | 'search'
  | 'redemption'
  | 'changesSince'
  | 'changePosition'
  | 'planCopy'
  | 'writeCopy'
  | 'conflicts'
  | 'conflict'
  | 'seedHolder'
  | 'importHolders'
  | 'importRows'
  | 'close'
>

/** Everything that is not decided by the batch and not streamed: the stores of SQLite, whose work is replayed here. */
export function officeSide(desk: Desk, theirIds: Ids): OfficeSide {
  const replay = replaying(desk, theirIds)
  const { db, ids } = replay
  const known = definitions(db)
  const writing =
    (lock: string): Runs['write'] =>
    async (now, work) => {
      try {
        return await replay.write(now, lock, (unit) => {
          // It may begin again in the middle.
          rows.putOff.forget()
          const result = work(unit)
          rows.putOff.write()
          return result
        })
      } catch (error) {
        // What was read inside a transaction that did not happen may be nowhere.
        known.drop()
        throw error
      }
    }
  const office: Runs = { write: writing(OFFICE), read: replay.read }
  const everything: Runs = { write: writing(EVERYTHING), read: replay.read }
  // Looked at first: what is read after it is there up to it.
  const feedEnd = db.prepare<[], number>('SELECT feed_end() AS position').pluck()
  const position = () => feedEnd.get() ?? 0

  const rows = decidingRows(db)
  const itsAudit = auditTrail(db)
  const rules = audited(deciding(rows, known, ids, replay.savepoint), itsAudit)
  const itsOutbox = outbox(rows.notices)
  const itsOperators = operators(db)
  const itsStations = stations(db)
  const holders = holderRows(db)
  const registering = rules.registering({ phones: phoneRows(db), imports: importRows(db), holders }, itsAudit)
  const retain = retaining(db, registering.erasing, ids)
  const prune = pruning(db, position)
  const told: Runs = { write: office.write, read: replay.look }

  return {
    ...officeStore(db, office, itsOperators, itsAudit),
    ...apiKeyStore(db, office, itsStations, itsAudit),
    ...auditStore(db, office),
    ...webhookStore(db, told, rows.notices, position, itsAudit),
    ...leaseStore(db, everything, rules),
    ...registrationStore(db, everything, registering, itsAudit),
    ...holderStore(db, everything, { rows: holders, rules: registering, definitions: known, audit: itsAudit }),
    ...campaignStore(db, everything, known, itsAudit, itsOutbox),
    ...officeReads(db, office, known),
    ...stationStore(office, itsStations, itsAudit, itsOutbox),
    ...settingsStore(db, office, itsStations, itsAudit),

    async resolveConflict(command) {
      try {
        return await everything.write(command.now, (unit) => rules.resolveConflict(unit, command))
      } catch (error) {
        if (error instanceof RollbackRefused) return refused({ problem: 'differs' })
        throw error
      }
    },
    stationByToken: stationLookup(desk),
    operatorByName: (name) => office.read(() => itsOperators.byName(name)),
    operator: (operatorId) => office.read(() => itsOperators.byId(operatorId)),
    putOperator: async (operator) => office.write(0, (unit) => itsOperators.put(unit, operator)),
    prune: async (now) => everything.write(now, (unit) => prune(now) + retain(unit)),
    ...operation(desk),
  }
}
