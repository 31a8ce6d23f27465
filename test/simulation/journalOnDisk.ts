import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Station } from './station.ts'

/** A counter's journal as it is on its disk, read beside the counter. */
export class JournalOnDisk {
  #database: Database.Database | null = null

  /** null until the counter has made it. */
  of(station: Station): Database.Database | null {
    const path = join(station.folder, 'journal.db')
    if (!this.#database && existsSync(path)) this.#database = new Database(path, { readonly: true })
    return this.#database
  }

  approvals(station: Station): number {
    return this.#count(station, "SELECT count(*) FROM event WHERE type = 'redemption'")
  }

  /** Events that no server has answered for, and open intents. */
  waiting(station: Station): number {
    const waiting = "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM intent WHERE state = 'open')"
    return this.#count(station, waiting)
  }

  /** Lets go of its file. */
  close(): void {
    this.#database?.close()
    this.#database = null
  }

  #count(station: Station, sql: string): number {
    return this.of(station)?.prepare<[], number>(sql).pluck().get() ?? 0
  }
}
