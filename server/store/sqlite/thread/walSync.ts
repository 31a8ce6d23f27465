import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type { DecidersTurns } from './turns.ts'

const flush = promisify(fdatasync)

export interface WalSync {
  /** Resolves when all that is committed by now is on disk. */
  wait(): Promise<void>
  close(): void
}

/**
 * Puts SQLite's log on disk, as its COMMIT does under `synchronous=FULL`, though not while the connection waits for it: what
 * is committed meanwhile goes along the next time. The log is one file for as long as a connection to the database is open.
 * `lost` is told when the disk did not take it: then nobody may believe what this process sees of the database.
 */
export function walSync(path: string, turns: DecidersTurns, lost: (error: unknown) => never): WalSync {
  const file = openSync(`${path}-wal`, 'r+')
  let running: Promise<void> | null = null
  let runningUpTo = 0
  let next: Promise<void> | null = null

  const sync = async (): Promise<void> => {
    const upTo = turns.committed()
    runningUpTo = upTo
    try {
      await flush(file)
    } catch (error) {
      // Whatever the system has forgotten of it, it will not say a second time.
      lost(error)
    }
    turns.synced(upTo)
  }
  const begin = (): Promise<void> => {
    const mine = sync()
    const ended = (): void => {
      if (running === mine) running = null
    }
    mine.then(ended, ended)
    running = mine
    return mine
  }

  return {
    wait() {
      if (!running) return begin()
      if (runningUpTo === turns.committed()) return running
      next ??= running
        .catch(() => {})
        .then(() => {
          next = null
          return begin()
        })
      return next
    },
    close: () => closeSync(file),
  }
}
