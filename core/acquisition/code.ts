import type { MediumKey } from '../media/medium.ts'
import type { HmacSha256 } from '../ports/crypto.ts'

/** Crockford's base 32: nothing that a person confuses. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DOMAIN = 'tapcoupon-code-1'

/** A code of 12 characters, 60 bits of `bytes` (at least 12, one a character), in groups of four. */
export function codeFrom(bytes: Uint8Array): string {
  const characters = Array.from(bytes.subarray(0, 12), (byte) => ALPHABET[byte % 32])
  return [0, 4, 8].map((start) => characters.slice(start, start + 4).join('')).join('-')
}

/**
 * A code as it is compared, from what was typed, scanned or uploaded: capitals and digits (NFKC, so that full-width ones
 * count too) without what stands between them, and with the letters that look like digits as digits. null: fewer than 6 or
 * more than 64 of them.
 */
export function canonicalCode(typed: string): string | null {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
  return characters.length >= 6 && characters.length <= 64 ? characters : null
}

/** What is stored and looked up instead of a code: HMAC under every hash key in force (32 bytes each), highest first. */
export function codeKeys(
  canonical: string,
  hashKeys: readonly { readonly v: number; readonly key: Uint8Array }[],
  hmac: HmacSha256,
): MediumKey[] {
  const message = new TextEncoder().encode(`${DOMAIN}\0${canonical}`)
  return [...hashKeys]
    .sort((a, b) => b.v - a.v)
    .map(({ v, key }) => ({
      v,
      key: Array.from(hmac(key, message), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    }))
}
