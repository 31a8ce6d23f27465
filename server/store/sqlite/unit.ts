import type { Database } from 'better-sqlite3'
import { StoreUnavailable } from '../commands.ts'
import type { Unit } from '../deciding/unit.ts'
import { asStoreError } from './database.ts'
import type { PutOff } from './putOff.ts'

export interface Transactions {
  /**
   * Runs `work` between BEGIN IMMEDIATE and an fsynced COMMIT; any exception leaves nothing of it behind.
   * Throws `StoreUnavailable` when the database failed.
   */
  write<Result>(now: number, work: (unit: Unit) => Result): Result
  /** Runs `work` inside the open transaction; if it throws, only its own changes are undone. */
  savepoint<Result>(work: () => Result): Result
  /** Runs `work` over one unchanging view of the database. */
  read<Result>(work: () => Result): Result
}

/** Transactions on one connection. `committing` is called right before one that writes can be seen. */
export function transactions(db: Database, putOff: PutOff, committing: () => void = () => {}): Transactions {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const beginRead = db.prepare('BEGIN')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const readPosition = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck()
  const writePosition = db.prepare<[number]>("UPDATE positions SET value = ? WHERE name = 'change'")
  const save = db.prepare('SAVEPOINT item')
  const release = db.prepare('RELEASE item')
  const undo = db.prepare('ROLLBACK TO item')

  const abandon = (error: unknown): Error => {
    putOff.forget()
    // After SQLITE_FULL or an I/O error SQLite may have rolled back on its own.
    if (db.inTransaction) rollback.run()
    return asStoreError(error)
  }

  return {
    write(now, work) {
      try {
        begin.run()
      } catch (error) {
        throw asStoreError(error)
      }
      try {
        const start = readPosition.get() ?? 0
        let position = start
        const result = work({ now, nextChange: () => ++position, lastChange: () => position })
        putOff.write()
        if (position !== start) writePosition.run(position)
        committing()
        commit.run()
        return result
      } catch (error) {
        throw abandon(error)
      }
    },

    savepoint(work) {
      putOff.write()
      save.run()
      try {
        const result = work()
        release.run()
        return result
      } catch (error) {
        const named = asStoreError(error)
        if (named instanceof StoreUnavailable || !db.inTransaction) throw named
        putOff.forget()
        undo.run()
        release.run()
        throw named
      }
    },

    read(work) {
      if (db.inTransaction) return work()
      try {
        beginRead.run()
        const result = work()
        commit.run()
        putOff.forget()
        return result
      } catch (error) {
        throw abandon(error)
      }
    },
  }
}
