import { z } from 'zod'

/** What identifies a customer at the counter. */
export const MEDIUM_TYPES = ['felica-idm', 'nfc-uid', 'hce', 'barcode', 'qr', 'card-token'] as const
export const MediumType = z.enum(MEDIUM_TYPES)
export type MediumType = z.infer<typeof MediumType>

/**
 * A medium as a reader or an integrator names it. `identifier` is text: hex for `felica-idm` (IDm, then `@` and the
 * system code where the reader reported one), `nfc-uid` and `hce`; the decoded string for `barcode`, `qr`, `card-token`.
 * It is never stored, logged or shown whole.
 */
export const RawMedium = z.object({ type: MediumType, identifier: z.string().min(1).max(512) })
export type RawMedium = z.infer<typeof RawMedium>

/** HMAC of a medium under one version of the deployment's hash key: 32 bytes as lower-case hex. */
export const MediumKey = z.object({ v: z.int().min(1).max(1_000_000), key: z.string().regex(/^[0-9a-f]{64}$/) })
export type MediumKey = z.infer<typeof MediumKey>

/** A medium from our own stations: one key for each hash-key version in force. */
export const KeyedMedium = z.object({ type: MediumType.optional(), keys: z.array(MediumKey).min(1).max(4) })
export type KeyedMedium = z.infer<typeof KeyedMedium>

/** A medium on the wire: keys from our stations, type and identifier from an integrator (hashed on arrival). */
export const WireMedium = z.union([KeyedMedium, RawMedium])
export type WireMedium = z.infer<typeof WireMedium>

/** How the medium was presented; a keyed number or a looked-up customer is weaker than a card. */
export const ENTRIES = ['tap', 'scan', 'keyed', 'lookup'] as const
export const Entry = z.enum(ENTRIES)
export type Entry = z.infer<typeof Entry>
