import type { Change } from '../../../core/contract/changes.ts'
import { unreachable } from '../../../core/outcome.ts'
import type { Acquisition } from '../../../core/qualification/model.ts'
import type { HolderUsage, ReplicaMedium, ReplicaPosition } from '../counterStore.ts'
import type { Db } from './database.ts'
import { packId, unpackId } from './packedId.ts'

interface MediumRow {
  key_version: number
  key: Buffer
  holder_ref: number
  blocked: number
}

interface AcquisitionRow {
  acquisition_id: Buffer | string
  campaign_ref: number
  uses_left: number
  expires_at: number | null
  revoked: number
}

/** What is asked of an open replica, and what is written into it. */
export type ReplicaRows = ReturnType<typeof replicaRows>

/** The queries over one open file. */
export function replicaRows(db: Db) {
  const position = db.prepare<[], { cursor: string; change_seq: number; as_of: number | null }>(
    'SELECT cursor, change_seq, as_of FROM position',
  )
  const move = db.prepare<[string, number, number | null]>(
    'UPDATE position SET cursor = ?, change_seq = MAX(change_seq, ?), as_of = COALESCE(?, as_of)',
  )
  const media = db.prepare<[Buffer], MediumRow>(
    'SELECT key_version, key, holder_ref, blocked FROM medium WHERE substr(key, 1, 8) = ?',
  )
  const acquisitions = db.prepare<[number], AcquisitionRow>(
    `SELECT acquisition_id, campaign_ref, uses_left, expires_at, revoked
     FROM acquisition WHERE holder_ref = ? ORDER BY acquisition_id`,
  )
  const campaignOf = db
    .prepare<[number, Buffer | string], string>(
      `SELECT campaign_id FROM acquisition JOIN campaign ON campaign.ref = campaign_ref
       WHERE holder_ref = ? AND acquisition_id = ?`,
    )
    .pluck()
  const usage = db.prepare<[number], HolderUsage>(
    `SELECT campaign_id AS campaignId, period, uses
     FROM holder_usage JOIN campaign ON campaign.ref = campaign_ref WHERE holder_ref = ?`,
  )
  const campaigns = db.prepare<[], string>('SELECT definition FROM campaign WHERE definition IS NOT NULL').pluck()
  const operators = db.prepare<[], string>('SELECT change FROM operator ORDER BY operator_id').pluck()

  const campaignIdOf = db.prepare<[number], string>('SELECT campaign_id FROM campaign WHERE ref = ?').pluck()
  /** A number is given to one campaign for as long as the file lasts, so what was looked up once holds. */
  const campaignIds = new Map<number, string>()
  const campaignId = (ref: number): string => {
    const known = campaignIds.get(ref)
    if (known !== undefined) return known
    const found = campaignIdOf.get(ref) ?? ''
    campaignIds.set(ref, found)
    return found
  }

  return {
    position(): ReplicaPosition {
      const row = position.get()
      return { cursor: row?.cursor ?? '', changeSeq: row?.change_seq ?? 0, asOf: row?.as_of ?? null }
    },
    move: (cursor: string, changeSeq: number, asOf: number | null): void => void move.run(cursor, changeSeq, asOf),
    medium(version: number, key: string): ReplicaMedium | null {
      const wanted = Buffer.from(key, 'hex')
      const row = media.all(wanted.subarray(0, 8)).find((one) => one.key_version === version && one.key.equals(wanted))
      return row ? { holder: row.holder_ref, blocked: row.blocked === 1 } : null
    },
    acquisitions: (holder: number): Acquisition[] =>
      acquisitions.all(holder).map((row) => ({
        acquisitionId: unpackId(row.acquisition_id),
        campaignId: campaignId(row.campaign_ref),
        usesLeft: row.uses_left,
        expiresAt: row.expires_at,
        revoked: row.revoked === 1,
      })),
    campaignOf: (holder: number, acquisitionId: string): string | null =>
      campaignOf.get(holder, packId(acquisitionId)) ?? null,
    usage: (holder: number): HolderUsage[] => usage.all(holder),
    definitions: (): string[] => campaigns.all(),
    operators: (): string[] => operators.all(),
    put: writerOf(db),
  }
}

/** Writes one change; inside the caller's transaction. */
function writerOf(db: Db): (change: Change) => void {
  const holderRef = db.prepare<[Buffer | string], number>('SELECT ref FROM holder WHERE holder_id = ?').pluck()
  const lastHolder = db.prepare<[], number | null>('SELECT max(ref) FROM holder').pluck()
  const putHolder = db.prepare<[Buffer | string, number]>('INSERT INTO holder VALUES (?, ?)')
  const campaignRef = db.prepare<[string], number>('SELECT ref FROM campaign WHERE campaign_id = ?').pluck()
  const nameCampaign = db
    .prepare<[string], number>('INSERT INTO campaign (campaign_id) VALUES (?) RETURNING ref')
    .pluck()
  const define = db.prepare<[string, number]>('UPDATE campaign SET definition = ? WHERE ref = ?')
  const putMedium = db.prepare<[Buffer | string, number, Buffer, number, number]>(
    'REPLACE INTO medium VALUES (?, ?, ?, ?, ?)',
  )
  const putAcquisition = db.prepare<[number, Buffer | string, number, number, number | null, number]>(
    'REPLACE INTO acquisition VALUES (?, ?, ?, ?, ?, ?)',
  )
  const putUsage = db.prepare<[number, number, string, number]>('REPLACE INTO holder_usage VALUES (?, ?, ?, ?)')
  const putOperator = db.prepare<[string, string]>('REPLACE INTO operator VALUES (?, ?)')
  const forgetHolder = [
    'DELETE FROM medium WHERE holder_ref = ?',
    'DELETE FROM acquisition WHERE holder_ref = ?',
    'DELETE FROM holder_usage WHERE holder_ref = ?',
    'DELETE FROM holder WHERE ref = ?',
  ].map((sql) => db.prepare<[number]>(sql))
  /** The highest number given out; null: not looked up yet. */
  let last: number | null = null

  const holder = (id: string): number => {
    const packed = packId(id)
    const known = holderRef.get(packed)
    if (known !== undefined) return known
    last = (last ?? lastHolder.get() ?? 0) + 1
    putHolder.run(packed, last)
    return last
  }
  const campaign = (id: string): number => campaignRef.get(id) ?? nameCampaign.get(id) ?? 0

  return (change) => {
    switch (change.kind) {
      case 'campaign':
        define.run(JSON.stringify(change.campaign), campaign(change.campaign.campaignId))
        return
      case 'medium': {
        const key = Buffer.from(change.key.key, 'hex')
        putMedium.run(packId(change.mediumId), change.key.v, key, holder(change.holderId), change.blocked ? 1 : 0)
        return
      }
      case 'acquisition':
        putAcquisition.run(
          holder(change.holderId),
          packId(change.acquisitionId),
          campaign(change.campaignId),
          change.usesLeft,
          change.expiresAt === null ? null : Date.parse(change.expiresAt),
          change.revoked ? 1 : 0,
        )
        return
      case 'holder_usage':
        putUsage.run(holder(change.holderId), campaign(change.campaignId), change.period, change.uses)
        return
      case 'holder_gone': {
        const gone = holderRef.get(packId(change.holderId))
        if (gone !== undefined) for (const forget of forgetHolder) forget.run(gone)
        return
      }
      case 'operator':
        putOperator.run(change.operatorId, JSON.stringify(change))
        return
      case 'lease':
      case 'station':
      case 'resolution':
        // The journal holds what is the station's own, so that it survives the loss of this file.
        return
      default:
        unreachable(change)
    }
  }
}
