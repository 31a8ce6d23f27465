import type { Database } from 'better-sqlite3'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import { campaignStep } from '../../audit/entries.ts'
import type { CampaignActionCommand, CampaignDetail, CampaignRefusal, DraftCommand } from '../campaignCommands.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import { actStep, type CampaignBefore, draftStep } from '../deciding/campaignSteps.ts'
import type { Unit } from '../deciding/unit.ts'
import type { CampaignRows } from './campaignRows.ts'
import type { StoredDefinitions } from './definitions.ts'
import type { Widenings } from './widenings.ts'

type CampaignOutcome = Outcome<CampaignDetail, CampaignRefusal>

export interface Campaigns {
  draft(unit: Unit, command: DraftCommand): CampaignOutcome
  act(unit: Unit, command: CampaignActionCommand): CampaignOutcome
}

/** Writes what `deciding/campaignSteps` says about campaigns, and who decided it. */
export function campaigns(
  db: Database,
  rows: CampaignRows,
  definitions: StoredDefinitions,
  widenings: Widenings,
  audit: AuditTrail,
): Campaigns {
  const counts = db.prepare<[string], CampaignBefore['counts']>(
    `SELECT uses, lent_uses AS lentUses, value, lent_value AS lentValue, issued
     FROM campaign_usage WHERE campaign_id = ?`,
  )
  /** Since the version before it that was approved: who wrote or submitted anything that it grew from. */
  const hands = db
    .prepare<[{ campaignId: string; version: number }], string>(
      `SELECT DISTINCT operator_id FROM campaign_decisions
       WHERE campaign_id = @campaignId AND action IN ('draft', 'submit') AND version <= @version
         AND version > coalesce((SELECT max(version) FROM campaign_decisions
           WHERE campaign_id = @campaignId AND action = 'approve' AND version < @version), 0)`,
    )
    .pluck()
  const nextPosition = db
    .prepare<[string], number>('SELECT coalesce(max(position), 0) + 1 FROM campaign_decisions WHERE campaign_id = ?')
    .pluck()
  const put = db.prepare<[string, number, string, string, number]>(
    `INSERT INTO campaigns (campaign_id, version, state, rules, change_seq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (campaign_id) DO UPDATE SET version = excluded.version, state = excluded.state,
       rules = excluded.rules, change_seq = excluded.change_seq`,
  )
  const openUsage = db.prepare<[string]>('INSERT INTO campaign_usage (campaign_id) VALUES (?) ON CONFLICT DO NOTHING')
  const setState = db.prepare<[string, number, string]>(
    'UPDATE campaigns SET state = ?, change_seq = ? WHERE campaign_id = ?',
  )
  const putVersion = db.prepare<[string, number, string, string, string, number]>(
    `INSERT INTO campaign_versions (campaign_id, version, state, author_id, content_hash, rules, created_at)
     VALUES (?, ?, 'draft', ?, ?, ?, ?)
     ON CONFLICT (campaign_id, version) DO UPDATE SET content_hash = excluded.content_hash, rules = excluded.rules`,
  )
  const setVersionState = db.prepare<[string, string, number]>(
    'UPDATE campaign_versions SET state = ? WHERE campaign_id = ? AND version = ?',
  )
  const decide = db.prepare<[string, number, number, string, string, number, string, string | null]>(
    `INSERT INTO campaign_decisions (campaign_id, position, version, action, operator_id, at, content_hash, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  const readBefore = (campaignId: string): CampaignBefore | null => {
    const record = rows.find(campaignId)
    if (!record) return null
    const { inForce, proposal, version } = record
    const handsIn = (of: number) => hands.all({ campaignId, version: of })
    const isOpen = proposal !== null && proposal.state !== 'approved'
    return {
      inForce: inForce && { ...record, state: inForce },
      proposal: isOpen ? { ...proposal, state: proposal.state as Exclude<typeof proposal.state, 'approved'> } : null,
      proposedBy: proposal ? handsIn(proposal.version) : [],
      madeBy: inForce ? handsIn(version) : [],
      counts: counts.get(campaignId) ?? { uses: 0, lentUses: 0, value: 0, lentValue: 0, issued: 0 },
    }
  }

  const after = (campaignId: string): CampaignOutcome => {
    const detail = rows.detail(campaignId)
    if (!detail) throw new Error(`campaign ${campaignId} is gone while it is being changed`)
    return accepted(detail)
  }

  return {
    draft(unit, command) {
      const { campaignId, contentHash, operatorId, now } = command
      const before = readBefore(campaignId)
      const step = draftStep(before, command)
      if (!step.ok) return step
      if (step.value.kind === 'same') return after(campaignId)
      const { version } = step.value
      const rules = JSON.stringify(command.rules)
      if (!before?.inForce) {
        put.run(campaignId, version, 'draft', rules, unit.nextChange())
        openUsage.run(campaignId)
        definitions.changed()
      }
      putVersion.run(campaignId, version, operatorId, contentHash, rules, now)
      decide.run(campaignId, nextPosition.get(campaignId) ?? 1, version, 'draft', operatorId, now, contentHash, null)
      audit.append(unit, campaignStep({ campaignId, action: 'draft', operatorId, version, contentHash }))
      return after(campaignId)
    },

    act(unit, command) {
      const { campaignId, action, actor, reason, now } = command
      const before = readBefore(campaignId)
      if (!before) return refused({ problem: 'not_found' })
      const taken = actStep(before, command)
      if (!taken.ok) return taken
      const step = taken.value
      switch (step.kind) {
        case 'judge':
          setVersionState.run(step.state, campaignId, step.version)
          // Before anything is in force, decisions see the newest version and that it is not approved.
          if (!before.inForce) setState.run(step.state, unit.nextChange(), campaignId)
          break
        case 'enforce':
          setVersionState.run('approved', campaignId, step.version)
          put.run(campaignId, step.version, step.state, JSON.stringify(step.rules), unit.nextChange())
          widenings.widened(unit, step.widened)
          break
        case 'run':
          setState.run(step.state, unit.nextChange(), campaignId)
          break
      }
      definitions.changed()
      const position = nextPosition.get(campaignId) ?? 1
      const { operatorId } = actor
      decide.run(campaignId, position, step.version, action, operatorId, now, step.contentHash, reason || null)
      audit.append(unit, campaignStep({ campaignId, action, operatorId, ...step, reason }))
      return after(campaignId)
    },
  }
}
