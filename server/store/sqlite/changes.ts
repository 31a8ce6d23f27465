import type { Database } from 'better-sqlite3'
import { CampaignDefinition } from '../../../core/campaigns/campaign.ts'
import type { Change } from '../../../core/contract/changes.ts'
import type { PinVerifier } from '../../../core/contract/sessions.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { MediumType } from '../../../core/media/medium.ts'
import { Store } from '../../../core/objective.ts'
import type { ChangesPage, ChangesQuery, OperatorRecord } from '../couponStore.ts'
import { ACQUISITION_COLUMNS, type AcquisitionRow, readAcquisition } from './acquisitionRow.ts'
import { type OperatorRow, readOperator } from './operators.ts'

interface Feed {
  /** Changes of one kind after a position, oldest first. */
  read(after: number, limit: number, storeId: string): readonly Change[]
}

interface Positioned {
  readonly change_seq: number
}

/** A feed of one table: `select` takes the position and how many rows at most. */
function tableFeed<Row>(db: Database, select: string, change: (row: Positioned & Row) => Change): Feed {
  const rows = db.prepare<[number, number], Positioned & Row>(select)
  return { read: (after, limit) => rows.all(after, limit).map(change) }
}

function campaignFeed(db: Database): Feed {
  return tableFeed<{ campaign_id: string; version: number; state: string; rules: string }>(
    db,
    // What was never approved is head office's own business.
    `SELECT change_seq, campaign_id, version, state, rules FROM campaigns
     WHERE change_seq > ? AND state IN ('approved', 'suspended', 'ended') ORDER BY change_seq LIMIT ?`,
    (row) => ({
      kind: 'campaign',
      changeSeq: row.change_seq,
      campaign: CampaignDefinition.parse({
        campaignId: row.campaign_id,
        version: row.version,
        state: row.state,
        rules: JSON.parse(row.rules),
      }),
    }),
  )
}

function mediumFeed(db: Database): Feed {
  return tableFeed<{
    medium_id: string
    key_version: number
    key: Buffer
    type: string
    holder_id: string
    blocked: number
  }>(
    db,
    `SELECT change_seq, medium_id, key_version, key, type, holder_id, blocked FROM media
     WHERE change_seq > ? ORDER BY change_seq LIMIT ?`,
    (row) => ({
      kind: 'medium',
      changeSeq: row.change_seq,
      mediumId: row.medium_id,
      key: { v: row.key_version, key: row.key.toString('hex') },
      type: MediumType.parse(row.type),
      holderId: row.holder_id,
      blocked: row.blocked === 1,
    }),
  )
}

function acquisitionFeed(db: Database): Feed {
  return tableFeed<AcquisitionRow>(
    db,
    `SELECT change_seq, ${ACQUISITION_COLUMNS} FROM acquisitions
     WHERE change_seq > ? ORDER BY change_seq LIMIT ?`,
    (row) => ({
      kind: 'acquisition',
      changeSeq: row.change_seq,
      ...readAcquisition(row),
      holderId: row.holder_id,
      expiresAt: row.expires_at === null ? null : new Date(row.expires_at).toISOString(),
    }),
  )
}

function usageFeed(db: Database): Feed {
  return tableFeed<{ holder_id: string; campaign_id: string; period: string; uses: number }>(
    db,
    `SELECT change_seq, holder_id, campaign_id, period, uses FROM holder_usage
     WHERE change_seq > ? ORDER BY change_seq LIMIT ?`,
    (row) => ({
      kind: 'holder_usage',
      changeSeq: row.change_seq,
      holderId: row.holder_id,
      campaignId: row.campaign_id,
      period: row.period,
      uses: row.uses,
    }),
  )
}

function operatorFeed(db: Database): Feed {
  return tableFeed<OperatorRow>(
    db,
    `SELECT change_seq, operator_id, name, role, active, pin FROM operators
     WHERE change_seq > ? ORDER BY change_seq LIMIT ?`,
    (row) => ({ kind: 'operator', changeSeq: row.change_seq, ...atTheTill(row) }),
  )
}

/** Nobody's: no PIN has it. */
const NO_PIN: PinVerifier = { algorithm: 'scrypt', N: 16_384, r: 8, p: 5, salt: '', hash: '' }

/** Head office's people are not for tills: only that they may not sign in, for whoever may have been a cashier before. */
function atTheTill(row: OperatorRow): OperatorRecord {
  const operator = readOperator(row)
  return operator.role === 'cashier' || operator.role === 'manager'
    ? operator
    : { ...operator, name: '', active: false, pin: NO_PIN }
}

function storeFeed(db: Database): Feed {
  const select = db.prepare<[number, string], Positioned & { store: string; settings: string }>(
    'SELECT change_seq, store, settings FROM stores WHERE change_seq > ? AND store_id = ?',
  )
  return {
    read: (after, _limit, storeId) =>
      select.all(after, storeId).map((row) => ({
        kind: 'station',
        changeSeq: row.change_seq,
        store: Store.parse(JSON.parse(row.store)),
        settings: StationSettings.parse(JSON.parse(row.settings)),
      })),
  }
}

export interface ChangeFeed {
  /** What has changed for a station since a position: each entity as it is now, by the position of its latest change. */
  since(query: ChangesQuery): ChangesPage
  /** The latest position. */
  position(): number
}

/** One writer at a time means that every position below the last one is visible. Call inside a read transaction. */
export function changeFeed(db: Database): ChangeFeed {
  const feeds = [campaignFeed, mediumFeed, acquisitionFeed, usageFeed, operatorFeed, storeFeed].map((feed) => feed(db))
  const lastPosition = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'change'").pluck()

  const position = () => lastPosition.get() ?? 0
  return {
    position,
    since({ station, after, limit }) {
      const found = feeds
        .flatMap((feed) => feed.read(after, limit + 1, station.store.storeId))
        .sort((a, b) => a.changeSeq - b.changeSeq)
      const changes = found.slice(0, limit)
      const more = found.length > limit
      const reached = more ? changes.at(-1)?.changeSeq : undefined
      return { changes, position: reached ?? position(), more }
    },
  }
}
