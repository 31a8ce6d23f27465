import { ConflictPage, ConflictStory } from '../../core/contract/conflicts.ts'
import { LeaseListResponse } from '../../core/contract/leases.ts'
import { RedemptionPage } from '../../core/contract/redemptionList.ts'
import { SessionResponse } from '../../core/contract/sessions.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import { exchange, type HttpGatewayOptions } from './httpGateway.ts'
import { route } from './route.ts'

/** A manager waits at the screen, but no customer does. */
const MANAGER_DEADLINE_MS = 8_000

/** The coupon server as a manager at the counter sees it: with their own session's token, never the station's. */
export function httpManagerGateway(options: Omit<HttpGatewayOptions, 'token'>): ManagerGateway {
  const as = (token: string | null): HttpGatewayOptions => ({ ...options, token: () => token })
  const deadlineMs = MANAGER_DEADLINE_MS
  return {
    signIn: (body) =>
      exchange(as(null), { ...route('POST', '/v1/sessions'), body, answer: SessionResponse, deadlineMs }),
    conflicts: (token, query) =>
      exchange(as(token), {
        method: 'GET',
        path: route('GET', '/v1/conflicts').path + asked(query),
        answer: ConflictPage,
        deadlineMs,
      }),
    redemptions: (token, query) =>
      exchange(as(token), {
        method: 'GET',
        path: route('GET', '/v1/redemptions').path + asked(query),
        answer: RedemptionPage,
        deadlineMs,
      }),
    conflict: (token, conflictId) =>
      exchange(as(token), {
        ...route('GET', '/v1/conflicts/{id}', { id: conflictId }),
        answer: ConflictStory,
        deadlineMs,
      }),
    leases: (token) => exchange(as(token), { ...route('GET', '/v1/leases'), answer: LeaseListResponse, deadlineMs }),
    resolve: (token, conflictId, body) =>
      exchange(as(token), {
        ...route('POST', '/v1/conflicts/{id}/resolve', { id: conflictId }),
        body,
        answer: ConflictStory,
        deadlineMs,
      }),
  }
}

/** A list's question as it stands in an address; '' for everything. */
function asked(query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
  return search === '' ? '' : `?${search}`
}
