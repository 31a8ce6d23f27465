import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import { type DefinitionRow, type Definitions, readDefinitions } from '../deciding/definitions.ts'
import type { Unit } from '../deciding/unit.ts'

export interface StoredDefinitions extends Definitions {
  /** Call inside the transaction that changes a campaign. */
  changed(): void
  /** Forgets what is in memory, after a transaction whose end is unknown. */
  drop(): void
}

/**
 * Campaign definitions kept in memory by version. One look at their position tells whether memory is what a transaction sees,
 * and it is read again when it is not. A transaction that writes keeps everybody else from changing them: one look is enough
 * for all of it.
 */
export function definitions(db: Database): StoredDefinitions {
  const readPosition = db.prepare<[], number>("SELECT value FROM positions WHERE name = 'definitions'").pluck()
  const advance = db.prepare("UPDATE positions SET value = value + 1 WHERE name = 'definitions'")
  const readAll = db.prepare<[], DefinitionRow>('SELECT campaign_id, version, state, rules FROM campaigns')
  let known: { readonly position: number; readonly campaigns: ReadonlyMap<string, Campaign> } | null = null

  let lookedIn: Unit | null = null

  return {
    current(unit) {
      if (known && unit && unit === lookedIn) return known.campaigns
      const position = readPosition.get() ?? 0
      if (known?.position !== position) {
        known = { position, campaigns: readDefinitions(readAll.all(), known?.campaigns) }
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
