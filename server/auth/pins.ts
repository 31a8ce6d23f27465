import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { PinVerifier } from '../../core/contract/sessions.ts'
import type { Ids } from '../../core/ports/ids.ts'

/** OWASP's password storage minimum for scrypt at this memory (16 MiB): N = 2^14, r = 8, p = 5. */
const COST = { N: 16_384, r: 8, p: 5 } as const
const HASH_BYTES = 32

/** Makes what a PIN is checked against, here and at counters that are offline. */
export async function pinVerifier(
  pin: string,
  ids: Ids,
  cost: Pick<ScryptOptions, 'N' | 'r' | 'p'> = COST,
): Promise<PinVerifier> {
  const { N = COST.N, r = COST.r, p = COST.p } = cost
  const salt = Buffer.from(ids.randomBytes(16))
  const hash = await derive(pin, salt, { N, r, p })
  return { algorithm: 'scrypt', N, r, p, salt: salt.toString('base64url'), hash: hash.toString('base64url') }
}

/** Whether `pin` is the one behind `verifier`; compares in constant time. */
export async function pinMatches(pin: string, verifier: PinVerifier): Promise<boolean> {
  const expected = Buffer.from(verifier.hash, 'base64url')
  const { N, r, p } = verifier
  const actual = await derive(pin, Buffer.from(verifier.salt, 'base64url'), { N, r, p }, expected.length)
  return timingSafeEqual(actual, expected)
}

function derive(pin: string, salt: Buffer, cost: ScryptOptions, bytes = HASH_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), salt, bytes, { ...cost, maxmem: 256 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
