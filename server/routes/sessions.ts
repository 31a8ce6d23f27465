import { SessionRequest, SessionResponse } from '../../core/contract/sessions.ts'
import { tooOften } from '../auth/authenticate.ts'
import { pinMatches } from '../auth/pins.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { mayHavePin, NO_PIN } from '../people/person.ts'
import { RequestProblem } from '../problems.ts'
import { PROBLEMS, type Routes } from './route.ts'

const SESSION_MS = 12 * 60 * 60_000

/** Cashiers and managers signing in. Everybody else has a password, at the office. */
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
      const waitMs = throttle.begin(name, request.ip)
      if (waitMs > 0) {
        throw tooOften('too many attempts; wait', waitMs)
      }
      let outcome: 'right' | 'wrong' | 'broken' = 'broken'
      try {
        const operator = await store.operatorByName(name)
        const matches = await pinMatches(pin, operator?.pin ?? NO_PIN)
        outcome = operator?.active && mayHavePin(operator.role) && matches ? 'right' : 'wrong'
        const now = clock.now()
        if (!operator || outcome === 'wrong') {
          await store.pinShown({ operatorId: operator?.operatorId ?? null, session: null, now })
          throw new RequestProblem(401, 'unauthorized', 'wrong name or PIN')
        }
        const token = newSecret(ids)
        const expiry = now + (minutes === undefined ? SESSION_MS : minutes * 60_000)
        const { operatorId, role } = operator
        await store.pinShown({ operatorId, session: { tokenHash: secretHash(token), expiresAt: expiry }, now })
        const expiresAt = new Date(expiry).toISOString()
        return { token, operator: { operatorId, name: operator.name, role }, expiresAt }
      } finally {
        throttle.ended(name, request.ip, outcome)
      }
    },
  })
}
