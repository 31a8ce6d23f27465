import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { SeededRandom } from '../rigs/seededRandom.ts'

const FULL = 2
const connections = new Map<string, Database.Database>()

// Whoever opens a database sets it up: so every connection of the product is known by the path of its file.
const { pragma } = Database.prototype
Database.prototype.pragma = function (this: Database.Database, ...asked: Parameters<typeof pragma>) {
  connections.set(this.name, this)
  return pragma.apply(this, asked)
}

/** The product's connection to a file. */
export const connectionTo = (path: string): Database.Database | undefined => connections.get(path)

/**
 * What a disk has of a counter's files when its program dies: taken before the connections are closed, which would tidy up.
 * With the power gone it forgets what it was not asked to keep: the log of a database whose commits do not wait for it
 * (`synchronous` below FULL), back to the last checkpoint, and the end of a download.
 */
export function whatIsLeft(folder: string, lostPower: boolean, random: SeededRandom): { restore(): void } {
  const files = readdirSync(folder)
    .filter((name) => !name.endsWith('-shm'))
    .filter((name) => !(lostPower && name.endsWith('.db-wal') && !isKept(join(folder, name.slice(0, -'-wal'.length)))))
    .map((name) => ({ path: join(folder, name), bytes: readFileSync(join(folder, name)) }))
  return {
    restore() {
      for (const name of readdirSync(folder)) rmSync(join(folder, name))
      for (const { path, bytes } of files) writeFileSync(path, bytes)
      const partial = files.find(({ path }) => path.endsWith('.partial'))
      if (lostPower && partial) truncateSync(partial.path, random.int(partial.bytes.length + 1))
    },
  }
}

/** Whether a commit waits for the disk. */
function isKept(path: string): boolean {
  const db = connections.get(path)
  return !existsSync(path) || !db?.open || (pragma.call(db, 'synchronous', { simple: true }) as number) >= FULL
}
