import type { Outcome } from '../../core/outcome.ts'
import type { AuditActor } from '../audit/entry.ts'
import type { PersonCommand, PersonProblem } from '../people/commands.ts'
import type { Person } from '../people/person.ts'
import type { OperatorRecord } from './couponStore.ts'

/** Times are epoch milliseconds. */
export interface SessionRecord {
  readonly tokenHash: Uint8Array
  readonly kind: 'cookie' | 'bearer'
  readonly openedAt: number
  /** When it was last used, to the minute. */
  readonly seenAt: number
  /** How long it may lie unused; 0: until `expiresAt`. */
  readonly idleMs: number
  readonly expiresAt: number
  readonly agent: string | null
}

export interface NewSession extends Omit<SessionRecord, 'openedAt' | 'seenAt'> {
  /** The one that it takes the place of, when the same browser signs in again. */
  readonly replaces: Uint8Array | null
}

export interface SignedIn {
  readonly operator: OperatorRecord
  readonly session: SessionRecord
  /** Whether a confirmed second factor is there. */
  readonly hasSecondFactor: boolean
}

/** People of the office and their sessions; a part of `CouponStore`. Changes are in the audit log. */
export interface OfficeStore {
  /** By name. */
  people(): Promise<readonly Person[]>
  person(operatorId: string): Promise<Person | null>
  personByName(name: string): Promise<Person | null>
  /** Whoever has been given this one-time code, if it is good at `now`. */
  personBySetUp(codeHash: Uint8Array, now: number): Promise<Person | null>
  /** One command by `people/decidePerson`: the person as they are then, or why nothing was changed. */
  changePerson(command: PersonCommand): Promise<Outcome<Person, { readonly problem: PersonProblem }>>

  /**
   * A PIN that somebody showed, for the audit log; a right one opens a bearer session until it expires. `operatorId` null: the
   * name is nobody's, and is not written down.
   */
  pinShown(shown: {
    readonly operatorId: string | null
    /** null: it was wrong, or is not of somebody who may sign in with one. */
    readonly session: { readonly tokenHash: Uint8Array; readonly expiresAt: number } | null
    readonly now: number
  }): Promise<void>
  /** A bearer session that nobody signed in for: until it expires. */
  openSession(tokenHash: Uint8Array, operatorId: string, expiresAt: number, now: number): Promise<void>
  /** The active operator of a session that has neither expired nor lain unused for too long; with `inUse` the minute is noted. */
  sessionByToken(tokenHash: Uint8Array, now: number, inUse: boolean): Promise<SignedIn | null>
  /** Those that are good at `now`, newest first. */
  sessions(operatorId: string, now: number): Promise<readonly SessionRecord[]>
  /** Ends one session of a person, or every one. Answers how many ended. */
  endSessions(command: {
    readonly operatorId: string
    readonly which: Uint8Array | 'all'
    /** What is written down: signing out, or ending from the list. */
    readonly action: 'operator.sign-out' | 'session.end' | 'session.end-all'
    readonly by: AuditActor
    readonly now: number
  }): Promise<number>
}
