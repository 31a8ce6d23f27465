import { setTimeout as sleep } from 'node:timers/promises'
import type { CouponStore } from '../store/couponStore.ts'

const LOOK_EVERY_MS = 500

export interface ChangeNews {
  /** Tells the change position now and whenever it has moved, until the returned function is called. */
  listen(listener: (position: number) => void): () => void
}

/**
 * Watches the change position while anybody listens. It looks instead of being told, because any process on the same
 * database may move it; one look serves all listeners.
 */
export function changeNews(store: Pick<CouponStore, 'changePosition'>): ChangeNews {
  const listeners = new Set<(position: number) => void>()
  let last: number | null = null
  let watching = false

  const watch = async (): Promise<void> => {
    watching = true
    last = null
    while (listeners.size > 0) {
      // A database that does not answer now has no news.
      const position = await store.changePosition().catch(() => last)
      if (position !== last && position !== null) {
        last = position
        for (const listener of listeners) listener(position)
      }
      await sleep(LOOK_EVERY_MS, undefined, { ref: false })
    }
    watching = false
  }

  return {
    listen(listener) {
      listeners.add(listener)
      if (!watching) void watch()
      else if (last !== null) listener(last)
      return () => void listeners.delete(listener)
    },
  }
}
