import type { Clock } from '../../core/ports/clock.ts'
import { totpCode, totpStep } from '../../server/auth/totp.ts'

/** An authenticator app with a secret in base 32: what it shows now, or some steps from now. */
export function authenticator(secret: string, clock: Pick<Clock, 'now'> = Date) {
  return { code: (steps = 0) => totpCode(bytesOf(secret), totpStep(clock.now()) + steps) }
}

/** The bytes of a secret as people type it (RFC 4648 §6). */
export function bytesOf(base32: string): Uint8Array {
  const bits = [...base32].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2))
}
