import type { Database } from 'better-sqlite3'
import type { CampaignStore } from '../campaignCommands.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Outbox } from '../deciding/notices.ts'
import { campaignRows } from './campaignRows.ts'
import { campaigns } from './campaigns.ts'
import type { StoredDefinitions } from './definitions.ts'
import type { Runs } from './runs.ts'
import { widenings } from './widenings.ts'

/** Generation approval, as a part of a store. */
export function campaignStore(
  db: Database,
  { write, read }: Runs,
  definitions: StoredDefinitions,
  audit: AuditTrail,
  outbox: Outbox,
): CampaignStore {
  const rows = campaignRows(db)
  const steps = campaigns(db, rows, definitions, widenings(db), audit)
  return {
    draftCampaign: async (command) => write(command.now, (unit) => steps.draft(unit, command)),
    actOnCampaign: async (command) =>
      write(command.now, (unit) => {
        const acted = steps.act(unit, command)
        if (!acted.ok) return acted
        const { campaignId, version, state } = acted.value
        outbox.tell(unit, { type: 'campaign.changed', data: { campaignId, version, state, action: command.action } })
        return acted
      }),
    campaign: (campaignId) => read(() => rows.detail(campaignId)),
    campaigns: (query) => read(() => rows.list(query)),
    campaignVersion: (campaignId, version) => read(() => rows.version(campaignId, version)),
    campaignVersions: (query) => read(() => rows.versions(query)),
    campaignDecisions: (query) => read(() => rows.decisions(query)),
  }
}
