import { rmSync } from 'node:fs'
import { type Campaign, CampaignDefinition, readCampaign } from '../../../core/campaigns/campaign.ts'
import type { Change } from '../../../core/contract/changes.ts'
import { unreachable } from '../../../core/outcome.ts'
import type { Acquisition } from '../../../core/qualification/model.ts'
import type { HolderUsage, Replica, ReplicaOperator, ReplicaPosition } from '../counterStore.ts'
import { type Db, openDatabase, storageFault, UnusableFile, write } from './database.ts'
import { REPLICA_MIGRATIONS } from './replicaSchema.ts'

const START: ReplicaPosition = { cursor: '', changeSeq: 0, asOf: null }

/** The files SQLite keeps beside a WAL database. */
const FILES = ['', '-wal', '-shm']

/**
 * The replica in the file at `path`. A damaged file is thrown away, at opening and whenever a read meets the damage: the
 * server has it all. One with a newer schema is thrown away too.
 */
export function sqliteReplica(path: string): Replica & { close(): void } {
  let open = openOrRestart(path)

  const restart = () => {
    open.db.close()
    for (const suffix of FILES) rmSync(path + suffix, { force: true })
    open = prepared(openDatabase(path, REPLICA_MIGRATIONS, { readWhole: true }))
  }
  /** A read that meets a damaged page answers as an empty copy would, and the copy is filled again. */
  const read = <Value>(empty: Value, query: (statements: Statements) => Value): Value => {
    try {
      return query(open.statements)
    } catch (error) {
      if (storageFault(error) !== 'corrupt') throw error
      restart()
      return empty
    }
  }

  return {
    position: () => read(START, ({ position }) => toPosition(position.get())),

    apply(changes, to) {
      const { db, statements } = open
      const applied = write(db, () => {
        for (const change of changes) applyChange(statements, change)
        statements.move.run(to.cursor, to.changeSeq, to.asOf, to.asOf)
        return null
      })
      if (changes.some((change) => change.kind === 'campaign')) open.campaigns = null
      if (!applied.ok && applied.fault === 'corrupt') restart()
      return applied
    },

    reset: restart,

    medium: (keys) =>
      read(null, ({ medium }) => {
        for (const { v, key } of keys) {
          const row = medium.get(key, v)
          if (row) return { holderId: row.holder_id, blocked: row.blocked === 1 }
        }
        return null
      }),

    acquisitions: (holderId) =>
      read([] as Acquisition[], ({ acquisitions }) =>
        acquisitions.all(holderId).map((row) => ({
          acquisitionId: row.acquisition_id,
          campaignId: row.campaign_id,
          usesLeft: row.uses_left,
          expiresAt: row.expires_at,
          revoked: row.revoked === 1,
        })),
      ),

    campaignOf: (acquisitionId) => read(null, ({ campaignOf }) => campaignOf.get(acquisitionId) ?? null),

    usage: (holderId) => read([] as HolderUsage[], ({ usage }) => usage.all(holderId)),

    campaigns: () =>
      read(new Map<string, Campaign>() as ReadonlyMap<string, Campaign>, ({ campaigns }) => {
        open.campaigns ??= new Map(
          campaigns.all().map((definition) => {
            const campaign = readCampaign(CampaignDefinition.parse(JSON.parse(definition)))
            return [campaign.campaignId, campaign]
          }),
        )
        return open.campaigns
      }),

    operators: () =>
      read([] as ReplicaOperator[], ({ operators }) =>
        operators.all().map((change) => JSON.parse(change) as ReplicaOperator),
      ),

    close: () => open.db.close(),
  }
}

interface OpenReplica {
  readonly db: Db
  readonly statements: Statements
  /** Parsed definitions, until one changes. */
  campaigns: ReadonlyMap<string, Campaign> | null
}

function openOrRestart(path: string): OpenReplica {
  try {
    return prepared(openDatabase(path, REPLICA_MIGRATIONS, { readWhole: true }))
  } catch (error) {
    const replaceable = error instanceof UnusableFile && (error.code === 'corrupt' || error.code === 'schema_too_new')
    if (!replaceable) throw error
    for (const suffix of FILES) rmSync(path + suffix, { force: true })
    return prepared(openDatabase(path, REPLICA_MIGRATIONS, { readWhole: true }))
  }
}

type Statements = ReturnType<typeof statementsOf>

const prepared = (db: Db): OpenReplica => ({ db, statements: statementsOf(db), campaigns: null })

interface PositionRow {
  cursor: string
  change_seq: number
  as_of: number | null
}

const toPosition = (row: PositionRow | undefined): ReplicaPosition =>
  row ? { cursor: row.cursor, changeSeq: row.change_seq, asOf: row.as_of } : START

function statementsOf(db: Db) {
  return {
    position: db.prepare<[], PositionRow>('SELECT cursor, change_seq, as_of FROM position'),
    move: db.prepare(
      'UPDATE position SET cursor = ?, change_seq = MAX(change_seq, ?), as_of = CASE WHEN ? IS NULL THEN as_of ELSE ? END',
    ),
    medium: db.prepare<[string, number], { holder_id: string; blocked: number }>(
      'SELECT holder_id, blocked FROM medium WHERE key = ? AND key_version = ?',
    ),
    acquisitions: db.prepare<
      [string],
      { acquisition_id: string; campaign_id: string; uses_left: number; expires_at: number | null; revoked: number }
    >(
      'SELECT acquisition_id, campaign_id, uses_left, expires_at, revoked FROM acquisition WHERE holder_id = ? ORDER BY acquisition_id',
    ),
    campaignOf: db.prepare<[string], string>('SELECT campaign_id FROM acquisition WHERE acquisition_id = ?').pluck(),
    usage: db.prepare<[string], HolderUsage>(
      'SELECT campaign_id AS campaignId, period, uses FROM holder_usage WHERE holder_id = ?',
    ),
    campaigns: db.prepare<[], string>('SELECT definition FROM campaign').pluck(),
    operators: db.prepare<[], string>('SELECT change FROM operator ORDER BY operator_id').pluck(),
    putCampaign: db.prepare('REPLACE INTO campaign VALUES (?, ?)'),
    putMedium: db.prepare('REPLACE INTO medium VALUES (?, ?, ?, ?, ?)'),
    putAcquisition: db.prepare('REPLACE INTO acquisition VALUES (?, ?, ?, ?, ?, ?)'),
    putUsage: db.prepare('REPLACE INTO holder_usage VALUES (?, ?, ?, ?)'),
    putOperator: db.prepare('REPLACE INTO operator VALUES (?, ?)'),
  }
}

function applyChange(statements: Statements, change: Change): void {
  switch (change.kind) {
    case 'campaign':
      statements.putCampaign.run(change.campaign.campaignId, JSON.stringify(change.campaign))
      return
    case 'medium':
      statements.putMedium.run(change.mediumId, change.key.v, change.key.key, change.holderId, change.blocked ? 1 : 0)
      return
    case 'acquisition':
      statements.putAcquisition.run(
        change.acquisitionId,
        change.campaignId,
        change.holderId,
        change.usesLeft,
        change.expiresAt === null ? null : Date.parse(change.expiresAt),
        change.revoked ? 1 : 0,
      )
      return
    case 'holder_usage':
      statements.putUsage.run(change.holderId, change.campaignId, change.period, change.uses)
      return
    case 'operator':
      statements.putOperator.run(change.operatorId, JSON.stringify(change))
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
