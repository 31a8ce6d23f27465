import {
  Done,
  PasswordRequest,
  RecoveryCodes,
  TotpCodeRequest,
  TotpEnrolment,
  TotpEnrolRequest,
  TotpRemoveRequest,
} from '../../core/contract/office.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import { byOperator } from '../audit/entry.ts'
import { signedInOf, tooOften } from '../auth/authenticate.ts'
import { setCookieToken } from '../auth/officeCookie.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { newSetUpCode } from '../auth/setUpCode.ts'
import { base32, TOTP_SECRET_BYTES, totpMatch, totpUri } from '../auth/totp.ts'
import type { PersonProblem } from '../people/commands.ts'
import type { Person } from '../people/person.ts'
import { codeHashText, secondProof } from '../people/signIn.ts'
import { RequestProblem } from '../problems.ts'
import { refuseWeakPassword } from './newPassword.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const DONE = { status: 'done' } as const
const ISSUER = 'Tapcoupon'
const RECOVERY_CODES = 10

type Request = Parameters<typeof signedInOf>[0]

const wrong = (path: '/current' | '/code'): RequestProblem =>
  new RequestProblem(400, 'invalid_request', 'wrong password or code', { errors: [{ path, message: 'wrong' }] })

function done(outcome: Outcome<Person, { readonly problem: PersonProblem }>): Person {
  if (outcome.ok) return outcome.value
  throw new RequestProblem(409, 'in_progress', 'this has changed meanwhile; look again')
}

/** What people sign in with: their own password and second factor. Each change asks for what they have now. */
export const officeAccountRoutes: Routes = (app, parts) => {
  const { store, guard, throttle, passwords, sealing, clock, ids, secondFactorFor } = parts
  const shared = { tags: ['office'], security: BEARER, onRequest: guard('office.self') }
  const { onRequest, ...described } = shared

  const commonOf = (request: Request) => {
    const { operatorId } = signedInOf(request).operator
    return { operatorId, by: byOperator(operatorId), reason: null, now: clock.now() }
  }

  const personOf = async (request: Request): Promise<Person> => {
    const person = await store.person(signedInOf(request).operator.operatorId)
    if (!person) throw new Error('somebody who is signed in is not there')
    return person
  }

  /** Whoever finds an open browser must not guess the password in it: as slow as signing in. */
  const check = async <Found>(
    request: Request,
    path: '/current' | '/code',
    look: () => Promise<Found | null>,
  ): Promise<Found> => {
    const { name } = signedInOf(request).operator
    const waitMs = throttle.begin(name, request.ip)
    if (waitMs > 0) throw tooOften('too many attempts; wait', waitMs)
    let outcome: 'right' | 'wrong' | 'broken' = 'broken'
    try {
      const found = await look()
      outcome = found === null ? 'wrong' : 'right'
      if (found === null) throw wrong(path)
      return found
    } finally {
      throttle.ended(name, request.ip, outcome)
    }
  }

  const withPassword = (request: Request, typed: string): Promise<Person & { password: string }> =>
    check(request, '/current', async () => {
      const person = await personOf(request)
      const { password } = person
      return (await passwords.matches(typed, password)) && password !== null ? { ...person, password } : null
    })

  /** The same session under a new token, for what it may do has changed; a bearer's token stays what it is. */
  const renewal = (request: Request) => {
    const { session } = signedInOf(request)
    const token = session.kind === 'cookie' ? newSecret(ids) : null
    return {
      token,
      change: { tokenHash: session.tokenHash, newTokenHash: token === null ? session.tokenHash : secretHash(token) },
    }
  }

  const newRecoveryCodes = () => {
    const codes = Array.from({ length: RECOVERY_CODES }, () => newSetUpCode(ids))
    return { codes, hashes: codes.map(codeHashText) }
  }

  app.route({
    method: 'POST',
    url: '/v1/office/password',
    onRequest,
    schema: {
      ...described,
      summary: 'Change one’s own password; every other session ends',
      body: PasswordRequest,
      response: { 200: Done, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const { current, password: wanted } = request.body
      const person = await withPassword(request, current)
      refuseWeakPassword(wanted, person.operator.name)
      const password = await passwords.hash(wanted)
      const { token, change } = renewal(request)
      const changed = { kind: 'password', seen: person.password, password, session: change } as const
      done(await store.changePerson({ ...commonOf(request), ...changed }))
      if (token !== null) setCookieToken(request, reply, token)
      return DONE
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/totp/enrol',
    onRequest,
    schema: {
      ...described,
      summary: 'Begin with a second factor: shown once, and it counts when a code of it was confirmed',
      body: TotpEnrolRequest,
      response: { 200: TotpEnrolment, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operator } = await withPassword(request, request.body.current)
      const secret = ids.randomBytes(TOTP_SECRET_BYTES)
      const sealed = sealing.seal(secret, operator.operatorId)
      done(await store.changePerson({ ...commonOf(request), kind: 'totp-begin', secret: sealed }))
      return { secret: base32(secret), uri: totpUri(secret, operator.name, ISSUER) }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/totp/confirm',
    onRequest,
    schema: {
      ...described,
      summary: 'Confirm the second factor with a code of it; the recovery codes are shown once',
      body: TotpCodeRequest,
      response: { 200: RecoveryCodes, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const step = await check(request, '/code', async () => {
        const { totp, operator } = await personOf(request)
        if (!totp || totp.confirmed) throw new RequestProblem(409, 'invalid_request', 'begin to enrol first')
        return totpMatch(sealing.open(totp.secret, operator.operatorId), request.body.code, clock.now(), 0)
      })
      const { codes, hashes } = newRecoveryCodes()
      const { token, change } = renewal(request)
      const confirmed = { kind: 'totp-confirm', step, recoveryCodes: hashes, session: change } as const
      done(await store.changePerson({ ...commonOf(request), ...confirmed }))
      if (token !== null) setCookieToken(request, reply, token)
      return { recoveryCodes: codes }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/totp/remove',
    onRequest,
    schema: {
      ...described,
      summary: 'Do without the second factor, where the role allows that',
      body: TotpRemoveRequest,
      response: { 200: Done, ...PROBLEMS },
    },
    handler: async (request) => {
      const { role } = signedInOf(request).operator
      if (mustKeep(role, secondFactorFor)) {
        throw new RequestProblem(403, 'operator_not_allowed', 'this role has to have a second factor')
      }
      const person = await withPassword(request, request.body.current)
      if (!person.totp?.confirmed) throw new RequestProblem(409, 'invalid_request', 'there is no second factor')
      const proof = await check(request, '/code', async () =>
        secondProof(person, request.body.code, clock.now(), sealing),
      )
      done(await store.changePerson({ ...commonOf(request), kind: 'totp-remove', proof }))
      return DONE
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/recovery-codes',
    onRequest,
    schema: {
      ...described,
      summary: 'New recovery codes in place of the old, shown once',
      body: TotpCodeRequest,
      response: { 200: RecoveryCodes, ...PROBLEMS },
    },
    handler: async (request) => {
      const step = await check(request, '/code', async () => {
        const { totp, operator } = await personOf(request)
        if (!totp?.confirmed) throw new RequestProblem(409, 'invalid_request', 'there is no second factor')
        const secret = sealing.open(totp.secret, operator.operatorId)
        return totpMatch(secret, request.body.code, clock.now(), totp.usedStep)
      })
      const { codes, hashes } = newRecoveryCodes()
      const made = { kind: 'recovery-codes', step, recoveryCodes: hashes } as const
      done(await store.changePerson({ ...commonOf(request), ...made }))
      return { recoveryCodes: codes }
    },
  })
}

const mustKeep = (role: OperatorRole, requiredFor: readonly OperatorRole[]): boolean => requiredFor.includes(role)
