import type { ConflictQuery, ConflictResolution } from '../../core/contract/conflicts.ts'

/** Which conflicts somebody may see: of one store, or with null of all. */
export interface ConflictScope {
  readonly storeId: string | null
}

/** Where a page begins: after this conflict, in the order of the list. */
export interface ConflictPlace {
  readonly openedAt: number
  readonly conflictId: string
}

export interface ConflictsQuery extends Omit<ConflictQuery, 'cursor' | 'limit'> {
  readonly scope: ConflictScope
  readonly after: ConflictPlace | null
  readonly limit: number
}

export interface ResolveCommand {
  readonly conflictId: string
  readonly resolutionId: string
  readonly resolution: ConflictResolution
  readonly reason: string
  readonly operatorId: string
  readonly scope: ConflictScope
  readonly now: number
}

/**
 * Why nothing was resolved. `already`: it ended otherwise before. `not_possible`: a quarantined event can only be written
 * off. `differs`: the resolutionId was used for something else.
 */
export interface ResolveRefusal {
  readonly problem: 'not_found' | 'already' | 'not_possible' | 'differs'
}
