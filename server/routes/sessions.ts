import { type PinVerifier, SessionRequest, SessionResponse } from '../../core/contract/sessions.ts'
import { pinMatches } from '../auth/pins.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { RequestProblem } from '../problems.ts'
import { PROBLEMS, type Routes } from './route.ts'

const SESSION_MS = 12 * 60 * 60_000

/** Checked for a name that nobody has, so that it takes as long as for one that somebody has. No PIN has this hash. */
const NOBODY: PinVerifier = { algorithm: 'scrypt', N: 16_384, r: 8, p: 5, salt: 'A'.repeat(22), hash: 'A'.repeat(43) }

/** People signing in. */
export const sessionRoutes: Routes = (app, { store, throttle, clock, ids }) => {
  app.route({
    method: 'POST',
    url: '/v1/sessions',
    schema: {
      summary: 'Sign an operator in with a PIN',
      tags: ['people'],
      body: SessionRequest,
      response: { 200: SessionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { name, pin, minutes } = request.body
      const waitMs = throttle.begin(name)
      if (waitMs > 0) {
        const retryAfterSeconds = Math.ceil(waitMs / 1_000)
        throw new RequestProblem(429, undefined, 'too many attempts; wait', { retryAfterSeconds })
      }
      let outcome: 'right' | 'wrong' | 'broken' = 'broken'
      try {
        const operator = await store.operatorByName(name)
        const matches = await pinMatches(pin, operator?.pin ?? NOBODY)
        outcome = operator?.active && matches ? 'right' : 'wrong'
        if (!operator || outcome === 'wrong') throw new RequestProblem(401, 'unauthorized', 'wrong name or PIN')
        const token = newSecret(ids)
        const now = clock.now()
        const expiry = now + (minutes === undefined ? SESSION_MS : minutes * 60_000)
        await store.openSession(secretHash(token), operator.operatorId, expiry, now)
        const { operatorId, role } = operator
        const expiresAt = new Date(expiry).toISOString()
        return { token, operator: { operatorId, name: operator.name, role }, expiresAt }
      } finally {
        throttle.ended(name, outcome)
      }
    },
  })
}
