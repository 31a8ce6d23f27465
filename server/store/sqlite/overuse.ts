import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { ReasonCode } from '../../../core/reasonCodes.ts'
import type { Conflicts } from './conflicts.ts'
import type { RedemptionRows } from './redemptionRows.ts'
import type { Unit } from './unit.ts'
import type { UsedLine, Uses } from './uses.ts'

export interface Overuse {
  /** Keeps a forced line; `tookUse` when the acquisition still had a use that went with it. */
  record(unit: Unit, redemptionId: string, line: UsedLine, reason: ReasonCode, tookUse: boolean): void
  /** Why a forced line was forced; null for one that is not. */
  reasonOf(redemptionId: string, acquisitionId: string): string | null
  /** Takes a forced line back. */
  undo(unit: Unit, redemptionId: string, line: UsedLine, campaigns: ReadonlyMap<string, Campaign>): void
  /** A manager lets a forced line stand; a use that comes back later is no longer for it. */
  stands(redemptionId: string, acquisitionId: string, how: 'accepted' | 'written_off'): void
  /** A use comes back: it pays for the oldest line that had none, or else returns to the acquisition. */
  returnUse(unit: Unit, line: UsedLine, campaigns: ReadonlyMap<string, Campaign>): void
}

interface Row {
  readonly redemption_id: string
  readonly reason: string
  readonly took_use: number
}

/** Forced lines: what happened offline beyond what was left. Cost counts them, limits do not. */
export function overuse(db: Database, rows: RedemptionRows, uses: Uses, conflicts: Conflicts): Overuse {
  const insert = db.prepare<[string, string, string, string, number, number, number]>(
    `INSERT INTO overuse (acquisition_id, redemption_id, campaign_id, reason, took_use, discount, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (acquisition_id, redemption_id) DO UPDATE SET reason = excluded.reason, took_use = excluded.took_use,
       discount = excluded.discount, resolution = NULL`,
  )
  const find = db.prepare<[string, string], Row>(
    'SELECT redemption_id, reason, took_use FROM overuse WHERE acquisition_id = ? AND redemption_id = ?',
  )
  const unpaid = db.prepare<[string], Row>(
    `SELECT redemption_id, reason, took_use FROM overuse
     WHERE acquisition_id = ? AND took_use = 0 AND resolution IS NULL ORDER BY at, redemption_id LIMIT 1`,
  )
  const resolve = db.prepare<[string, string, string]>(
    'UPDATE overuse SET resolution = ? WHERE acquisition_id = ? AND redemption_id = ?',
  )
  const pay = db.prepare<[string, string, string]>(
    'UPDATE overuse SET took_use = 1, reason = ? WHERE acquisition_id = ? AND redemption_id = ?',
  )

  const returnUse: Overuse['returnUse'] = (unit, line, campaigns) => {
    const row = unpaid.get(line.acquisitionId)
    const covered = row && rows.lines(row.redemption_id).find((other) => other.acquisitionId === line.acquisitionId)
    if (!row || !covered) {
      uses.giveUseBack(unit, line)
      return
    }
    const limits = campaigns.get(covered.campaignId)?.rules?.limits ?? null
    const wasSpent = row.reason === 'already_used' || row.reason === 'uses_exhausted'
    const reason = wasSpent ? uses.limitRefusal(covered, limits) : row.reason
    if (reason !== null) {
      // It stays forced for its other reason, with a use of its own now.
      pay.run(reason, line.acquisitionId, row.redemption_id)
      return
    }
    uses.uncountForced(covered)
    uses.countAnyway(unit, covered, limits)
    rows.putLine(row.redemption_id, covered, 'counted')
    resolve.run('covered', line.acquisitionId, row.redemption_id)
    conflicts.lineEnded(unit, row.redemption_id, line.acquisitionId, 'covered')
  }

  return {
    record(unit, redemptionId, line, reason, tookUse) {
      const { acquisitionId, campaignId, discount } = line
      insert.run(acquisitionId, redemptionId, campaignId, reason, Number(tookUse), discount, unit.now)
      uses.countForced(line)
    },
    reasonOf: (redemptionId, acquisitionId) => find.get(acquisitionId, redemptionId)?.reason ?? null,
    undo(unit, redemptionId, line, campaigns) {
      uses.uncountForced(line)
      const row = find.get(line.acquisitionId, redemptionId)
      resolve.run('rolled_back', line.acquisitionId, redemptionId)
      conflicts.lineEnded(unit, redemptionId, line.acquisitionId, 'rolled_back')
      if (row?.took_use) returnUse(unit, line, campaigns)
    },
    stands: (redemptionId, acquisitionId, how) => void resolve.run(how, acquisitionId, redemptionId),
    returnUse,
  }
}
