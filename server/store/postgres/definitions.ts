import type { Campaign } from '../../../core/campaigns/campaign.ts'
import { type DefinitionRow, readDefinitions } from '../deciding/definitions.ts'
import type { Queries } from './desk.ts'

/** Campaigns as a view of the database sees them. */
export type DefinitionsIn = (view: Queries) => Promise<ReadonlyMap<string, Campaign>>

/** Every campaign, from memory while nobody has changed one: a look at the position of the definitions tells. */
export function definitionsIn(): DefinitionsIn {
  let known: { readonly position: number; readonly campaigns: ReadonlyMap<string, Campaign> } | null = null
  return async (view) => {
    const row = await view.one<{ value: number }>("SELECT value FROM positions WHERE name = 'definitions'")
    const position = row?.value ?? 0
    if (known?.position === position) return known.campaigns
    const rows = await view.all<DefinitionRow>('SELECT campaign_id, version, state, rules FROM campaigns')
    const campaigns = readDefinitions(rows, known?.campaigns)
    // A view from before must not take the place of one from after.
    if (!known || known.position < position) known = { position, campaigns }
    return campaigns
  }
}
