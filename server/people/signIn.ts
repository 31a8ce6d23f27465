import type { SignInRequest } from '../../core/contract/office.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { byOperator } from '../audit/entry.ts'
import type { PasswordHasher } from '../auth/passwordHash.ts'
import type { Sealing } from '../auth/sealing.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { typedSetUpCode } from '../auth/setUpCode.ts'
import type { SignInThrottle } from '../auth/signInThrottle.ts'
import { totpMatch } from '../auth/totp.ts'
import type { OfficeStore, SignedIn } from '../store/officeCommands.ts'
import type { SecondProof } from './commands.ts'
import { isLocked, mayHavePassword, type Person } from './person.ts'

/** A browser's session ends after half an hour without use and after a day's work (OWASP, Session Management). */
export const IDLE_MS = 30 * 60_000
const LASTS_MS = 12 * 60 * 60_000
const LONGEST_AGENT = 120

export interface SignInParts {
  readonly store: OfficeStore
  readonly passwords: PasswordHasher
  readonly sealing: Sealing
  readonly throttle: SignInThrottle
  readonly clock: Clock
  readonly ids: Ids
}

/** Where a request to sign in comes from. */
export interface SignInSource {
  readonly address: string
  readonly agent: string | undefined
  /** The session that this browser has already. */
  readonly before: Uint8Array | null
}

export type SignInResult =
  | { readonly kind: 'signed_in'; readonly token: string; readonly signedIn: SignedIn; readonly person: Person }
  | { readonly kind: 'code_required' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitMs: number }

/**
 * Signs a person in with a password and, for those who have one, a second factor. A name that nobody has, one that may not
 * sign in and a wrong password take the same time and get the same answer.
 */
export async function signIn(parts: SignInParts, request: SignInRequest, source: SignInSource): Promise<SignInResult> {
  const { throttle } = parts
  const waitMs = throttle.begin(request.name, source.address)
  if (waitMs > 0) return { kind: 'wait', waitMs }
  let outcome: 'right' | 'wrong' | 'broken' = 'broken'
  try {
    const result = await attempt(parts, request, source)
    if (result.kind === 'signed_in') outcome = 'right'
    if (result.kind === 'wrong') outcome = 'wrong'
    return result
  } finally {
    throttle.ended(request.name, source.address, outcome)
  }
}

async function attempt(parts: SignInParts, request: SignInRequest, source: SignInSource): Promise<SignInResult> {
  const { store, passwords, clock, ids } = parts
  const person = await store.personByName(request.name)
  const stored = person && maySignIn(person) ? person.password : null
  const matches = await passwords.matches(request.password, stored)
  if (!person || stored === null) return { kind: 'wrong' }
  const { operatorId } = person.operator
  const common = { operatorId, by: byOperator(operatorId), reason: null }
  const wrong = async (): Promise<SignInResult> => {
    await store.changePerson({ ...common, kind: 'failed', now: clock.now() })
    return { kind: 'wrong' }
  }
  if (!matches) return wrong()
  if (person.totp?.confirmed && request.code === undefined) return { kind: 'code_required' }
  const proof = secondProof(person, request.code, clock.now(), parts.sealing)
  if (!proof) return wrong()

  const rehashed = passwords.isOutdated(stored) ? await passwords.hash(request.password) : null
  const token = newSecret(ids)
  const now = clock.now()
  const tokenHash = secretHash(token)
  const session = {
    tokenHash,
    kind: 'cookie' as const,
    idleMs: IDLE_MS,
    expiresAt: now + LASTS_MS,
    agent: source.agent?.slice(0, LONGEST_AGENT).toWellFormed() ?? null,
    replaces: source.before,
  }
  const changed = await store.changePerson({ ...common, kind: 'sign-in', seen: stored, proof, rehashed, session, now })
  // Of two requests with one code, one gets in.
  if (!changed.ok) return { kind: 'wrong' }
  const signedIn = await store.sessionByToken(tokenHash, now, false)
  return signedIn ? { kind: 'signed_in', token, signedIn, person: changed.value } : { kind: 'wrong' }
}

const maySignIn = (person: Person): boolean =>
  person.operator.active && mayHavePassword(person.operator.role) && !isLocked(person)

/** What a typed code proves; null: it is wrong. Without a second factor there is nothing to prove. */
export function secondProof(
  person: Person,
  code: string | undefined,
  now: number,
  sealing: Sealing,
): SecondProof | null {
  const { totp, recoveryCodes, operator } = person
  if (!totp?.confirmed) return { kind: 'none' }
  if (code === undefined) return null
  const step = totpMatch(sealing.open(totp.secret, operator.operatorId), code, now, totp.usedStep)
  if (step !== null) return { kind: 'totp', step }
  const codeHash = codeHashText(code)
  return recoveryCodes.includes(codeHash) ? { kind: 'recovery', codeHash } : null
}

/** What is kept of a recovery code, from how it was shown or typed. */
export const codeHashText = (code: string): string =>
  Buffer.from(secretHash(typedSetUpCode(code))).toString('base64url')
