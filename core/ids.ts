import { z } from 'zod'

/** A UUIDv7 (RFC 9562 §5.7), lower case: every id in Tapcoupon, made by whoever makes the thing. */
export const Uuid7 = z.uuidv7().toLowerCase()

/** Milliseconds since the Unix epoch that a UUIDv7 carries in its first 48 bits. */
export function uuid7Time(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
