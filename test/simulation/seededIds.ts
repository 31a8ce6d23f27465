import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Ids } from '../../core/ports/ids.ts'
import type { SeededRandom } from '../rigs/seededRandom.ts'

/** `size` bytes of the seed's. */
export function seededBytes(random: SeededRandom, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, () => random.int(256))
}

/** From here on a time before the last one is not taken for a clock that trembles. */
const RESET_MS = 10_000

/** UUIDv7s (RFC 9562 §5.7) by the clock of a machine, in rising order, with the seed's chance. */
export function seededIds(random: SeededRandom, now: () => number): Ids {
  let last = 0
  let counter = 0
  return {
    uuid7(at) {
      const time = Math.max(0, Math.floor(at ?? now()))
      // A clock that was set back a little: the ids go on from where they were. By much, or a given time: they begin anew.
      if (time > last || last - time > RESET_MS) {
        last = time
        counter = random.int(0x400)
      } else {
        counter += 1
        if (counter > 0xfff) {
          last += 1
          counter = 0
        }
      }
      const tail = Buffer.from(seededBytes(random, 8)).toString('hex')
      const variant = '89ab'[random.int(4)]
      const stamp = last.toString(16).padStart(12, '0')
      const middle = counter.toString(16).padStart(3, '0')
      return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${middle}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
    },
    randomBytes: (size) => seededBytes(random, size),
  }
}

/** PrivateKeyInfo of Ed25519 up to the key itself (RFC 8410 §7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A station's signing key. */
export function seededSigningKey(random: SeededRandom): { readonly privateKey: KeyObject; readonly publicKey: string } {
  const der = Buffer.concat([ED25519_PKCS8, seededBytes(random, 32)])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '' }
}
