import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { bodyHash, eventHash, FIRST_PREV_HASH } from '../../core/events/chain.ts'
import type { StationEvent } from '../../core/events/event.ts'
import { sha256 } from '../../server/system.ts'

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** A station's journal as a counter keeps it: chained and signed. */
export class StationJournal {
  readonly publicKey: string
  readonly #privateKey: KeyObject
  #seq = 0
  #prevHash = FIRST_PREV_HASH

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    this.publicKey = publicKey.export({ format: 'jwk' }).x ?? ''
    this.#privateKey = privateKey
  }

  /** The next event; `at` is epoch milliseconds. */
  write(type: string, body: Record<string, unknown>, at = Date.now()): Required<StationEvent> {
    this.#seq += 1
    const time = new Date(at).toISOString()
    const chained = { seq: this.#seq, prevHash: this.#prevHash, type, id: uuidv7(), stationAt: time, correctedAt: time }
    const salt = randomBytes(16)
    const hash = eventHash(chained, bodyHash(salt, body, sha256), sha256)
    this.#prevHash = base64url(hash)
    return { ...chained, salt: base64url(salt), sig: base64url(sign(null, hash, this.#privateKey)), body }
  }

  /** Forgets the last events, as a restored backup would. */
  restore(event: StationEvent): void {
    this.#seq = event.seq - 1
    this.#prevHash = event.prevHash ?? FIRST_PREV_HASH
  }
}
