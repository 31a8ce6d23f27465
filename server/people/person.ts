import type { OperatorRole, PinVerifier } from '../../core/contract/sessions.ts'
import type { OperatorRecord } from '../store/couponStore.ts'

/** A second factor. */
export interface PersonTotp {
  /** Sealed (`auth/sealing.ts`) under the operator's id. */
  readonly secret: Uint8Array
  /** false: shown, and no code of it has been seen yet; it does not count. */
  readonly confirmed: boolean
  /** The last step whose code was used: none up to it is good again. */
  readonly usedStep: number
}

/** An operator with everything that they sign in with. Times are epoch milliseconds. */
export interface Person {
  readonly operator: Required<OperatorRecord>
  /** Argon2id in PHC form; null: none is set. */
  readonly password: string | null
  /** Wrong passwords and codes since the last right ones. */
  readonly failures: number
  readonly totp: PersonTotp | null
  /** Hashes of the recovery codes that are left, base64url. */
  readonly recoveryCodes: readonly string[]
  /** The one-time code that sets a password, by hash. */
  readonly setUp: { readonly codeHash: Uint8Array; readonly until: number } | null
  readonly lastSignInAt: number | null
}

/** NIST SP 800-63B-4 §3.2.2: at most a hundred failures one after another, then somebody has to look. */
export const MOST_FAILURES = 100

export const isLocked = ({ failures }: Pick<Person, 'failures'>): boolean => failures >= MOST_FAILURES

/** Cashiers have a PIN and counters, nothing else. */
export const mayHavePassword = (role: OperatorRole): boolean => role !== 'cashier'

/** Who signs in with a PIN, at counters and for what managers do there: the roles whose verifiers counters hold. */
export const mayHavePin = (role: OperatorRole): boolean => role === 'cashier' || role === 'manager'

/** A verifier that no PIN has, of the shape that others have: for those without a PIN, and for names that nobody has. */
export const NO_PIN: PinVerifier = {
  algorithm: 'scrypt',
  N: 16_384,
  r: 8,
  p: 5,
  salt: 'A'.repeat(22),
  hash: 'A'.repeat(43),
}

export const hasPin = ({ pin }: Pick<OperatorRecord, 'pin'>): boolean => pin.hash !== NO_PIN.hash
