import type { HmacSha256 } from '../ports/crypto.ts'
import type { CanonicalMedium } from './canonical.ts'
import type { MediumKey } from './medium.ts'

const DOMAIN = 'tapcoupon-medium-1'

/** `"tapcoupon-medium-1" 00 type 00 canonical bytes`: no type and no other use of the key can make the same message. */
function mediumMessage({ type, bytes }: CanonicalMedium): Uint8Array {
  const head = new TextEncoder().encode(`${DOMAIN}\0${type}\0`)
  const message = new Uint8Array(head.length + bytes.length)
  message.set(head)
  message.set(bytes, head.length)
  return message
}

/**
 * The keys of a medium under every hash key in force (32 bytes each), highest version first: the first one is stored
 * under, the others are looked up while a rotation runs.
 */
export function mediumKeys(
  canonical: CanonicalMedium,
  hashKeys: readonly { readonly v: number; readonly key: Uint8Array }[],
  hmac: HmacSha256,
): MediumKey[] {
  const message = mediumMessage(canonical)
  return [...hashKeys].sort((a, b) => b.v - a.v).map(({ v, key }) => ({ v, key: toHex(hmac(key, message)) }))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
