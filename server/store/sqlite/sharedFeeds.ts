import type { Database } from 'better-sqlite3'
import type { Change } from '../../../core/contract/changes.ts'
import type { CopyScope } from '../feedPlace.ts'
import { ACQUISITION_COLUMNS, type AcquisitionRow } from '../rows/acquisitionRow.ts'
import {
  acquisitionChange,
  type CampaignRow,
  campaignChange,
  DECIDED_STATES,
  HELD_COLUMNS,
  MEDIUM_COLUMNS,
  type MediumRow,
  mediumChange,
  operatorChange,
  type Positioned,
  USAGE_COLUMNS,
  type UsageRow,
  usageChange,
} from '../rows/changeRows.ts'
import type { OperatorRow } from '../rows/operatorRow.ts'

/** Which part of what stations share one store's copy holds. */
export interface CopyView {
  readonly storeId: string
  readonly scope: CopyScope
  /** Campaigns whose coupons are left out, as a JSON array of ids. */
  readonly elsewhere: string
}

/** Changes of one kind in the positions after `after` up to `upTo`, oldest first. */
export interface SharedFeed {
  read(view: CopyView, after: number, upTo: number, limit: number): readonly Change[]
}

/** Of a table whose rows belong to a holder: everybody's, or those of the holders that the copy holds. */
const OF_HELD_HOLDERS = `(@day = 0 OR EXISTS (
  SELECT 1 FROM holder_activity a WHERE a.store_id IN (@storeId, '') AND a.holder_id = t.holder_id
    AND (a.day, a.holder_id) >= (@day, @holderId)))`

/** Rows of `table` by the entries of `holder_changes` that still say something of them. */
const byChanges = (table: string, key: readonly string[]): string =>
  `holder_changes at CROSS JOIN ${table} t ON ${[...key, 'change_seq'].map((name) => `t.${name} = at.${name}`).join(' AND ')}`

const ACQUISITIONS = byChanges('acquisitions', ['holder_id', 'acquisition_id'])
const USAGE = byChanges('holder_usage', ['holder_id', 'campaign_id', 'period'])

const NOT_ELSEWHERE = 't.campaign_id NOT IN (SELECT value FROM json_each(@elsewhere))'

interface Asked {
  readonly after: number
  readonly upTo: number
  readonly limit: number
  readonly storeId: string
  readonly day: number
  readonly holderId: string
  readonly elsewhere: string
}

interface HolderRows {
  media(holderId: string): readonly Change[]
  acquisitions(holderId: string, elsewhere: string): readonly Change[]
  usage(holderId: string, elsewhere: string): readonly Change[]
}

/** `table` as `t`, joined to where its positions are looked up as `at`. */
function tableFeed<Row>(
  db: Database,
  columns: string,
  table: string,
  where: string,
  change: (row: Positioned & Row) => Change,
): SharedFeed {
  const position = table.includes(' at ') ? 'at' : 't'
  const rows = db.prepare<[Asked], Positioned & Row>(
    `SELECT t.change_seq, ${columns} FROM ${table}
     WHERE ${position}.change_seq > @after AND ${position}.change_seq <= @upTo AND ${where}
     ORDER BY ${position}.change_seq LIMIT @limit`,
  )
  return {
    read: ({ storeId, scope, elsewhere }, after, upTo, limit) =>
      rows.all({ after, upTo, limit, storeId, ...scope, elsewhere }).map(change),
  }
}

/** Everything that stations share, by kind. */
export function sharedFeeds(db: Database): readonly SharedFeed[] {
  return [
    tableFeed<CampaignRow>(
      db,
      'campaign_id, version, state, rules',
      'campaigns t',
      `state IN ${DECIDED_STATES} AND ${NOT_ELSEWHERE}`,
      campaignChange,
    ),
    // Who is gone is gone from every copy, whomever it holds.
    tableFeed<{ holder_id: string }>(db, 'holder_id', 'gone_holders t', 'TRUE', (row) => ({
      kind: 'holder_gone',
      changeSeq: row.change_seq,
      holderId: row.holder_id,
    })),
    tableFeed(db, MEDIUM_COLUMNS, 'media t', OF_HELD_HOLDERS, mediumChange),
    tableFeed(db, HELD_COLUMNS, ACQUISITIONS, `${NOT_ELSEWHERE} AND ${OF_HELD_HOLDERS}`, acquisitionChange),
    tableFeed(db, USAGE_COLUMNS, USAGE, `${NOT_ELSEWHERE} AND ${OF_HELD_HOLDERS}`, usageChange),
    tableFeed<OperatorRow>(db, 'operator_id, name, role, active, store_id, pin', 'operators t', 'TRUE', operatorChange),
  ]
}

export interface EnteredHolder {
  readonly holderId: string
  readonly changeSeq: number
}

/** Holders who were at the store, or got a coupon for it, for the first time on a day: a copy that holds only some may not have them. */
export interface EnteredHolders {
  read(view: CopyView, after: number, upTo: number, limit: number): readonly EnteredHolder[]
  /** Everything of one, as if all of it had changed when they entered. */
  whole(view: CopyView, entered: EnteredHolder): readonly Change[]
}

export function enteredHolders(db: Database): EnteredHolders {
  const entered = db.prepare<[Record<string, string | number>], EnteredHolder>(
    `SELECT holder_id AS holderId, change_seq AS changeSeq FROM holder_activity
     WHERE change_seq > @after AND change_seq <= @upTo AND store_id IN (@storeId, '')
       AND (day, holder_id) >= (@day, @holderId)
     ORDER BY change_seq LIMIT @limit`,
  )
  const rows = holderRows(db)
  return {
    read: ({ storeId, scope }, after, upTo, limit) => entered.all({ after, upTo, storeId, ...scope, limit }),
    whole: ({ elsewhere }, { holderId, changeSeq }) =>
      [...rows.media(holderId), ...rows.acquisitions(holderId, elsewhere), ...rows.usage(holderId, elsewhere)].map(
        (change) => ({
          ...change,
          changeSeq,
        }),
      ),
  }
}

function holderRows(db: Database): HolderRows {
  const media = db.prepare<[string], Positioned & MediumRow>(
    `SELECT change_seq, ${MEDIUM_COLUMNS} FROM media t WHERE holder_id = ?`,
  )
  const acquisitions = db.prepare<[{ holderId: string; elsewhere: string }], Positioned & AcquisitionRow>(
    `SELECT change_seq, ${ACQUISITION_COLUMNS} FROM acquisitions t WHERE holder_id = @holderId AND ${NOT_ELSEWHERE}`,
  )
  const usage = db.prepare<[{ holderId: string; elsewhere: string }], Positioned & UsageRow>(
    `SELECT change_seq, ${USAGE_COLUMNS} FROM holder_usage t WHERE holder_id = @holderId AND ${NOT_ELSEWHERE}`,
  )
  return {
    media: (holderId) => media.all(holderId).map(mediumChange),
    acquisitions: (holderId, elsewhere) => acquisitions.all({ holderId, elsewhere }).map(acquisitionChange),
    usage: (holderId, elsewhere) => usage.all({ holderId, elsewhere }).map(usageChange),
  }
}
