import { type Campaign, CampaignDefinition, readCampaign } from '../../../core/campaigns/campaign.ts'
import type { Unit } from './unit.ts'

export interface Definitions {
  /**
   * Every campaign, from memory. Call inside the transaction that decides: what it answers is what that transaction sees,
   * and nobody changes it before a transaction that writes (`unit`) has ended.
   */
  current(unit?: Unit): ReadonlyMap<string, Campaign>
}

export interface DefinitionRow {
  readonly campaign_id: string
  readonly version: number
  readonly state: string
  /** JSON of the rules. */
  readonly rules: string
}

/** Definitions from their rows. `before`: what was in memory; of it is kept what has not changed. */
export function readDefinitions(
  rows: readonly DefinitionRow[],
  before: ReadonlyMap<string, Campaign> | undefined,
): ReadonlyMap<string, Campaign> {
  return new Map(rows.map((row) => [row.campaign_id, reuse(before, row) ?? read(row)]))
}

/** The parsed definition of before when only others have changed: a version's rules never change. */
function reuse(before: ReadonlyMap<string, Campaign> | undefined, row: DefinitionRow): Campaign | undefined {
  const campaign = before?.get(row.campaign_id)
  return campaign?.version === row.version && campaign.state === row.state ? campaign : undefined
}

function read(row: DefinitionRow): Campaign {
  return readCampaign(
    CampaignDefinition.parse({
      campaignId: row.campaign_id,
      version: row.version,
      state: row.state,
      rules: JSON.parse(row.rules),
    }),
  )
}
