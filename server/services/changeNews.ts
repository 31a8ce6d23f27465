import { setTimeout as sleep } from 'node:timers/promises'
import type { CouponStore } from '../store/couponStore.ts'

/** A cashier may be waiting for a lease that is called back. */
const LOOK_EVERY_MS = 250

/** `recalled`: stations that hold a lease which has been called back since the position before. */
type Listener = (position: number, recalled: ReadonlySet<string>) => void

export interface ChangeNews {
  /** Tells the change position now and whenever it has moved, until the returned function is called. */
  listen(listener: Listener): () => void
}

const NOBODY: ReadonlySet<string> = new Set()

/**
 * Watches the change position while anybody listens. It looks instead of being told, because any process on the same
 * database may move it; one look serves all listeners.
 */
export function changeNews(store: Pick<CouponStore, 'changePosition' | 'recalledSince'>): ChangeNews {
  const listeners = new Set<Listener>()
  let last: number | null = null
  let watching = false

  const watch = async (): Promise<void> => {
    watching = true
    last = null
    while (listeners.size > 0) {
      // A database that does not answer now has no news.
      const position = await store.changePosition().catch(() => last)
      if (position !== last && position !== null) {
        const recalled = last === null ? NOBODY : new Set(await store.recalledSince(last).catch(() => []))
        last = position
        for (const listener of listeners) listener(position, recalled)
      }
      await sleep(LOOK_EVERY_MS, undefined, { ref: false })
    }
    watching = false
  }

  return {
    listen(listener) {
      listeners.add(listener)
      if (!watching) void watch()
      else if (last !== null) listener(last, NOBODY)
      return () => void listeners.delete(listener)
    },
  }
}
