import type { Database } from 'better-sqlite3'
import type { CampaignStore } from '../campaignCommands.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
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
): CampaignStore {
  const rows = campaignRows(db)
  const steps = campaigns(db, rows, definitions, widenings(db), audit)
  return {
    draftCampaign: async (command) => write(command.now, (unit) => steps.draft(unit, command)),
    actOnCampaign: async (command) => write(command.now, (unit) => steps.act(unit, command)),
    campaign: (campaignId) => read(() => rows.detail(campaignId)),
    campaigns: (query) => read(() => rows.list(query)),
    campaignVersion: (campaignId, version) => read(() => rows.version(campaignId, version)),
    campaignVersions: (query) => read(() => rows.versions(query)),
    campaignDecisions: (query) => read(() => rows.decisions(query)),
  }
}
