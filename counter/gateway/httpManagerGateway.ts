import { ConflictPage, ConflictStory } from '../../core/contract/conflicts.ts'
import { LeaseListResponse } from '../../core/contract/leases.ts'
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
    conflicts(token, query) {
      const asked = Object.entries(query).map(([name, value]) => [name, String(value)])
      const search = new URLSearchParams(asked).toString()
      const list = route('GET', '/v1/conflicts').path + (search === '' ? '' : `?${search}`)
      return exchange(as(token), { method: 'GET', path: list, answer: ConflictPage, deadlineMs })
    },
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
