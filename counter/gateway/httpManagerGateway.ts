import { ConflictPage, ConflictStory } from '../../core/contract/conflicts.ts'
import { LeaseListResponse } from '../../core/contract/leases.ts'
import { SessionResponse } from '../../core/contract/sessions.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import { exchange, type HttpGatewayOptions } from './httpGateway.ts'

/** A manager waits at the screen, but no customer does. */
const MANAGER_DEADLINE_MS = 8_000

/** The coupon server as a manager at the counter sees it: with their own session's token, never the station's. */
export function httpManagerGateway(options: Omit<HttpGatewayOptions, 'token'>): ManagerGateway {
  const as = (token: string | null): HttpGatewayOptions => ({ ...options, token: () => token })
  const deadlineMs = MANAGER_DEADLINE_MS
  const path = (conflictId: string) => `/v1/conflicts/${encodeURIComponent(conflictId)}`
  return {
    signIn: (body) =>
      exchange(as(null), { method: 'POST', path: '/v1/sessions', body, answer: SessionResponse, deadlineMs }),
    conflicts(token, query) {
      const asked = Object.entries(query).map(([name, value]) => [name, String(value)])
      const search = new URLSearchParams(asked).toString()
      const list = `/v1/conflicts${search === '' ? '' : `?${search}`}`
      return exchange(as(token), { method: 'GET', path: list, answer: ConflictPage, deadlineMs })
    },
    conflict: (token, conflictId) =>
      exchange(as(token), { method: 'GET', path: path(conflictId), answer: ConflictStory, deadlineMs }),
    leases: (token) =>
      exchange(as(token), { method: 'GET', path: '/v1/leases', answer: LeaseListResponse, deadlineMs }),
    resolve: (token, conflictId, body) =>
      exchange(as(token), {
        method: 'POST',
        path: `${path(conflictId)}/resolve`,
        body,
        answer: ConflictStory,
        deadlineMs,
      }),
  }
}
