import type { FastifyReply, FastifyRequest } from 'fastify'
import { RequestProblem } from '../problems.ts'
import type { CouponStore } from '../store/couponStore.ts'
import { isPrivate } from './officeCookie.ts'
import { requestSource } from './sameOrigin.ts'
import { secretHash } from './secrets.ts'

/** As of the office's cookie: `__Host-` where there is TLS, a plain name on this machine. */
const SECURE_NAME = '__Host-tapcoupon-my'
const LOOPBACK_NAME = 'tapcoupon-my'

const nameFor = ({ protocol }: FastifyRequest): string => (protocol === 'https' ? SECURE_NAME : LOOPBACK_NAME)

const attributes = (request: FastifyRequest) => ({
  path: '/',
  httpOnly: true,
  secure: request.protocol === 'https',
  sameSite: 'strict' as const,
})

/** Gives a phone its session, which it keeps until `expiresAt` (epoch milliseconds). */
export function setPhoneCookie(request: FastifyRequest, reply: FastifyReply, token: string, expiresAt: number): void {
  reply.setCookie(nameFor(request), token, { ...attributes(request), expires: new Date(expiresAt) })
}

export function clearPhoneCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), attributes(request))
}

/** The hash of a phone's token; null: it has none. */
export function phoneToken(request: FastifyRequest): Uint8Array | null {
  const token = request.cookies[nameFor(request)]
  return token !== undefined && isPrivate(request) && /^[A-Za-z0-9_-]{43}$/.test(token) ? secretHash(token) : null
}

/**
 * Whose phone asks. 401 `unauthorized` without a session that counts at `now`; 403 for a change that another site's page
 * made the browser ask for.
 */
export async function phoneHolder(
  store: Pick<CouponStore, 'phoneSession'>,
  request: FastifyRequest,
  now: number,
): Promise<string> {
  const token = phoneToken(request)
  const session = token && (await store.phoneSession(token, now))
  if (!session) throw new RequestProblem(401, 'unauthorized', 'get a code at a terminal and sign in')
  if (request.method !== 'GET') mustBeOurs(request)
  return session.holderId
}

/** The cookie comes along whoever made the browser ask. */
export function mustBeOurs(request: FastifyRequest): void {
  if (requestSource(request) !== 'ours') {
    throw new RequestProblem(403, 'operator_not_allowed', 'this does not come from our own pages')
  }
}
