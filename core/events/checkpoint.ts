import { z } from 'zod'
import { canonicalJson } from '../canonicalJson.ts'
import type { Sha256 } from '../ports/crypto.ts'

const Hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const Count = z.int().min(0)

/** An event before the checkpoint's end that stays, because somebody has yet to decide about it. */
const KeptEvent = z.object({ seq: z.int().min(1), hash: Hash })

/**
 * Takes the place of the settled beginning of a journal: what was there, summed up from its first event, and signed by
 * the station. The chain goes on from `hash`. A later checkpoint takes in the one before it.
 */
export const Checkpoint = z.object({
  version: z.literal(1),
  /** Every event up to here is summed up here; all but `kept` are gone. */
  throughSeq: z.int().min(1),
  /** Of the event at `throughSeq`: the next one names it as its `prevHash`. base64url. */
  hash: Hash,
  /** When it was made; corrected time. */
  at: z.iso.datetime(),
  /** Corrected times of the first event and of the one at `throughSeq`. */
  from: z.iso.datetime(),
  through: z.iso.datetime(),
  /** How many events of each type, and how the server settled them. */
  types: z.record(z.string(), Count),
  settled: z.object({ confirmed: Count, forced: Count, resolved: Count }),
  /** Of the redemptions: minor units, as shown to cashiers; annulled ones included. */
  totalDiscount: Count,
  kept: z.array(KeptEvent),
})
export type Checkpoint = z.infer<typeof Checkpoint>

/** A checkpoint with the station's Ed25519 signature over `checkpointHash`, base64url. */
export const SignedCheckpoint = z.object({ checkpoint: Checkpoint, sig: z.string().regex(/^[A-Za-z0-9_-]{86}$/) })
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>

/** What is signed: SHA-256 of the canonical JSON of `{"checkpoint": …}`, which no event's hash is ever made of. */
export function checkpointHash(checkpoint: Checkpoint, sha256: Sha256): Uint8Array {
  return sha256(new TextEncoder().encode(canonicalJson({ checkpoint })))
}
