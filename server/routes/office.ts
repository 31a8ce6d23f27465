import { z } from 'zod'
import {
  Done,
  OfficeMe,
  OfficeSessions,
  SetUpRequest,
  SetUpResponse,
  SignInRequest,
  SignInResponse,
} from '../../core/contract/office.ts'
import { byOperator } from '../audit/entry.ts'
import { signedInOf, tooOften } from '../auth/authenticate.ts'
import { clearCookieToken, cookieToken, isPrivate, setCookieToken } from '../auth/officeCookie.ts'
import { requestSource } from '../auth/sameOrigin.ts'
import { secretHash, sessionIdOf } from '../auth/secrets.ts'
import { typedSetUpCode } from '../auth/setUpCode.ts'
import { signIn } from '../people/signIn.ts'
import { officeMe, sessionView } from '../people/views.ts'
import { notFound, RequestProblem } from '../problems.ts'
import { refuseWeakPassword } from './newPassword.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const DONE = { status: 'done' } as const

/** Signing in to the office, and one's own sessions. */
export const officeRoutes: Routes = (app, parts) => {
  const { store, guard, throttle, passwords, clock, secondFactorFor } = parts
  const shared = { tags: ['office'] }
  const signedIn = { ...shared, security: BEARER }

  app.route({
    method: 'POST',
    url: '/v1/office/sign-in',
    schema: {
      ...shared,
      summary: 'Sign in with a password, and with a code where there is a second factor',
      description:
        'The session is an HttpOnly cookie; without a code, `code_required` says that one is asked for. 401 for anything that is wrong; 429 says how long to wait.',
      body: SignInRequest,
      response: { 200: SignInResponse, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      // Or another site could sign somebody in as somebody else.
      if (requestSource(request) === 'foreign') {
        throw new RequestProblem(403, 'operator_not_allowed', 'this does not come from our own pages')
      }
      if (!isPrivate(request)) {
        throw new RequestProblem(403, 'unauthorized', 'sign in over https: this way the password could be read')
      }
      const before = cookieToken(request)
      const source = {
        address: request.ip,
        agent: request.headers['user-agent'],
        before: before === null ? null : secretHash(before),
      }
      const result = await signIn(parts, request.body, source)
      switch (result.kind) {
        case 'wait':
          throw tooOften('too many attempts; wait', result.waitMs)
        case 'wrong':
          throw new RequestProblem(401, 'unauthorized', 'wrong name, password or code')
        case 'code_required':
          return { status: 'code_required' as const }
        case 'signed_in': {
          setCookieToken(request, reply, result.token)
          const codes = result.person.recoveryCodes.length
          const me = officeMe(result.signedIn, codes, secondFactorFor, clock.now())
          return { status: 'signed_in' as const, me }
        }
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/set-up',
    schema: {
      ...shared,
      summary: 'Set a password with the one-time code of an administrator; then sign in',
      body: SetUpRequest,
      response: { 200: SetUpResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const codeHash = secretHash(typedSetUpCode(request.body.code))
      const { ip } = request
      const waitMs = throttle.begin('', ip)
      if (waitMs > 0) throw tooOften('too many attempts; wait', waitMs)
      let outcome: 'right' | 'wrong' | 'broken' = 'broken'
      try {
        const unknown = () => {
          outcome = 'wrong'
          return new RequestProblem(401, 'unauthorized', 'the code is not known, was used, or has expired')
        }
        const person = await store.personBySetUp(codeHash, clock.now())
        if (!person) throw unknown()
        const { operatorId, name } = person.operator
        refuseWeakPassword(request.body.password, name)
        const password = await passwords.hash(request.body.password)
        const by = byOperator(operatorId)
        const command = { kind: 'set-up', operatorId, by, reason: null, codeHash, password } as const
        const changed = await store.changePerson({ ...command, now: clock.now() })
        if (!changed.ok) throw unknown()
        return { name }
      } finally {
        throttle.ended('', ip, outcome)
      }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/office/me',
    onRequest: guard('office.self'),
    schema: {
      ...signedIn,
      summary: 'Who is signed in, and what they may do',
      response: { 200: OfficeMe, ...PROBLEMS },
    },
    handler: async (request) => {
      const me = signedInOf(request)
      const person = await store.person(me.operator.operatorId)
      return officeMe(me, person?.recoveryCodes.length ?? 0, secondFactorFor, clock.now())
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/office/sessions',
    onRequest: guard('office.self'),
    schema: { ...signedIn, summary: 'Where one is signed in', response: { 200: OfficeSessions, ...PROBLEMS } },
    handler: async (request) => {
      const { operator, session } = signedInOf(request)
      const current = sessionIdOf(session.tokenHash)
      const sessions = await store.sessions(operator.operatorId, clock.now())
      return { sessions: sessions.map((one) => sessionView(one, current)) }
    },
  })

  const end = (
    request: Parameters<typeof signedInOf>[0],
    which: Uint8Array | 'all',
    action: 'operator.sign-out' | 'session.end' | 'session.end-all',
  ) => {
    const { operatorId } = signedInOf(request).operator
    return store.endSessions({ operatorId, which, action, by: byOperator(operatorId), now: clock.now() })
  }

  app.route({
    method: 'POST',
    url: '/v1/office/sessions/:id/end',
    onRequest: guard('office.self'),
    schema: {
      ...signedIn,
      summary: 'End one of one’s own sessions',
      params: z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) }),
      response: { 200: Done, ...PROBLEMS },
    },
    handler: async (request) => {
      const sessions = await store.sessions(signedInOf(request).operator.operatorId, clock.now())
      const found = sessions.find(({ tokenHash }) => sessionIdOf(tokenHash) === request.params.id)
      if (!found) throw notFound('no such session')
      await end(request, found.tokenHash, 'session.end')
      return DONE
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/sign-out',
    onRequest: guard('office.self'),
    schema: { ...signedIn, summary: 'Sign out here', response: { 200: Done, ...PROBLEMS } },
    handler: async (request, reply) => {
      await end(request, signedInOf(request).session.tokenHash, 'operator.sign-out')
      clearCookieToken(request, reply)
      return DONE
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/office/sign-out-everywhere',
    onRequest: guard('office.self'),
    schema: {
      ...signedIn,
      summary: 'End every session of one’s own, this one too',
      response: { 200: Done, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      await end(request, 'all', 'session.end-all')
      clearCookieToken(request, reply)
      return DONE
    },
  })
}
