import { openDatabase } from '../../../server/store/sqlite/database.ts'

export interface Customer {
  /** Of the medium, 64 hexadecimal digits. */
  readonly key: string
  readonly acquisitionId: string
}

const COUPONS = 4
const USES = 1_000_000
/** Milliseconds since 1970 that the first id carries. */
const BEGAN = 1_700_000_000_000

/** A UUIDv7 of `ms`, an SQL expression, whose other bits are `rest`. */
const uuid = (ms: string, rest: string): string =>
  `printf('%08x-%04x-7000-8000-%012x', (${ms}) >> 16, (${ms}) & 65535, ${rest})`

/**
 * Fills a coupon database that has campaigns with holders of four coupons each, as a chain's looks: media by keys in no
 * order, coupons taken one after another over time. Written straight into its tables, without a journal. Answers `customers` holders from all over
 * the file, each with one of their coupons.
 */
export function fillInSql(
  path: string,
  { campaigns, acquisitions, customers }: { campaigns: readonly string[]; acquisitions: number; customers: number },
): readonly Customer[] {
  const holders = Math.floor(acquisitions / COUPONS)
  const db = openDatabase(path)
  try {
    db.pragma('journal_mode = OFF')
    db.pragma('synchronous = OFF')
    db.pragma('foreign_keys = OFF')
    db.pragma('cache_size = -262144')
    // What was changed long ago is in the log of changes no more.
    db.exec('DROP TRIGGER acquisition_comes')
    db.exec('BEGIN')
    db.exec('CREATE TEMP TABLE given (place INTEGER PRIMARY KEY, campaign_id TEXT)')
    const give = db.prepare('INSERT INTO given VALUES (?, ?)')
    campaigns.forEach((campaignId, place) => {
      give.run(place, campaignId)
    })
    const upTo = `WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${holders})`
    const holderId = uuid(`${BEGAN} + i`, 'i')
    db.exec(`INSERT INTO holders (holder_id, created_at) ${upTo} SELECT ${holderId}, ${BEGAN} + i FROM n`)
    db.exec(`INSERT INTO media (medium_id, key_version, key, type, holder_id, change_seq)
      ${upTo}, keyed AS (SELECT i, randomblob(32) AS key FROM n ORDER BY key)
      SELECT ${uuid(`${BEGAN} + i`, 'i + 1')}, 1, key, 'felica-idm', ${holderId}, row_number() OVER () FROM keyed`)
    db.exec(`INSERT INTO acquisitions (holder_id, acquisition_id, campaign_id, uses_left, acquired_at, change_seq)
      ${upTo}, nth (c) AS (VALUES (0), (1), (2), (3))
      SELECT ${holderId}, ${uuid(`${BEGAN} + (c + 1) * ${holders} + i`, `i * ${COUPONS} + c`)},
        (SELECT campaign_id FROM given WHERE place = (i + c) % ${campaigns.length}), ${USES}, ${BEGAN} + i,
        ${holders} + i * ${COUPONS} + c + 1
      FROM n CROSS JOIN nth`)
    db.exec(`UPDATE positions SET value = max(value, ${holders * (COUPONS + 1) + 1_000}) WHERE name = 'change'`)
    db.exec(`CREATE TRIGGER acquisition_comes AFTER INSERT ON acquisitions BEGIN
      INSERT INTO holder_changes (change_seq, holder_id, acquisition_id)
      VALUES (NEW.change_seq, NEW.holder_id, NEW.acquisition_id);
    END`)
    db.exec('COMMIT')
    db.pragma('journal_mode = WAL')
    const step = Math.max(1, Math.floor(holders / customers))
    return db
      .prepare<[], Customer>(
        `${upTo}, some AS (SELECT ${holderId} AS holder_id FROM n WHERE i % ${step} = 0 LIMIT ${customers})
         SELECT lower(hex(m.key)) AS key,
           (SELECT a.acquisition_id FROM acquisitions a WHERE a.holder_id = s.holder_id LIMIT 1) AS acquisitionId
         FROM some s JOIN media m ON m.holder_id = s.holder_id`,
      )
      .all()
  } finally {
    db.close()
  }
}
