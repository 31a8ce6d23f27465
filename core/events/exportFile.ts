import { z } from 'zod'
import { SignedCheckpoint } from './checkpoint.ts'

/**
 * The first line of a rescue file. Each further line but the last is one event as it goes over the wire, oldest first. It names
 * nobody: media are in events by key.
 */
export const ExportHeader = z.object({
  format: z.literal('tapcoupon-journal'),
  version: z.literal(1),
  /** `queue`: what the server has not taken; its numbers have holes. `journal`: everything from the checkpoint on. */
  kind: z.enum(['queue', 'journal']),
  /** null: the journal was too damaged to say. */
  stationId: z.string().nullable(),
  /** Raw Ed25519 key, base64url. */
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .nullable(),
  exportedAt: z.iso.datetime(),
  checkpoint: SignedCheckpoint.nullable(),
})
export type ExportHeader = z.infer<typeof ExportHeader>

/** The last line: a file without it was cut off. */
export const ExportEnd = z.object({ end: z.literal(true), events: z.int().min(0) })
