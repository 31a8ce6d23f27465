import { OPERATOR_ROLES, type OperatorRole } from '../../core/contract/sessions.ts'
import type { Principal } from './principal.ts'

interface Allowed {
  readonly stations: boolean
  /** Stations that were revoked too. */
  readonly revoked?: boolean
  readonly operators: readonly OperatorRole[]
}

const STATIONS: Allowed = { stations: true, operators: [] }

/** Who may do what: the only place where roles are looked at. Two people for one campaign is `core`'s to hold. */
export const ACCESS = {
  'campaigns.read': { stations: true, operators: OPERATOR_ROLES },
  'campaigns.draft': { stations: false, operators: ['planner', 'admin'] },
  'campaigns.act': { stations: false, operators: ['planner', 'approver', 'admin'] },
  'acquisitions.acquire': STATIONS,
  search: STATIONS,
  'redemptions.redeem': STATIONS,
  'redemptions.read': { stations: true, operators: ['manager', 'auditor', 'admin'] },
  'redemptions.rollback': { stations: true, operators: ['manager', 'admin'] },
  /** Never a station's: what happened at it is judged by a person, in their own name. */
  'conflicts.read': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'conflicts.resolve': { stations: false, operators: ['manager', 'admin'] },
  sync: STATIONS,
  /** A revoked station may still bring up what it did: what its cashiers were shown happened. */
  'sync.events': { stations: true, revoked: true, operators: [] },
  /** From a rescue file, in a person's own name; the events bear their station's signature. */
  'events.compare': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'events.import': { stations: false, operators: ['manager', 'admin'] },
  'leases.read': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'leases.writeOff': { stations: false, operators: ['manager', 'admin'] },
  'changes.watch': { stations: true, operators: OPERATOR_ROLES },
  'stations.administer': { stations: false, operators: ['admin'] },
} as const satisfies Record<string, Allowed>

export type Access = keyof typeof ACCESS

/** Whether this principal may do this. */
export function mayDo(principal: Principal, access: Access): boolean {
  const allowed: Allowed = ACCESS[access]
  return principal.kind === 'station' ? allowed.stations : allowed.operators.includes(principal.operator.role)
}

/** Whether stations that were revoked may still do this. */
export function mayDoRevoked(access: Access): boolean {
  const allowed: Allowed = ACCESS[access]
  return allowed.revoked === true
}

/**
 * Whose conflicts a person may see and resolve: of the one store that they look after, or (null) of all, as head office
 * does and a manager who is bound to no store.
 */
export function storeOf(operator: Extract<Principal, { kind: 'operator' }>['operator']): string | null {
  return operator.storeId ?? null
}
