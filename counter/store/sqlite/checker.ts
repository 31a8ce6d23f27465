import { closeSync, openSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { refused } from '../../../core/outcome.ts'
import { checkSnapshot, notTaken, type SnapshotCheck, type SnapshotVerdict } from './checkSnapshot.ts'
import { removeDatabase } from './files.ts'

/** How a snapshot is read through. */
export interface SnapshotChecker {
  /** There is more of it in its file; what can be done about it ahead is done. */
  came(check: SnapshotCheck): void
  /** All of it is there. */
  check(check: SnapshotCheck): Promise<SnapshotVerdict>
  /** What was done ahead is of no use, and stops. */
  forget(): void
}

/** On the caller's thread, all at the end: where time is not real. */
export const checkInPlace: SnapshotChecker = {
  came() {},
  async check(check) {
    removeDatabase(check.unpacked)
    return checkSnapshot(check)
  },
  forget() {},
}

/** Beside the bundle that Electron runs, and here as it is. */
const THREAD = import.meta.url.endsWith('.ts') ? './checkThread.ts' : './checkThread.mjs'

/**
 * In a thread of its own, because it takes as long as reading the whole file: taps go on. It begins with the first piece
 * that comes, and has nearly done when the last one has. One thread at a time has to do with the files.
 */
export function checkBeside(): SnapshotChecker {
  let thread: Worker | null = null
  let ending: Promise<unknown> | null = null

  const begin = (check: SnapshotCheck): Worker => {
    removeDatabase(check.unpacked)
    closeSync(openSync(check.unpacked, 'w', 0o600))
    const begun = new Worker(new URL(THREAD, import.meta.url), { workerData: check })
    // Whoever ends before all has come does not wait for it; what goes wrong is told to whoever asks for the verdict.
    begun.unref()
    begun.once('error', () => {})
    begun.once('exit', () => {
      if (thread === begun) thread = null
    })
    return begun
  }

  return {
    came(check) {
      if (ending) return
      try {
        thread ??= begin(check)
        thread.postMessage(false)
      } catch {
        // It is all done at the end, and what stands against it is said then.
      }
    },
    async check(check) {
      await ending
      try {
        thread ??= begin(check)
      } catch (error) {
        return notTaken(check, error)
      }
      const asked = thread
      thread = null
      asked.ref()
      return new Promise((resolve) => {
        const failed = (detail: string) => resolve(refused({ fault: 'storage_failed' as const, detail }))
        asked.once('message', resolve)
        asked.once('error', (error) => failed(error.message))
        asked.once('exit', (code) => failed(`the thread ended with ${code}`))
        asked.postMessage(true)
      })
    },
    forget() {
      if (!thread) return
      const ended = thread.terminate().finally(() => {
        if (ending === ended) ending = null
      })
      ending = ended
      thread = null
    },
  }
}
