import { createPublicKey, verify } from 'node:crypto'
import type { ChainCrypto } from '../../core/events/verify.ts'
import { sha256 } from './hashes.ts'

/** Checks a journal against a raw Ed25519 key of 32 bytes. Throws for anything else than 32 bytes. */
export function chainCrypto(publicKey: Uint8Array): ChainCrypto {
  if (publicKey.length !== 32) throw new Error('an Ed25519 key has 32 bytes')
  const x = Buffer.from(publicKey).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return {
    sha256,
    fromBase64Url: (text) => Buffer.from(text, 'base64url'),
    signed: (hash, sig) => verify(null, hash, key, sig),
  }
}
