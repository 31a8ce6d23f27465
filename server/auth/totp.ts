import { createHmac, timingSafeEqual } from 'node:crypto'

/** RFC 6238 as every authenticator app has it: HMAC-SHA-1, 30 s steps, six digits. */
const STEP_MS = 30_000
const DIGITS = 6
/** RFC 4226 §4 recommends 160 bits. */
export const TOTP_SECRET_BYTES = 20
/** Steps a phone's clock may be off either way (RFC 6238 §5.2 recommends one). */
const DRIFT = 1

/** The code of one step (RFC 4226 §5.3, with the step as the counter). */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/** The step of a time, epoch milliseconds. */
export const totpStep = (now: number): number => Math.floor(now / STEP_MS)

/**
 * The step that a typed code belongs to, among those around `now` that come after `usedStep` (RFC 6238 §5.2: a code is good
 * once); null: none. Every step is compared, each in constant time.
 */
export function totpMatch(secret: Uint8Array, typed: string, now: number, usedStep: number): number | null {
  const code = typed.replace(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return null
  const today = totpStep(now)
  let found: number | null = null
  for (let step = today - DRIFT; step <= today + DRIFT; step++) {
    const matches = timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code))
    if (matches && step > usedStep && found === null) found = step
  }
  return found
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6 without padding: the form that people type into an authenticator. */
export function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** The address that authenticators read from a QR code (Google's Key URI Format). */
export function totpUri(secret: Uint8Array, name: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1_000}`
}
