import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import { contentHash } from '../../events/intent.ts'
import type { ResolveCommand, ResolveRefusal } from '../conflictCommands.ts'
import type { Conflicts } from './conflicts.ts'
import type { Overuse } from './overuse.ts'
import type { Rollbacks } from './rollback.ts'
import type { Unit } from './unit.ts'

export type ResolveConflict = (unit: Unit, command: ResolveCommand) => Outcome<null, ResolveRefusal>

/**
 * A manager's word about a conflict, once. Saying the same again, under the same id or another, changes nothing and is
 * no error: the first one stands, with its name and reason.
 */
export function resolveConflicts(conflicts: Conflicts, overuse: Overuse, rollbacks: Rollbacks): ResolveConflict {
  return (unit, command) => {
    const { conflictId, resolutionId, resolution, reason, operatorId, scope } = command
    const row = conflicts.find(conflictId)
    if (!row || (scope.storeId !== null && row.storeId !== scope.storeId)) return refused({ problem: 'not_found' })
    const before = conflicts.byResolution(resolutionId)
    if (before) {
      const same = before.conflictId === conflictId && before.outcome === resolution && before.resolvedReason === reason
      return same ? accepted(null) : refused({ problem: 'differs' })
    }
    if (row.outcome !== null) return row.outcome === resolution ? accepted(null) : refused({ problem: 'already' })
    const { redemptionId, acquisitionId } = row
    const isLine = row.kind === 'forced' && redemptionId !== null && acquisitionId !== null
    if (!isLine && resolution !== 'written_off') return refused({ problem: 'not_possible' })
    conflicts.end(unit, conflictId, resolution, { resolutionId, operatorId, reason })
    if (!isLine) return accepted(null)
    if (resolution !== 'rolled_back') {
      overuse.stands(redemptionId, acquisitionId, resolution)
      return accepted(null)
    }
    const acquisitionIds = [acquisitionId]
    const undone = rollbacks.rollback(unit, {
      kind: 'rollback',
      by: { kind: 'manager', operatorId },
      redemptionId,
      request: { rollbackId: resolutionId, reason, operatorId, acquisitionIds },
      intentHash: contentHash({ redemptionId, acquisitionIds }) ?? new Uint8Array(),
    })
    // Thrown, so that nothing of it is kept: the id may have been used for a rollback of something else.
    if (undone.kind !== 'decided') throw new RollbackRefused()
    return accepted(null)
  }
}

/** The resolution's id is a rollback's already. */
export class RollbackRefused extends Error {
  override readonly name = 'RollbackRefused'
}
