import { toBase64Url } from '../base64url.ts'
import { canonicalJson } from '../canonicalJson.ts'
import type { Sha256 } from '../ports/crypto.ts'
import type { StationEvent } from './event.ts'

/** `prevHash` of a station's first event: 32 zero bytes, base64url. */
export const FIRST_PREV_HASH = toBase64Url(new Uint8Array(32))

const utf8 = new TextEncoder()

/** What the chain covers of an event; everything but its signature, its salt and its body. */
export type ChainedEvent = Required<
  Pick<StationEvent, 'seq' | 'prevHash' | 'type' | 'id' | 'stationAt' | 'correctedAt'>
>

/**
 * `SHA-256(salt ‖ canonical JSON of the body)`. With the salt erased the hash says nothing about the body, and the chain
 * still holds. Throws for a body that is not JSON.
 */
export function bodyHash(salt: Uint8Array, body: unknown, sha256: Sha256): Uint8Array {
  return bodyTextHash(salt, canonicalJson(body), sha256)
}

/** The same of a body that stands in canonical JSON already. */
export function bodyTextHash(salt: Uint8Array, body: string, sha256: Sha256): Uint8Array {
  const text = utf8.encode(body)
  const message = new Uint8Array(salt.length + text.length)
  message.set(salt)
  message.set(text, salt.length)
  return sha256(message)
}

/**
 * The hash that the next event names as its `prevHash` (base64url) and that `sig` signs: SHA-256 of the canonical JSON
 * of the event's fields with `bodyHash` (base64url) in place of salt and body. Other fields of `event` are not covered.
 */
export function eventHash(event: ChainedEvent, bodyHash: Uint8Array, sha256: Sha256): Uint8Array {
  const { seq, prevHash, type, id, stationAt, correctedAt } = event
  // In the order in which they are written.
  const covered = { bodyHash: toBase64Url(bodyHash), correctedAt, id, prevHash, seq, stationAt, type }
  return sha256(utf8.encode(canonicalJson(covered)))
}
