import type { IncomingHttpHeaders } from 'node:http'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { PosReason } from '../../core/pos/problems.ts'
import type { PosAccess } from '../store/posBook.ts'
import type { PosAccesses } from './accesses.ts'

/**
 * Whether a request was meant for the bridge at `port`: a page of another name whose DNS was pointed at 127.0.0.1 (DNS
 * rebinding) carries its own name here. `localhost` is the browser's own word and cannot be pointed elsewhere (RFC 6761 §6.3).
 */
export function isForBridge({ host }: IncomingHttpHeaders, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** Whether whoever sends this is no page at all, or a page that some POS here was made for. */
export function mayAsk({ origin }: IncomingHttpHeaders, accesses: PosAccesses): boolean {
  return origin === undefined || accesses.knowsOrigin(origin)
}

/** Which POS bears this token; a page may bear only the token that was made for its origin. */
export function callerOf(
  token: string,
  { origin }: IncomingHttpHeaders,
  accesses: PosAccesses,
): Outcome<PosAccess, { readonly reason: PosReason }> {
  const access = accesses.of(token)
  if (!access) return refused({ reason: 'unauthorized' as const })
  if (origin !== undefined && !access.origins.includes(origin))
    return refused({ reason: 'origin_not_allowed' as const })
  return accepted(access)
}

/** The token of `Authorization: Bearer`; '' for none. */
export const bearerOf = ({ authorization = '' }: IncomingHttpHeaders): string =>
  /^Bearer ([\w-]{1,200})$/.exec(authorization)?.[1] ?? ''
