import type { Ids } from '../../core/ports/ids.ts'
import { sha256 } from '../system.ts'

/** A new bearer token or one-time code: 32 random bytes as base64url. Only its hash is kept. */
export function newSecret(ids: Ids): string {
  return Buffer.from(ids.randomBytes(32)).toString('base64url')
}

/**
 * What is stored and looked up instead of a token. A plain SHA-256 is enough for 256 random bits, and looking up by it
 * leaks nothing about a token through time.
 */
export function secretHash(secret: string): Uint8Array {
  return sha256(Buffer.from(secret, 'utf8'))
}

/** Tells an integrator's key from other tokens, here and wherever somebody looks for keys that have leaked. */
const API_KEY_PREFIX = 'tapcoupon_key_'

export const newApiKey = (ids: Ids): string => `${API_KEY_PREFIX}${newSecret(ids)}`

export const isApiKey = (token: string): boolean => token.startsWith(API_KEY_PREFIX)

/** What a session is called where it is listed: made of its hash, and useless for asking anything. */
export const sessionIdOf = (tokenHash: Uint8Array): string =>
  Buffer.from(sha256(tokenHash)).toString('hex').slice(0, 32)
