import type { Database } from 'better-sqlite3'
import { NOTICE_DATA, type NoticeContent, NoticeType } from '../../../core/contract/notices.ts'
import type { NoticeRows } from '../deciding/notices.ts'
import type { NoticeRecord } from '../noticeCommands.ts'

interface Row {
  readonly position: number
  readonly epoch: string | null
  readonly at: number
  readonly type: string
  readonly data: string
}

const COLUMNS = `o.position, o.at, o.type, o.data,
  (SELECT e.epoch FROM feed_epochs e WHERE e.from_position < o.position ORDER BY e.from_position DESC LIMIT 1) AS epoch`

function readNotice({ position, epoch, at, type: name, data }: Row): NoticeRecord {
  const type = NoticeType.parse(name)
  // What was checked when it was written, by its type.
  const content = { type, data: NOTICE_DATA[type].parse(JSON.parse(data)) } as NoticeContent
  return { position, epoch: epoch ?? '', at, content }
}

/** The outbox table. A notice for one endpoint alone is found by its position only. */
export function noticeRows(db: Database): NoticeRows {
  const insert = db.prepare<[number, number, string, string | null, string]>(
    'INSERT INTO outbox (position, at, type, store_id, data) VALUES (?, ?, ?, ?, ?)',
  )
  const between = db.prepare<
    [{ after: number; upTo: number; limit: number; storeId: string | null; types: string | null }],
    Row
  >(
    `SELECT ${COLUMNS} FROM outbox o WHERE o.position > @after AND o.position <= @upTo AND o.type <> 'webhook.test'
       AND (@storeId IS NULL OR o.store_id IS NULL OR o.store_id = @storeId)
       AND (@types IS NULL OR o.type IN (SELECT value FROM json_each(@types)))
     ORDER BY o.position LIMIT @limit`,
  )
  const from = db.prepare<[number], { position: number; at: number }>(
    'SELECT position, at FROM outbox WHERE position >= ? ORDER BY position LIMIT 1',
  )
  const at = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM outbox o WHERE o.position = ?`)
  return {
    insert: (position, storeId, time, { type, data }) =>
      void insert.run(position, time, type, storeId, JSON.stringify(data)),
    between: (after, upTo, limit, { storeId, types }) =>
      between.all({ after, upTo, limit, storeId, types: types && JSON.stringify(types) }).map(readNotice),
    from: (position) => from.get(position) ?? null,
    at(position) {
      const row = at.get(position)
      return row ? readNotice(row) : null
    },
  }
}
