import type { NoticeContent, NoticeType } from '../../core/contract/notices.ts'

/** One row of the outbox: what others are told of, written by the unit of work that it tells of. */
export interface NoticeRecord {
  /** Of the change feed, whose order it shares. */
  readonly position: number
  /** Of the position: what follows a restored backup is never taken for what came before. */
  readonly epoch: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly content: NoticeContent
}

/** Which notices somebody may hear of. */
export interface NoticeScope {
  /** Of this store, and of the chain; null: of every store. */
  readonly storeId: string | null
  /** null: every type. */
  readonly types: readonly NoticeType[] | null
}

/** The outbox; a part of `CouponStore`. */
export interface NoticeStore {
  /**
   * Notices in the positions after `after`, oldest first, at most `limit`, and the position that has been looked through.
   * As in the change feed, a position is passed only when no transaction below it is open.
   */
  notices(query: { readonly after: number; readonly limit: number; readonly scope: NoticeScope }): Promise<{
    readonly notices: readonly NoticeRecord[]
    readonly through: number
  }>
  /** Whether this notice is one of this database's and is still there: then everything that follows it is. */
  knowsNotice(position: number, epoch: string): Promise<boolean>
}
