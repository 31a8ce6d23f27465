import type { Database } from 'better-sqlite3'
import { type Campaign, CampaignDefinition, readCampaign } from '../../../core/campaigns/campaign.ts'
import type { Unit } from './unit.ts'

export interface Definitions {
  /**
   * Every campaign, from memory. Call inside the transaction that decides: one look at the position of the definitions
   * tells whether memory is what this transaction sees, and it is read again when it is not. A transaction that writes
   * (`unit`) keeps everybody else from changing them: one look is enough for all of it.
   */
  current(unit?: Unit): ReadonlyMap<string, Campaign>
  /** Call inside the transaction that changes a campaign. */
  changed(): void
  /** Forgets what is in memory, after a transaction whose end is unknown. */
  drop(): void
}

interface Row {
  readonly campaign_id: string
  readonly version: number
  readonly state: string
  readonly rules: string
}

/** Campaign definitions kept in memory by version. */
export function definitions(db: Database): Definitions {
  const readPosition = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'definitions'").pluck()
  const advance = db.prepare("UPDATE positions SET value = value + 1 WHERE name = 'definitions'")
  const readAll = db.prepare<[], Row>('SELECT campaign_id, version, state, rules FROM campaigns')
  let known: { readonly position: number; readonly campaigns: ReadonlyMap<string, Campaign> } | null = null

  let lookedIn: Unit | null = null

  return {
    current(unit) {
      if (known && unit && unit === lookedIn) return known.campaigns
      const position = readPosition.get() ?? 0
      if (known?.position !== position) {
        const before = known?.campaigns
        known = {
          position,
          campaigns: new Map(readAll.all().map((row) => [row.campaign_id, reuse(before, row) ?? read(row)])),
        }
      }
      lookedIn = unit ?? null
      return known.campaigns
    },
    changed() {
      lookedIn = null
      advance.run()
    },
    drop() {
      known = null
      lookedIn = null
    },
  }
}

/** The parsed definition of before when only others have changed: a version's rules never change. */
function reuse(before: ReadonlyMap<string, Campaign> | undefined, row: Row): Campaign | undefined {
  const campaign = before?.get(row.campaign_id)
  return campaign?.version === row.version && campaign.state === row.state ? campaign : undefined
}

function read(row: Row): Campaign {
  return readCampaign(
    CampaignDefinition.parse({
      campaignId: row.campaign_id,
      version: row.version,
      state: row.state,
      rules: JSON.parse(row.rules),
    }),
  )
}
