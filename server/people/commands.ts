import type { OperatorRole, PinVerifier } from '../../core/contract/sessions.ts'
import type { AuditActor } from '../audit/entry.ts'
import type { NewSession } from '../store/officeCommands.ts'

interface Common {
  readonly operatorId: string
  readonly by: AuditActor
  readonly reason: string | null
  readonly now: number
}

interface SetUp {
  readonly codeHash: Uint8Array
  readonly until: number
}

/** What shows who is signing in besides the password. */
export type SecondProof =
  | { readonly kind: 'none' }
  | { readonly kind: 'totp'; readonly step: number }
  | { readonly kind: 'recovery'; readonly codeHash: string }

/** Everything that happens to a person; each is one unit of work, decided by `decidePerson`. */
export type PersonCommand = Common &
  (
    | {
        readonly kind: 'add'
        readonly name: string
        readonly role: OperatorRole
        readonly storeId: string | null
        readonly pin: PinVerifier
        readonly setUp: SetUp | null
      }
    | {
        readonly kind: 'update'
        readonly name?: string
        readonly role?: OperatorRole
        readonly storeId?: string | null
        readonly active?: boolean
      }
    | { readonly kind: 'reset'; readonly secondFactor: boolean; readonly setUp: SetUp }
    | { readonly kind: 'pin'; readonly pin: PinVerifier }
    | { readonly kind: 'set-up'; readonly codeHash: Uint8Array; readonly password: string }
    | {
        readonly kind: 'password'
        readonly seen: string
        readonly password: string
        /** Stays, under a new token. */
        readonly session: SessionChange
      }
    | { readonly kind: 'totp-begin'; readonly secret: Uint8Array }
    | {
        readonly kind: 'totp-confirm'
        readonly step: number
        readonly recoveryCodes: readonly string[]
        readonly session: SessionChange
      }
    | { readonly kind: 'totp-remove'; readonly proof: SecondProof }
    | { readonly kind: 'recovery-codes'; readonly step: number; readonly recoveryCodes: readonly string[] }
    | {
        readonly kind: 'sign-in'
        /** The stored password that the typed one was checked against. */
        readonly seen: string
        readonly proof: SecondProof
        /** The same password hashed at today's cost. */
        readonly rehashed: string | null
        readonly session: NewSession
      }
    | { readonly kind: 'failed' }
  )

/** A session that goes on under another token: what it may do has changed. */
export interface SessionChange {
  readonly tokenHash: Uint8Array
  readonly newTokenHash: Uint8Array
}

/**
 * Why nothing was changed. `stale`: the password was changed, or the code used, since they were looked at. `last_admin`,
 * `oneself`: nobody locks everybody, or themselves, out. `not_this_role`: a PIN or password that the role does not have.
 */
export type PersonProblem =
  | 'not_found'
  | 'name_taken'
  | 'differs'
  | 'no_such_store'
  | 'last_admin'
  | 'oneself'
  | 'not_this_role'
  | 'stale'
