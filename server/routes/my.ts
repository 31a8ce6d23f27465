import { z } from 'zod'
import { AcquisitionResponse, MyAcquisitionRequest } from '../../core/contract/acquisitions.ts'
import { Holdings } from '../../core/contract/holdings.ts'
import { PRESENTATION_MS } from '../../core/contract/media.ts'
import { MySession, MySessionRequest, MyStaffCode, PhoneCode, PhoneCodeRequest } from '../../core/contract/my.ts'
import { stationOf, tooOften } from '../auth/authenticate.ts'
import { isPrivate } from '../auth/officeCookie.ts'
import { newPhoneCode, typedPhoneCode } from '../auth/phoneCode.ts'
import { clearPhoneCookie, mustBeOurs, phoneHolder, phoneToken, setPhoneCookie } from '../auth/phoneSession.ts'
import { newPresentationCode, presentationHash } from '../auth/presentationCode.ts'
import { stationContext } from '../auth/principal.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { signInThrottle } from '../auth/signInThrottle.ts'
import { contentHash } from '../events/intent.ts'
import { invalidRequest, RequestProblem } from '../problems.ts'
import { acquisitionCode } from './acquisitionCode.ts'
import { firstAnswer } from './firstAnswer.ts'
import { mediumOf } from './medium.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const CODE_MS = 10 * 60_000
const TRIES = 5
const SESSION_MS = 30 * 24 * 60 * 60_000

/** Customers on their phones: a code that was shown to whoever held the medium signs one in. */
export const myRoutes: Routes = (app, { store, commits, guard, hashKeys, clock, ids }) => {
  const guessing = signInThrottle(clock)
  const guessingCodes = acquisitionCode(clock, hashKeys)
  const shared = { tags: ['phones'] }

  app.route({
    method: 'POST',
    url: '/v1/phone-codes',
    onRequest: guard('phones.code'),
    schema: {
      ...shared,
      summary: 'A one-time code for the phone of whoever has just tapped',
      description: 'Good for ten minutes and five tries; one that the customer got before stops working.',
      security: BEARER,
      body: PhoneCodeRequest,
      response: { 200: PhoneCode, ...PROBLEMS },
    },
    handler: async (request) => {
      const station = stationOf(request)
      const now = clock.now()
      const { shown, locator, secret } = newPhoneCode(ids)
      const made = await store.putPhoneCode({
        station: stationContext(station),
        medium: mediumOf(request.body.medium, station, hashKeys),
        requestId: ids.uuid7(),
        locator,
        secretHash: secretHash(secret),
        tries: TRIES,
        expiresAt: now + CODE_MS,
        now,
      })
      if (!made.ok) throw new RequestProblem(409, made.reason, 'this medium gets no code')
      return { code: shown, expiresAt: new Date(now + CODE_MS).toISOString() }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/my/session',
    schema: {
      ...shared,
      summary: 'Sign a phone in with a one-time code; sets a cookie',
      description:
        'A code works once. With `phone`, the same phone may ask again while the code lasts: it lost the answer.',
      body: MySessionRequest,
      response: { 200: MySession, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      mustBeOurs(request)
      if (!isPrivate(request)) throw new RequestProblem(403, 'operator_not_allowed', 'sign in over https')
      const { phone } = request.body
      const code = typedPhoneCode(request.body.code)
      const wait = guessing.begin(code?.locator ?? '', request.ip)
      if (wait > 0) throw tooOften('too many attempts; wait', wait)
      let outcome: 'right' | 'wrong' | 'broken' = 'broken'
      try {
        const now = clock.now()
        const token = newSecret(ids)
        const expiresAt = now + SESSION_MS
        const signedIn =
          code &&
          (await store.openPhoneSession({
            locator: code.locator,
            secretHash: secretHash(code.secret),
            phoneHash: phone === undefined ? null : secretHash(phone),
            tokenHash: secretHash(token),
            expiresAt,
            now,
          }))
        outcome = signedIn ? 'right' : 'wrong'
        if (!signedIn) throw new RequestProblem(401, 'unauthorized', 'the code is not known, was used, or has expired')
        setPhoneCookie(request, reply, token, expiresAt)
        return { expiresAt: new Date(expiresAt).toISOString() }
      } finally {
        guessing.ended(code?.locator ?? '', request.ip, outcome)
      }
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/my/coupons',
    schema: { ...shared, summary: 'What the customer has and may take', response: { 200: Holdings, ...PROBLEMS } },
    handler: async (request) => {
      const now = clock.now()
      const holderId = await phoneHolder(store, request, now)
      const found = await store.holdings({ of: { holderId }, storeId: null, now })
      if (!found.ok) throw new RequestProblem(409, found.reason, 'nothing can be shown')
      return found.value
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/my/acquisitions',
    schema: {
      ...shared,
      summary: 'Take a coupon, or redeem a code, once for each acquisitionId',
      body: MyAcquisitionRequest,
      response: { 200: AcquisitionResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const holderId = await phoneHolder(store, request, clock.now())
      const { acquisitionId, campaignId, code } = request.body
      const intent = contentHash({ holderId, campaignId: campaignId ?? null, code: code ?? null })
      if (!intent) throw invalidRequest('the request cannot be compared')
      const asked = { acquisitionId, ...(campaignId === undefined ? {} : { campaignId }) }
      return guessingCodes(code, `holder ${holderId}`, request.ip, async (keys) =>
        firstAnswer(
          await commits.submit({
            kind: 'give',
            holderId,
            by: 'customer',
            request: asked,
            ...(keys ? { code: keys } : {}),
            intentHash: intent,
          }),
        ),
      )
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/my/staff-code',
    schema: {
      ...shared,
      summary: 'A code by which staff find this customer, whose card is lost',
      description: 'Good for five minutes; one that this customer’s phones showed before stops working.',
      response: { 200: MyStaffCode, ...PROBLEMS },
    },
    handler: async (request) => {
      const now = clock.now()
      const holderId = await phoneHolder(store, request, now)
      const code = newPresentationCode(ids)
      const expiresAt = now + PRESENTATION_MS
      await store.presentPhone({ tokenHash: presentationHash(code), holderId, expiresAt, now })
      return { code, expiresAt: new Date(expiresAt).toISOString() }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/my/sign-out',
    schema: {
      ...shared,
      summary: 'End the session of this phone',
      response: { 200: z.object({ done: z.literal(true) }), ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const token = phoneToken(request)
      if (token) {
        mustBeOurs(request)
        await store.endPhoneSession(token)
      }
      clearPhoneCookie(request, reply)
      return { done: true as const }
    },
  })
}
