import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** Brings what was written to a file onto the disk, while the caller does something else. */
export interface Flusher {
  begin(): void
  /** Waits until what was in the file at `begin` is on disk. Throws what the disk says. */
  end(): void
  close(): void
}

/** On the caller's thread, all at the end: where time is not real. */
export function flushInPlace(path: string): Flusher {
  let file: number | null = null
  return {
    begin() {},
    end() {
      file ??= openSync(path, 'r+')
      fdatasyncSync(file)
    },
    close() {
      if (file !== null) closeSync(file)
      file = null
    },
  }
}

/** What both threads see: how many flushes were asked for and how many were done; `ENDED` in place of a number. */
export const ASKED = 0
export const DONE = 1
export const ENDED = -1
const PLACES = 2

/** A disk that takes longer is asked again from here, in case the thread is gone: the caller must not wait for ever. */
const PATIENCE_MS = 2_000

/** Beside the bundle that Electron runs, and here as it is. */
const THREAD = import.meta.url.endsWith('.ts') ? './flushThread.ts' : './flushThread.mjs'

/**
 * In a thread of its own, that does nothing else: Node's pool may be full of names that nobody resolves, exactly when
 * there is no network. Until the thread runs, and whenever it has failed, the caller's own does it.
 */
export function flushBeside(path: string): Flusher {
  const inPlace = flushInPlace(path)
  const state = new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT))
  let isReady = false
  let asked = 0
  const thread = new Worker(new URL(THREAD, import.meta.url), { workerData: { path, state } })
  thread.unref()
  thread.once('message', () => {
    isReady = true
  })
  const lost = () => {
    isReady = false
  }
  thread.once('error', lost)
  thread.once('exit', lost)
  let isAsked = false

  return {
    begin() {
      isAsked = isReady
      if (!isAsked) return
      asked += 1
      Atomics.store(state, ASKED, asked)
      Atomics.notify(state, ASKED)
    },
    end() {
      if (isAsked) {
        // Until the thread has answered well it is not asked again.
        isReady = false
        isReady = isDone(state, asked)
      }
      if (!isAsked || !isReady) inPlace.end()
    },
    close() {
      isReady = false
      Atomics.store(state, ASKED, ENDED)
      Atomics.notify(state, ASKED)
      inPlace.close()
    },
  }
}

/**
 * Waits for the thread; false: it does not answer. Throws when the disk failed: that is told once, so that whoever asks
 * the disk again hears nothing of it.
 */
function isDone(state: Int32Array<SharedArrayBuffer>, asked: number): boolean {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const done = Atomics.load(state, DONE)
    if (done === asked) return true
    if (done === ENDED) throw new Error('EIO: what was written could not be brought onto the disk')
    const leftMs = until - performance.now()
    if (leftMs <= 0) return false
    Atomics.wait(state, DONE, done, leftMs)
  }
}
