import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Ids } from '../../core/ports/ids.ts'
import type { HashKey } from '../media/hashKeys.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Keeps secrets that the server has to read again (a second factor's) unreadable to whoever has only the database. */
export interface Sealing {
  /** `context` names whose it is: sealed for one person it does not open for another. */
  seal(secret: Uint8Array, context: string): Uint8Array
  /** Throws when the key is another, or a bit was changed. */
  open(sealed: Uint8Array, context: string): Uint8Array
}

/** AES-256-GCM: version of the key, nonce, tag, text. Sealed under the highest version, opened under the one it names. */
export function sealing(keys: readonly HashKey[], ids: Ids): Sealing {
  const newest = keys.reduce((best, key) => (key.v > best.v ? key : best))
  return {
    seal(secret, context) {
      const nonce = ids.randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', newest.key, nonce).setAAD(Buffer.from(context, 'utf8'))
      const text = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([Uint8Array.of(newest.v), nonce, cipher.getAuthTag(), text])
    },
    open(sealed, context) {
      const key = keys.find(({ v }) => v === sealed[0])
      if (!key) throw new Error('a secret was sealed with a key that this server does not have')
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const cipher = createDecipheriv('aes-256-gcm', key.key, nonce)
        .setAAD(Buffer.from(context, 'utf8'))
        .setAuthTag(tag)
      return Buffer.concat([cipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), cipher.final()])
    },
  }
}
