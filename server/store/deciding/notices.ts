import type { NoticeContent } from '../../../core/contract/notices.ts'
import type { NoticeRecord, NoticeScope } from '../noticeCommands.ts'
import type { Unit } from './unit.ts'

/** The outbox table, inside one transaction. */
export interface NoticeRows {
  insert(position: number, storeId: string | null, at: number, content: NoticeContent): void
  /** Oldest first, in the positions after `after` up to `upTo`. */
  between(after: number, upTo: number, limit: number, scope: NoticeScope): readonly NoticeRecord[]
  /** The oldest at or after a position. */
  from(position: number): { readonly position: number; readonly at: number } | null
  at(position: number): NoticeRecord | null
}

/** Where units of work say what others are told of, in their own transaction. */
export interface Outbox {
  tell(unit: Unit, content: NoticeContent): void
}

export function outbox(rows: Pick<NoticeRows, 'insert'>): Outbox {
  return {
    tell(unit, content) {
      const storeId = 'storeId' in content.data ? content.data.storeId : null
      rows.insert(unit.nextChange(), storeId, unit.now, content)
    },
  }
}

/** The position before the first notice at or after a time, by halving: positions and times rise together. */
export function positionBefore(rows: Pick<NoticeRows, 'from'>, time: number, upTo: number): number {
  let low = 0
  let high = upTo
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const found = rows.from(middle + 1)
    if (found !== null && found.at < time) low = Math.min(found.position, high)
    else high = middle
  }
  return low
}
