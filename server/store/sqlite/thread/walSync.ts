import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { StoreUnavailable } from '../../commands.ts'
import type { DecidersTurns } from './turns.ts'

const flush = promisify(fdatasync)

export interface WalSync {
  /** Resolves when all that is committed by now is on disk. Rejects when it may not be, from then on for ever. */
  wait(): Promise<void>
  close(): void
}

/**
 * Puts SQLite's log on disk, as its COMMIT does under `synchronous=FULL`, though not while the connection waits for it: what
 * is committed meanwhile goes along the next time. The log is one file for as long as a connection to the database is open.
 */
export function walSync(path: string, turns: DecidersTurns): WalSync {
  const file = openSync(`${path}-wal`, 'r+')
  let running: Promise<void> | null = null
  let runningUpTo = 0
  let next: Promise<void> | null = null
  let broken: Error | null = null

  const sync = async (): Promise<void> => {
    if (broken) throw broken
    const upTo = turns.committed()
    runningUpTo = upTo
    try {
      await flush(file)
    } catch (error) {
      // Whatever the system has forgotten of it, it will not say a second time.
      broken = new StoreUnavailable('the disk did not keep what was committed', { cause: error })
      throw broken
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
