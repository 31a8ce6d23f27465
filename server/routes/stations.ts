import { verify } from 'node:crypto'
import {
  EnrolPreview,
  EnrolPreviewRequest,
  EnrolRequest,
  EnrolResponse,
  StationAnnounced,
  StationRequest,
} from '../../core/contract/stations.ts'
import { newEnrolmentCode, typedEnrolmentCode } from '../../core/enrolment/code.ts'
import { enrolmentProof } from '../../core/enrolment/proof.ts'
import type { ReasonCode } from '../../core/reasonCodes.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { ed25519Key } from '../auth/ed25519.ts'
import { newSecret, secretHash } from '../auth/secrets.ts'
import { invalidRequest, RequestProblem } from '../problems.ts'
import type { CouponStore, InvitedStation } from '../store/couponStore.ts'
import { BEARER, PROBLEMS, type Routes } from './route.ts'

const CODE_LIFETIME_MS = 60 * 60_000

/** How machines become stations. */
export const stationRoutes: Routes = (app, { store, guard, hashKeys, clock, ids }) => {
  app.route({
    method: 'POST',
    url: '/v1/stations',
    onRequest: guard('stations.administer'),
    schema: {
      summary: 'Announce a station; the code enrols one machine, once, within an hour',
      tags: ['stations'],
      security: BEARER,
      body: StationRequest,
      response: { 200: StationAnnounced, ...PROBLEMS },
    },
    handler: async (request) => {
      const { storeId, name, role } = request.body
      const stationId = ids.uuid7()
      const code = newEnrolmentCode(ids)
      const now = clock.now()
      const codeExpiresAt = now + CODE_LIFETIME_MS
      const announced = await store.announceStation({
        stationId,
        storeId,
        name,
        role,
        codeHash: secretHash(code),
        codeExpiresAt,
        announcedBy: operatorOf(request).operatorId,
        now,
      })
      if (!announced) throw invalidRequest('no store has this storeId')
      return { stationId, code, expiresAt: new Date(codeExpiresAt).toISOString() }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/enrol/preview',
    schema: {
      summary: 'What a one-time code would make of a machine; it uses nothing up',
      description:
        '401 `enrolment_unknown`, `enrolment_used` or `enrolment_expired` for a code that makes nothing any more.',
      tags: ['stations'],
      body: EnrolPreviewRequest,
      response: { 200: EnrolPreview, ...PROBLEMS },
    },
    handler: async (request) => {
      const now = clock.now()
      const invited = await invitedBy(store, codeHashOf(request.body.code))
      const isIts = request.body.publicKey !== undefined && keyOf(invited) === request.body.publicKey
      if (invited.station.state !== 'announced' && !isIts) throw refusedCode('enrolment_used')
      if (now >= invited.codeExpiresAt) throw refusedCode('enrolment_expired')
      const { name, role, store: itsStore } = invited.station
      const codeExpiresAt = new Date(invited.codeExpiresAt).toISOString()
      return { stationName: name, storeName: itsStore.name, role, codeExpiresAt }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/stations/enrol',
    schema: {
      summary: 'Become a station with a one-time code',
      description:
        'With `proof` the same machine may ask again until the code expires, where the answer was lost. 401 `enrolment_unknown`, `enrolment_used` or `enrolment_expired`.',
      tags: ['stations'],
      body: EnrolRequest,
      response: { 200: EnrolResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const publicKey = Buffer.from(request.body.publicKey, 'base64url')
      const codeHash = codeHashOf(request.body.code)
      const isProven = isProof(request.body)
      const token = newSecret(ids)
      const now = clock.now()
      const station = await store.enrolStation({ codeHash, tokenHash: secretHash(token), publicKey, isProven, now })
      if (!station) {
        const invited = await invitedBy(store, codeHash)
        throw refusedCode(invited.station.state === 'announced' ? 'enrolment_expired' : 'enrolment_used')
      }
      return {
        stationId: station.stationId,
        token,
        store: station.store,
        role: station.role,
        settings: station.settings,
        mediumHashKeys: hashKeys.map(({ v, key }) => ({ v, key: Buffer.from(key).toString('base64url') })),
      }
    },
  })
}

/** What is looked up for a code; one that was never made is looked up as it came. */
function codeHashOf(code: string): Uint8Array {
  const typed = typedEnrolmentCode(code)
  return secretHash(typed.ok ? typed.value : code)
}

const keyOf = ({ station }: InvitedStation): string | null =>
  station.publicKey && Buffer.from(station.publicKey).toString('base64url')

async function invitedBy(store: CouponStore, codeHash: Uint8Array): Promise<InvitedStation> {
  const invited = await store.stationByCode(codeHash)
  if (!invited) throw refusedCode('enrolment_unknown')
  return invited
}

/** Whether the code was signed with the key that comes along. false: it was not signed at all. */
function isProof({ code, publicKey, proof }: EnrolRequest): boolean {
  if (proof === undefined) return false
  const typed = typedEnrolmentCode(code)
  const signed = enrolmentProof(typed.ok ? typed.value : code)
  const key = ed25519Key(Buffer.from(publicKey, 'base64url'))
  if (verify(null, signed, key, Buffer.from(proof, 'base64url'))) return true
  throw invalidRequest('the proof was not made with this key')
}

const CODE_PROBLEMS = {
  enrolment_unknown: 'no station was announced with this code',
  enrolment_used: 'this code has made a station already',
  enrolment_expired: 'this code was good for an hour, which is over',
} as const satisfies Partial<Record<ReasonCode, string>>

const refusedCode = (reason: keyof typeof CODE_PROBLEMS): RequestProblem =>
  new RequestProblem(401, reason, CODE_PROBLEMS[reason])
