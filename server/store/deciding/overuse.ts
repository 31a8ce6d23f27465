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

export interface OveruseRow {
  readonly redemptionId: string
  readonly reason: string
  /** The acquisition still had a use, which this line took, though another limit was passed. */
  readonly tookUse: boolean
}

export interface OpenOveruse {
  readonly campaignId: string
  readonly reason: string
  readonly discount: number
}

/** The overuse table, inside one transaction. */
export interface OveruseRows {
  find(redemptionId: string, acquisitionId: string): OveruseRow | null
  /** One that nothing has ended yet. */
  findOpen(redemptionId: string, acquisitionId: string): OpenOveruse | null
  /** The oldest of an acquisition that took no use and that nothing has ended. */
  unpaid(acquisitionId: string): OveruseRow | null
  /** Puts a new one, or an old one that happened again, which is open again. `at`: epoch milliseconds. */
  put(redemptionId: string, line: UsedLine, reason: string, tookUse: boolean, at: number): void
  end(redemptionId: string, acquisitionId: string, how: 'accepted' | 'rolled_back' | 'written_off' | 'covered'): void
  /** It has a use now and stays for `reason`. */
  pay(redemptionId: string, acquisitionId: string, reason: string): void
}

/** Forced lines: what happened offline beyond what was left. Cost counts them, limits do not. */
export function overuse(itsRows: OveruseRows, rows: RedemptionRows, uses: Uses, conflicts: Conflicts): Overuse {
  const returnUse: Overuse['returnUse'] = (unit, line, campaigns) => {
    const row = itsRows.unpaid(line.acquisitionId)
    const covered = row && rows.lines(row.redemptionId).find((other) => other.acquisitionId === line.acquisitionId)
    if (!row || !covered) {
      uses.giveUseBack(unit, line)
      return
    }
    const limits = campaigns.get(covered.campaignId)?.rules?.limits ?? null
    const wasSpent = row.reason === 'already_used' || row.reason === 'uses_exhausted'
    const reason = wasSpent ? uses.limitRefusal(covered, limits) : row.reason
    if (reason !== null) {
      // It stays forced for its other reason, with a use of its own now.
      itsRows.pay(row.redemptionId, line.acquisitionId, reason)
      return
    }
    uses.uncountForced(covered)
    uses.countAnyway(unit, covered, limits)
    rows.putLine(row.redemptionId, covered, 'counted')
    itsRows.end(row.redemptionId, line.acquisitionId, 'covered')
    conflicts.lineEnded(unit, row.redemptionId, line.acquisitionId, 'covered')
  }

  return {
    record(unit, redemptionId, line, reason, tookUse) {
      itsRows.put(redemptionId, line, reason, tookUse, unit.now)
      uses.countForced(line)
    },
    reasonOf: (redemptionId, acquisitionId) => itsRows.find(redemptionId, acquisitionId)?.reason ?? null,
    undo(unit, redemptionId, line, campaigns) {
      uses.uncountForced(line)
      const row = itsRows.find(redemptionId, line.acquisitionId)
      itsRows.end(redemptionId, line.acquisitionId, 'rolled_back')
      conflicts.lineEnded(unit, redemptionId, line.acquisitionId, 'rolled_back')
      if (row?.tookUse) returnUse(unit, line, campaigns)
    },
    stands: itsRows.end,
    returnUse,
  }
}
