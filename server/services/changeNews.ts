import { setTimeout as sleep } from 'node:timers/promises'
import type { CouponStore } from '../store/couponStore.ts'
import type { NoticeRecord } from '../store/noticeCommands.ts'

/** A cashier may be waiting for a lease that is called back. */
const LOOK_EVERY_MS = 250
/** Notices that are read at once. */
const PAGE = 500

export interface NewsListener {
  /** `recalled`: stations that hold a lease which has been called back since the position before. */
  moved(position: number, recalled: ReadonlySet<string>): void
  /** What happened up to `through`, in order, each thing once; absent: not asked for. */
  readonly told?: (notices: readonly NoticeRecord[], through: number) => void
}

export interface ChangeNews {
  /** Tells the change position now and whenever it has moved, until the returned function is called. */
  listen(listener: NewsListener): () => void
}

const NOBODY: ReadonlySet<string> = new Set()
const EVERYTHING = { storeId: null, types: null }

/**
 * Watches the change position while anybody listens. It looks instead of being told, because any process on the same
 * database may move it; one look serves all listeners.
 */
export function changeNews(store: Pick<CouponStore, 'changePosition' | 'recalledSince' | 'notices'>): ChangeNews {
  const listeners = new Set<NewsListener>()
  let last: number | null = null
  let toldThrough: number | null = null
  let watching = false

  const wanted = (): boolean => [...listeners].some(({ told }) => told !== undefined)

  /** A page that cannot be read now is read by the next look. */
  const tell = async (upTo: number): Promise<void> => {
    if (toldThrough === null || !wanted()) toldThrough = upTo
    while (toldThrough < upTo) {
      const { notices, through } = await store.notices({ after: toldThrough, limit: PAGE, scope: EVERYTHING })
      toldThrough = through
      for (const { told } of listeners) told?.(notices, through)
    }
  }

  const look = async (): Promise<void> => {
    const position = await store.changePosition()
    if (position !== last) {
      const recalled = last === null ? NOBODY : new Set(await store.recalledSince(last))
      last = position
      for (const listener of listeners) listener.moved(position, recalled)
    }
    await tell(position)
  }

  const watch = async (): Promise<void> => {
    watching = true
    last = null
    toldThrough = null
    while (listeners.size > 0) {
      // A database that does not answer now has no news.
      await look().catch(() => {})
      await sleep(LOOK_EVERY_MS, undefined, { ref: false })
    }
    watching = false
  }

  return {
    listen(listener) {
      listeners.add(listener)
      if (!watching) void watch()
      else if (last !== null) listener.moved(last, NOBODY)
      return () => void listeners.delete(listener)
    },
  }
}
