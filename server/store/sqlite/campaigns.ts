import type { Database } from 'better-sqlite3'
import { CampaignState } from '../../../core/campaigns/campaign.ts'
import { mayDraft, nextState } from '../../../core/campaigns/lifecycle.ts'
import { WireRules } from '../../../core/campaigns/rules.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import type {
  CampaignActionCommand,
  CampaignDecisionRecord,
  CampaignRecord,
  CampaignRefusal,
  DraftCommand,
} from '../couponStore.ts'
import type { Unit } from '../deciding/unit.ts'
import type { StoredDefinitions } from './definitions.ts'

type CampaignOutcome = Outcome<CampaignRecord, CampaignRefusal>

export interface Campaigns {
  draft(unit: Unit, command: DraftCommand): CampaignOutcome
  act(unit: Unit, command: CampaignActionCommand): CampaignOutcome
  find(campaignId: string): CampaignRecord | null
  all(): CampaignRecord[]
}

interface Row {
  readonly campaign_id: string
  readonly version: number
  readonly state: string
  readonly author_id: string
  readonly content_hash: string
  readonly rules: string
}

interface DecisionRow {
  readonly action: CampaignDecisionRecord['action']
  readonly operator_id: string
  readonly at: number
  readonly content_hash: string
  readonly reason: string | null
}

/** Of the next decision. */
const position = (campaign: CampaignRecord | null): number => (campaign?.decisions.length ?? 0) + 1

const COLUMNS = 'campaign_id, version, state, author_id, content_hash, rules'

/** Campaigns and who decided what about them. */
export function campaigns(db: Database, definitions: StoredDefinitions): Campaigns {
  const find = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM campaigns WHERE campaign_id = ?`)
  const all = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM campaigns ORDER BY campaign_id`)
  const decisions = db.prepare<[string], DecisionRow>(
    'SELECT action, operator_id, at, content_hash, reason FROM campaign_decisions WHERE campaign_id = ? ORDER BY position',
  )
  const put = db.prepare<[string, number, string, string, string, string, number]>(
    `INSERT INTO campaigns (campaign_id, version, state, author_id, content_hash, rules, change_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (campaign_id) DO UPDATE SET version = excluded.version, content_hash = excluded.content_hash,
       rules = excluded.rules, change_seq = excluded.change_seq`,
  )
  const openUsage = db.prepare<[string]>('INSERT INTO campaign_usage (campaign_id) VALUES (?) ON CONFLICT DO NOTHING')
  const setState = db.prepare<[string, number, string]>(
    'UPDATE campaigns SET state = ?, change_seq = ? WHERE campaign_id = ?',
  )
  const decide = db.prepare<[string, number, number, string, string, number, string, string | null]>(
    `INSERT INTO campaign_decisions (campaign_id, position, version, action, operator_id, at, content_hash, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  const record = (row: Row): CampaignRecord => ({
    campaignId: row.campaign_id,
    version: row.version,
    state: CampaignState.parse(row.state),
    authorId: row.author_id,
    contentHash: row.content_hash,
    rules: WireRules.parse(JSON.parse(row.rules)),
    decisions: decisions.all(row.campaign_id).map((decision) => ({
      action: decision.action,
      operatorId: decision.operator_id,
      at: decision.at,
      contentHash: decision.content_hash,
      ...(decision.reason === null ? {} : { reason: decision.reason }),
    })),
  })

  const findRecord = (campaignId: string): CampaignRecord | null => {
    const row = find.get(campaignId)
    return row ? record(row) : null
  }

  const changed = (campaignId: string): CampaignOutcome => {
    definitions.changed()
    const after = findRecord(campaignId)
    if (!after) throw new Error(`campaign ${campaignId} is gone while it is being changed`)
    return accepted(after)
  }

  return {
    draft(unit, { campaignId, rules, contentHash, operatorId, role, now }) {
      const before = findRecord(campaignId)
      const allowed = mayDraft(before, { operatorId, role })
      if (!allowed.ok) return refused({ problem: 'conflict', reason: allowed.reason, params: allowed.params })
      if (before?.contentHash === contentHash) return accepted(before)
      const version = (before?.version ?? 0) + 1
      put.run(campaignId, version, allowed.value, operatorId, contentHash, JSON.stringify(rules), unit.nextChange())
      openUsage.run(campaignId)
      decide.run(campaignId, position(before), version, 'draft', operatorId, now, contentHash, null)
      return changed(campaignId)
    },

    act(unit, { campaignId, action, actor, contentHash, reason, now }) {
      const before = findRecord(campaignId)
      if (!before) return refused({ problem: 'not_found' })
      if (contentHash !== undefined && contentHash !== before.contentHash) {
        const params = { contentHash: before.contentHash, version: before.version }
        return refused({ problem: 'conflict', reason: 'invalid_request', params })
      }
      const submitterId = before.decisions.findLast((decision) => decision.action === 'submit')?.operatorId ?? null
      const next = nextState({ ...before, submitterId }, action, actor)
      if (!next.ok) return refused({ problem: 'conflict', reason: next.reason, params: next.params })
      setState.run(next.value, unit.nextChange(), campaignId)
      decide.run(
        campaignId,
        position(before),
        before.version,
        action,
        actor.operatorId,
        now,
        before.contentHash,
        reason ?? null,
      )
      return changed(campaignId)
    },

    find: findRecord,
    all: () => all.all().map(record),
  }
}
