import { z } from 'zod'

/** A UUIDv7 (RFC 9562 §5.7), lower case: every id in Tapcoupon, made by whoever makes the thing. */
export const Uuid7 = z.uuidv7().toLowerCase()

/** The UUIDv7 of a moment (epoch milliseconds) whose other bits come from `bytes` (at least 10): the same for the same. */
export function uuid7From(ms: number, bytes: Uint8Array): string {
  const hex = (from: number, to: number): string =>
    Array.from(bytes.subarray(from, to), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  const variant = (((bytes[2] ?? 0) & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(0, 2).slice(1)}-${variant}${hex(3, 4)}-${hex(4, 10)}`
}

/** Milliseconds since the Unix epoch that a UUIDv7 carries in its first 48 bits. */
export function uuid7Time(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
