import { createPublicKey, type KeyObject, randomFillSync, sign } from 'node:crypto'
import { bodyTextHash, type ChainedEvent, eventHash } from '../../core/events/chain.ts'
import type { EventType } from '../../core/events/event.ts'
import { sha256 } from './hashes.ts'

/** An event in its place in the chain, before it is signed. */
export interface UnsealedEvent extends ChainedEvent {
  readonly type: EventType
  /** Canonical JSON. */
  readonly body: string
}

export interface Seal {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
  readonly sig: Uint8Array
}

/** The station's hand in its journal. Called inside the journal's transactions: none of it may wait. */
export interface Sealer {
  /** Salts, hashes and signs an event. */
  seal(event: UnsealedEvent): Seal
  /** Signs a hash. */
  sign(hash: Uint8Array): Uint8Array
  /** The raw 32 bytes that its signatures are checked with. */
  publicKey(): Uint8Array
}

const SALT_BYTES = 16

/** Random bytes, asked of the system for many salts at once. */
function saltsInStock(): (size: number) => Uint8Array {
  const stock = new Uint8Array(256 * SALT_BYTES)
  let left = 0
  return (size) => {
    if (left < size) left = randomFillSync(stock).length
    left -= size
    return stock.slice(left, left + size)
  }
}

/**
 * Seals with an Ed25519 key, which is asked for at each event; without one no event can be written: a bug. `newSalt` makes
 * that many random bytes.
 */
export function ed25519Sealer(
  privateKey: () => KeyObject | null,
  newSalt: (size: number) => Uint8Array = saltsInStock(),
): Sealer {
  const key = () => {
    const found = privateKey()
    if (!found) throw new Error('a station that is not enrolled has no journal')
    return found
  }
  return {
    seal(event) {
      const salt = newSalt(SALT_BYTES)
      const hash = eventHash(event, bodyTextHash(salt, event.body, sha256), sha256)
      return { salt, hash, sig: sign(null, hash, key()) }
    },
    sign: (hash) => sign(null, hash, key()),
    publicKey: () => Buffer.from(createPublicKey(key()).export({ format: 'jwk' }).x ?? '', 'base64url'),
  }
}
