import type { ApiScope } from '../../core/contract/apiKeys.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../core/contract/sessions.ts'
import type { StationRole } from '../../core/contract/stations.ts'
import type { Principal } from './principal.ts'

interface Allowed {
  /** `true`: stations of every role. */
  readonly stations: boolean | readonly StationRole[]
  /** Stations that were revoked too. */
  readonly revoked?: boolean
  readonly operators: readonly OperatorRole[]
  /** Any one of these on an integrator's key. */
  readonly scopes?: readonly ApiScope[]
  /** Whoever has to set up a second factor may do this before. */
  readonly beforeSecondFactor?: boolean
  /** Does not count as using a session: a page does it by itself. */
  readonly passive?: boolean
}

const STATIONS: Allowed = { stations: true, operators: [] }

/** Who may do what: the only place where roles are looked at. Two people for one campaign is `core`'s to hold. */
export const ACCESS = {
  'campaigns.read': { stations: true, operators: OPERATOR_ROLES, scopes: ['campaigns:read'] },
  'campaigns.draft': { stations: false, operators: ['planner', 'admin'] },
  'campaigns.submit': { stations: false, operators: ['planner', 'admin'] },
  /** Everything that puts a campaign in force, sends it back or stops it; whose it may not be is `core`'s to hold. */
  'campaigns.judge': { stations: false, operators: ['approver', 'admin'] },
  /** Versions, their differences and who decided what: head office's own. */
  'campaigns.history': { stations: false, operators: ['planner', 'approver', 'auditor', 'admin'] },
  'campaigns.preview': { stations: false, operators: ['planner', 'approver', 'auditor', 'admin'] },
  'redemptions.list': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'reports.read': {
    stations: false,
    operators: ['manager', 'planner', 'approver', 'auditor', 'admin'],
    scopes: ['reports:read'],
  },
  'stores.read': { stations: false, operators: OPERATOR_ROLES },
  /** What counters go by. What a manager may not change of it is `core`'s to hold (`notTheirs`). */
  'stationSettings.read': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'stationSettings.station': { stations: false, operators: ['manager', 'admin'] },
  'stationSettings.administer': { stations: false, operators: ['admin'] },
  'stations.read': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'acquisitions.acquire': { ...STATIONS, scopes: ['acquire'] },
  'acquisitions.give': { stations: false, operators: ['manager', 'admin'], scopes: ['acquire'] },
  'holdings.read': { ...STATIONS, scopes: ['acquire'] },
  'phones.code': STATIONS,
  'codes.read': { stations: false, operators: ['planner', 'approver', 'auditor', 'admin'] },
  'codes.administer': { stations: false, operators: ['planner', 'admin'] },
  'imports.read': { stations: false, operators: ['planner', 'auditor', 'admin'] },
  'imports.administer': { stations: false, operators: ['planner', 'admin'] },
  'media.present': STATIONS,
  'media.link': { stations: true, operators: ['manager', 'admin'] },
  'media.administer': { stations: false, operators: ['manager', 'admin'] },
  'holders.read': { stations: false, operators: ['manager', 'auditor', 'admin'] },
  'holders.erase': { stations: false, operators: ['admin'] },
  'retention.read': { stations: false, operators: ['auditor', 'admin'] },
  'retention.administer': { stations: false, operators: ['admin'] },
  search: { ...STATIONS, scopes: ['search'] },
  'redemptions.redeem': { stations: ['counter'], operators: [], scopes: ['redeem'] },
  'redemptions.read': {
    stations: true,
    operators: ['manager', 'auditor', 'admin'],
    scopes: ['redemptions:read', 'redeem'],
  },
  'redemptions.rollback': { stations: ['counter'], operators: ['manager', 'admin'], scopes: ['redeem'] },
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
  'changes.watch': { stations: true, operators: OPERATOR_ROLES, scopes: ['events:read'], passive: true },
  'stations.administer': { stations: false, operators: ['admin'] },
  /** One's own account and sessions. */
  'office.self': { stations: false, operators: OPERATOR_ROLES, beforeSecondFactor: true },
  'operators.read': { stations: false, operators: ['auditor', 'admin'] },
  'operators.administer': { stations: false, operators: ['admin'] },
  'apiKeys.read': { stations: false, operators: ['auditor', 'admin'] },
  'apiKeys.administer': { stations: false, operators: ['admin'] },
  'webhooks.read': { stations: false, operators: ['auditor', 'admin'] },
  'webhooks.administer': { stations: false, operators: ['admin'] },
  'audit.read': { stations: false, operators: ['auditor', 'admin'], scopes: ['audit:read'] },
} as const satisfies Record<string, Allowed>

export type Access = keyof typeof ACCESS

/**
 * What anybody may ask, without saying who they are: by method and path as registered, or by folder of pages. A route that
 * is neither guarded nor in here does not start.
 */
export const OPEN_ROUTES: readonly string[] = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'POST /v1/sessions',
  'POST /v1/stations/enrol',
  'POST /v1/stations/enrol/preview',
  // By the station's key.
  'POST /v1/stations/challenge',
  'POST /v1/stations/token',
  'POST /v1/office/sign-in',
  'POST /v1/office/set-up',
  // A customer's phone: by a code, then by a cookie of its own.
  'POST /v1/my/session',
  'GET /v1/my/coupons',
  'POST /v1/my/acquisitions',
  'POST /v1/my/staff-code',
  'POST /v1/my/sign-out',
]
export const OPEN_FOLDERS: readonly string[] = ['/docs', '/office', '/my']

/** Whether this principal may do this. */
export function mayDo(principal: Principal, access: Access): boolean {
  const { stations, operators, scopes = [] }: Allowed = ACCESS[access]
  switch (principal.kind) {
    case 'operator':
      return operators.includes(principal.operator.role)
    case 'api_key':
      return principal.apiKey.scopes.some((scope) => scopes.includes(scope))
    case 'station':
      if (principal.apiKey) return principal.apiKey.scopes.some((scope) => scopes.includes(scope))
      return typeof stations === 'boolean' ? stations : stations.includes(principal.station.role)
  }
}

/** What a role may do, by name. */
export const allowedTo = (role: OperatorRole): Access[] =>
  (Object.keys(ACCESS) as Access[]).filter((access) => (ACCESS[access] as Allowed).operators.includes(role))

/** Whether stations that were revoked may still do this. */
export function mayDoRevoked(access: Access): boolean {
  const allowed: Allowed = ACCESS[access]
  return allowed.revoked === true
}

/** Whether a person without the second factor that they have to have may do this. */
export function mayDoBeforeSecondFactor(access: Access): boolean {
  const allowed: Allowed = ACCESS[access]
  return allowed.beforeSecondFactor === true
}

/** Whether this is something that pages do by themselves, and no sign of a person. */
export function isPassive(access: Access): boolean {
  const allowed: Allowed = ACCESS[access]
  return allowed.passive === true
}

/**
 * Whose conflicts a person may see and resolve: of the one store that they look after, or (null) of all, as head office
 * does and a manager who is bound to no store.
 */
export function storeOf(operator: Extract<Principal, { kind: 'operator' }>['operator']): string | null {
  return operator.storeId ?? null
}
