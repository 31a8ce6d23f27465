import type { FastifyReply, FastifyRequest } from 'fastify'

/** `__Host-`: the browser takes it only with Secure, for exactly this host and from no other (RFC 6265bis §4.1.3.2). */
const SECURE_NAME = '__Host-tapcoupon-session'
/** On this machine without TLS, where Secure would keep some browsers from sending it. */
const LOOPBACK_NAME = 'tapcoupon-session'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether a session may travel with this request: over TLS, or without leaving the machine. */
export const isPrivate = ({ protocol, hostname }: FastifyRequest): boolean =>
  protocol === 'https' || LOOPBACK.test(hostname)

const nameFor = ({ protocol }: FastifyRequest): string => (protocol === 'https' ? SECURE_NAME : LOOPBACK_NAME)

/** The session token in a request's cookie; null: none. */
export function cookieToken(request: FastifyRequest): string | null {
  const token = request.cookies[nameFor(request)]
  return token !== undefined && isPrivate(request) && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null
}

const attributes = (request: FastifyRequest) => ({
  path: '/',
  httpOnly: true,
  secure: request.protocol === 'https',
  sameSite: 'strict' as const,
})

/** Gives the browser its session; it forgets it when it is closed. */
export function setCookieToken(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(nameFor(request), token, attributes(request))
}

export function clearCookieToken(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(request), attributes(request))
}
