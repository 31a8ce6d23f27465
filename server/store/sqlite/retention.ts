import type { Database } from 'better-sqlite3'
import { Retention } from '../../../core/contract/holders.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import type { Erasing } from '../deciding/erasing.ts'
import type { Unit } from '../deciding/unit.ts'
import { inactiveHolders } from './holderStore.ts'

const DAY_MS = 86_400_000
/** Rows of one kind in one transaction: short enough that a redemption behind it does not notice. */
const SLICE = 500
/** Whole holders, and events that are read through. */
const HOLDERS = 20
const EVENTS = 1_000

interface Erasure {
  readonly erasure_id: string
  readonly keys: string
  readonly station_id: string
  readonly seq: number
}

/** Erases a slice of what the settings keep no longer, and of what erased holders left in journals; answers how many rows. */
export function retaining(db: Database, erasing: Erasing, ids: Ids): (unit: Unit) => number {
  const setting = db.prepare<[], string>("SELECT value FROM settings WHERE name = 'retention'").pluck()
  const inactive = inactiveHolders(db)
  const old = [
    `DELETE FROM presentations WHERE token_hash IN (SELECT token_hash FROM presentations WHERE expires_at < ? LIMIT ${SLICE})`,
    `DELETE FROM phone_codes WHERE locator IN (SELECT locator FROM phone_codes WHERE expires_at < ? LIMIT ${SLICE})`,
    `DELETE FROM phone_sessions WHERE token_hash IN (SELECT token_hash FROM phone_sessions WHERE expires_at < ? LIMIT ${SLICE})`,
  ].map((sql) => db.prepare<[number]>(sql))
  const oldActions = db.prepare<[number]>(
    `DELETE FROM holder_actions WHERE action_id IN (SELECT action_id FROM holder_actions WHERE at < ? LIMIT ${SLICE})`,
  )
  const endedImports = db.prepare<[number]>(
    `DELETE FROM acquisition_import_faults WHERE (import_id, row_number) IN (
       SELECT f.import_id, f.row_number FROM acquisition_imports i JOIN acquisition_import_faults f USING (import_id)
       WHERE i.ended_at < ? LIMIT ${SLICE})`,
  )
  const endedTries = db.prepare(
    `DELETE FROM acquisition_import_tries WHERE (import_id, tried) IN (
       SELECT t.import_id, t.tried FROM acquisition_imports i JOIN acquisition_import_tries t USING (import_id)
       WHERE i.state <> 'open' LIMIT ${SLICE})`,
  )
  const erasures = eraseInJournals(db)
  return (unit) => {
    const { now } = unit
    const { inactiveHolderDays, importReportDays, holderActionDays } = Retention.parse(
      JSON.parse(setting.get() ?? '{}'),
    )
    let rows = old.reduce((sum, statement) => sum + statement.run(now).changes, 0)
    rows += oldActions.run(now - holderActionDays * DAY_MS).changes
    rows += endedImports.run(now - importReportDays * DAY_MS).changes + endedTries.run().changes
    if (inactiveHolderDays !== null) {
      const forgotten = inactive(now - inactiveHolderDays * DAY_MS, HOLDERS)
      for (const holderId of forgotten) erasing.eraseInactive(unit, holderId, ids.uuid7())
      rows += forgotten.length
    }
    return rows + erasures()
  }
}

/** Goes through every journal once for each erased holder, a slice at a time: bodies that name a key of theirs go. */
function eraseInJournals(db: Database): () => number {
  const first = db.prepare<[], Erasure>('SELECT * FROM erasures ORDER BY erasure_id LIMIT 1')
  const events = db.prepare<
    [string, string, number, number],
    { station_id: string; seq: number; event: string | null }
  >(
    `SELECT station_id, seq, event FROM events WHERE station_id > ? OR (station_id = ? AND seq > ?)
     ORDER BY station_id, seq LIMIT ?`,
  )
  const erase = db.prepare<[string, number]>('UPDATE events SET event = NULL WHERE station_id = ? AND seq = ?')
  const quarantined = db.prepare<[string]>("UPDATE quarantine SET event = 'null' WHERE instr(event, ?) > 0")
  const move = db.prepare<[string, number, string]>('UPDATE erasures SET station_id = ?, seq = ? WHERE erasure_id = ?')
  const done = db.prepare<[string]>('DELETE FROM erasures WHERE erasure_id = ?')
  return () => {
    const erasure = first.get()
    if (!erasure) return 0
    const keys: readonly string[] = JSON.parse(erasure.keys)
    const slice = events.all(erasure.station_id, erasure.station_id, erasure.seq, EVENTS)
    for (const { station_id, seq, event } of slice) {
      if (event !== null && keys.some((key) => event.includes(key))) erase.run(station_id, seq)
    }
    const last = slice.at(-1)
    if (last && slice.length === EVENTS) {
      move.run(last.station_id, last.seq, erasure.erasure_id)
    } else {
      for (const key of keys) quarantined.run(key)
      done.run(erasure.erasure_id)
    }
    return slice.length + 1
  }
}
