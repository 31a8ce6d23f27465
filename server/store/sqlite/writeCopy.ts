import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { COUNTED_TABLES } from '../../../core/replica/schema.ts'
import type { CopyCommand, CopyWritten } from '../couponStore.ts'
import { cursorOf } from '../feedPlace.ts'
import { type CampaignRow, DECIDED_STATES, definitionOf, operatorChange, type Positioned } from '../rows/changeRows.ts'
import type { OperatorRow } from '../rows/operatorRow.ts'
import { discardCopy, makeEmptyCopy } from './copyFile.ts'
import { epochs } from './epochs.ts'

/** An id as copies keep it: a UUID's 16 bytes, or the text as it is. */
const packed = (id: string) =>
  `CASE WHEN ${id} GLOB '????????-????-????-????-????????????' AND ${id} = lower(${id}) THEN coalesce(unhex(${id}, '-'), ${id}) ELSE ${id} END`

/**
 * Writes a copy from one view of `db` to a new file, in the order of its tables, so that its pages are full. The
 * connection must have no transaction open and is busy until it returns. Throws what SQLite throws; then nothing is left.
 */
export function writeCopy(db: Database, { plan, path, now }: CopyCommand): CopyWritten {
  try {
    makeEmptyCopy(path)
    db.prepare('ATTACH ? AS copy').run(path)
    try {
      const changeSeq = db.transaction(() => fill(db, plan, now))()
      return { changeSeq, bytes: statSync(path).size }
    } finally {
      db.exec('DROP TABLE IF EXISTS temp.held; DROP TABLE IF EXISTS temp.campaign_ref; DETACH copy')
    }
  } catch (error) {
    discardCopy(path)
    throw error
  }
}

function fill(db: Database, { storeId, scope, elsewhere }: CopyCommand['plan'], now: number): number {
  const position = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck().get() ?? 0
  const left = JSON.stringify(elsewhere)
  db.exec('CREATE TEMP TABLE campaign_ref (campaign_id TEXT PRIMARY KEY, ref INTEGER NOT NULL) WITHOUT ROWID')
  db.prepare(
    `INSERT INTO temp.campaign_ref SELECT campaign_id, row_number() OVER (ORDER BY campaign_id) FROM campaigns
     WHERE campaign_id NOT IN (SELECT value FROM json_each(?))`,
  ).run(left)
  writeCampaigns(db)

  db.exec('CREATE TEMP TABLE held (holder_id TEXT PRIMARY KEY, ref INTEGER NOT NULL) WITHOUT ROWID')
  if (scope.day === 0) {
    db.exec('INSERT INTO temp.held SELECT holder_id, row_number() OVER (ORDER BY holder_id) FROM holders')
  } else {
    db.prepare(
      `INSERT INTO temp.held SELECT holder_id, row_number() OVER (ORDER BY holder_id)
       FROM (SELECT DISTINCT holder_id FROM holder_activity
             WHERE store_id IN (@storeId, '') AND (day, holder_id) >= (@day, @holderId))`,
    ).run({ storeId, ...scope })
  }
  // By ref, which is by id too: each table grows at its end.
  db.exec(`
    INSERT INTO copy.holder SELECT ${packed('holder_id')}, ref FROM temp.held ORDER BY 1;
    INSERT INTO copy.acquisition
      SELECT h.ref, ${packed('a.acquisition_id')}, c.ref, a.uses_left, a.expires_at, a.revoked
      FROM temp.held h CROSS JOIN acquisitions a ON a.holder_id = h.holder_id
        CROSS JOIN temp.campaign_ref c ON c.campaign_id = a.campaign_id;
    INSERT INTO copy.holder_usage
      SELECT h.ref, c.ref, u.period, u.uses
      FROM temp.held h CROSS JOIN holder_usage u ON u.holder_id = h.holder_id
        CROSS JOIN temp.campaign_ref c ON c.campaign_id = u.campaign_id;
    INSERT INTO copy.medium
      SELECT ${packed('m.medium_id')}, m.key_version, m.key, h.ref, m.blocked
      FROM media m CROSS JOIN temp.held h ON h.holder_id = m.holder_id ORDER BY 1;
  `)
  const putOperator = db.prepare('INSERT INTO copy.operator VALUES (?, ?)')
  const operators = db.prepare<[], Positioned & OperatorRow>('SELECT * FROM operators ORDER BY operator_id')
  for (const row of operators.all()) {
    putOperator.run(row.operator_id, JSON.stringify(operatorChange(row)))
  }
  for (const table of COUNTED_TABLES) {
    db.exec(`INSERT INTO copy.contents SELECT '${table}', count(*) FROM copy.${table}`)
  }
  const epoch = epochs(db).of(position)
  const cursor = cursorOf({ position, own: 0, epoch, beganAt: now, scope })
  db.prepare('UPDATE copy.position SET cursor = ?, change_seq = ?, as_of = ?').run(cursor, position, now)
  return position
}

function writeCampaigns(db: Database): void {
  const rows = db.prepare<[], CampaignRow & { ref: number; decided: number }>(
    `SELECT ref, campaign_id, version, state, rules, state IN ${DECIDED_STATES} AS decided
     FROM temp.campaign_ref JOIN campaigns USING (campaign_id) ORDER BY ref`,
  )
  const put = db.prepare('INSERT INTO copy.campaign VALUES (?, ?, ?)')
  for (const row of rows.all()) {
    put.run(row.ref, row.campaign_id, row.decided ? JSON.stringify(definitionOf(row)) : null)
  }
}
