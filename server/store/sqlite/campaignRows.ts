import type { Database } from 'better-sqlite3'
import { CampaignState, InForceState, VersionState } from '../../../core/campaigns/campaign.ts'
import { campaignStatus } from '../../../core/campaigns/lifecycle.ts'
import { CampaignRules, WireRules } from '../../../core/campaigns/rules.ts'
import type { CampaignUse } from '../../../core/contract/campaigns.ts'
import type {
  CampaignDecisionRecord,
  CampaignDetail,
  CampaignListQuery,
  CampaignRecord,
  CampaignVersionRecord,
  HistoryQuery,
} from '../campaignCommands.ts'

export interface CampaignRows {
  find(campaignId: string): CampaignRecord | null
  detail(campaignId: string): CampaignDetail | null
  list(query: CampaignListQuery): readonly CampaignRecord[]
  version(campaignId: string, version: number): CampaignVersionRecord | null
  versions(query: HistoryQuery): readonly CampaignVersionRecord[]
  decisions(query: HistoryQuery): readonly CampaignDecisionRecord[]
}

interface Row {
  readonly campaign_id: string
  readonly state: string
  readonly version: number
}

interface VersionRow {
  readonly version: number
  readonly state: string
  readonly author_id: string
  readonly author_name: string | null
  readonly content_hash: string
  readonly rules: string
  readonly created_at: number
}

interface DecisionRow {
  readonly position: number
  readonly version: number
  readonly action: CampaignDecisionRecord['action']
  readonly operator_id: string
  readonly operator_name: string | null
  readonly at: number
  readonly content_hash: string
  readonly reason: string | null
}

/** Decisions that come with a campaign itself. */
const LATEST_DECISIONS = 50

/** Sorts after every UUID. */
const AFTER_EVERY_ID = 'g'

const NO_USE: CampaignUse = {
  uses: 0,
  value: 0,
  lentUses: 0,
  lentValue: 0,
  forcedUses: 0,
  forcedValue: 0,
  issued: 0,
}

/** Campaigns with their versions and history, as head office reads them. */
export function campaignRows(db: Database): CampaignRows {
  const find = db.prepare<[string], Row>('SELECT campaign_id, state, version FROM campaigns WHERE campaign_id = ?')
  const newest = db.prepare<[string], Row>(
    `SELECT campaign_id, state, version FROM campaigns WHERE campaign_id < ? ORDER BY campaign_id DESC`,
  )
  const waiting = db.prepare<[string], Row>(
    `SELECT c.campaign_id, c.state, c.version FROM campaign_versions v JOIN campaigns c USING (campaign_id)
     WHERE v.state = 'submitted' AND v.campaign_id < ? ORDER BY v.campaign_id DESC`,
  )
  const columns = `v.version, v.state, v.author_id, o.name AS author_name, v.content_hash, v.rules, v.created_at
    FROM campaign_versions v LEFT JOIN operators o ON o.operator_id = v.author_id`
  const version = db.prepare<[string, number], VersionRow>(
    `SELECT ${columns} WHERE v.campaign_id = ? AND v.version = ?`,
  )
  const versions = db.prepare<[string, number, number], VersionRow>(
    `SELECT ${columns} WHERE v.campaign_id = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?`,
  )
  const decisions = db.prepare<[string, number, number], DecisionRow>(
    `SELECT d.position, d.version, d.action, d.operator_id, o.name AS operator_name, d.at, d.content_hash, d.reason
     FROM campaign_decisions d LEFT JOIN operators o USING (operator_id)
     WHERE d.campaign_id = ? AND d.position < ? ORDER BY d.position DESC LIMIT ?`,
  )
  const use = db.prepare<[string], CampaignUse>(
    `SELECT uses, value, lent_uses AS lentUses, lent_value AS lentValue, forced_uses AS forcedUses,
       forced_value AS forcedValue, issued FROM campaign_usage WHERE campaign_id = ?`,
  )

  const record = (row: Row): CampaignRecord => {
    const [latest] = versions.all(row.campaign_id, Number.MAX_SAFE_INTEGER, 1)
    const shown = latest?.version === row.version ? latest : version.get(row.campaign_id, row.version)
    if (!latest || !shown) throw new Error(`campaign ${row.campaign_id} has lost its version ${row.version}`)
    const inForce = InForceState.safeParse(row.state)
    return {
      campaignId: row.campaign_id,
      version: row.version,
      state: CampaignState.parse(row.state),
      contentHash: shown.content_hash,
      rules: WireRules.parse(JSON.parse(shown.rules)),
      inForce: inForce.success ? inForce.data : null,
      proposal: inForce.success && latest.version === row.version ? null : toVersion(latest),
    }
  }

  const findRecord = (campaignId: string): CampaignRecord | null => {
    const row = find.get(campaignId)
    return row ? record(row) : null
  }

  const decisionPage: CampaignRows['decisions'] = ({ campaignId, before, limit }) =>
    decisions.all(campaignId, before ?? Number.MAX_SAFE_INTEGER, limit + 1).map(toDecision)

  return {
    find: findRecord,
    detail(campaignId) {
      const found = findRecord(campaignId)
      if (!found) return null
      const latest = decisionPage({ campaignId, before: null, limit: LATEST_DECISIONS }).slice(0, LATEST_DECISIONS)
      return { ...found, decisions: latest.toReversed(), use: use.get(campaignId) ?? NO_USE }
    },
    list(query) {
      const found: CampaignRecord[] = []
      const rows = (query.waiting ? waiting : newest).iterate(query.after ?? AFTER_EVERY_ID)
      for (const row of rows) {
        const campaign = record(row)
        if (isAskedFor(campaign, query)) found.push(campaign)
        if (found.length > query.limit) break
      }
      return found
    },
    version(campaignId, number) {
      const row = version.get(campaignId, number)
      return row ? toVersion(row) : null
    },
    versions: ({ campaignId, before, limit }) =>
      versions.all(campaignId, before ?? Number.MAX_SAFE_INTEGER, limit + 1).map(toVersion),
    decisions: decisionPage,
  }
}

function isAskedFor(campaign: CampaignRecord, { status, text, decidedOnly, now }: CampaignListQuery): boolean {
  if (decidedOnly && campaign.inForce === null) return false
  const known = CampaignRules.safeParse(campaign.rules)
  if (status && campaignStatus(campaign.state, known.success ? known.data : null, now) !== status) return false
  if (!text) return true
  const titles = known.success ? [known.data.title, ...Object.values(known.data.titles)] : [campaign.rules.title]
  return titles.some((title) => title.toLowerCase().includes(text.toLowerCase()))
}

function toVersion(row: VersionRow): CampaignVersionRecord {
  return {
    version: row.version,
    state: VersionState.parse(row.state),
    contentHash: row.content_hash,
    rules: WireRules.parse(JSON.parse(row.rules)),
    author: { operatorId: row.author_id, name: row.author_name ?? '' },
    createdAt: row.created_at,
  }
}

function toDecision(row: DecisionRow): CampaignDecisionRecord {
  return {
    position: row.position,
    version: row.version,
    action: row.action,
    operatorId: row.operator_id,
    operatorName: row.operator_name ?? '',
    at: row.at,
    contentHash: row.content_hash,
    ...(row.reason === null ? {} : { reason: row.reason }),
  }
}
