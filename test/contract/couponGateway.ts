import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { CouponGateway, GatewayResult } from '../../core/ports/couponGateway.ts'

/** What the other end of a gateway does with the next call. */
export type Scene =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body: unknown
      readonly headers?: Record<string, string>
    }
  /** Our header is missing, or the answer sends somewhere else. */
  | {
      readonly kind: 'foreign'
      readonly status: number
      readonly body: string
      readonly headers?: Record<string, string>
    }
  | { readonly kind: 'ours'; readonly status: number; readonly body: string }
  | { readonly kind: 'refuseConnection' }
  | { readonly kind: 'resetOnce'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'silent' }
  | { readonly kind: 'slowHeaders' }
  | { readonly kind: 'slowBody' }
  | { readonly kind: 'huge' }

export interface GatewayRig {
  readonly gateway: CouponGateway
  play(scene: Scene): void
  /** Requests that arrived since `play`: path and headers, lower-case names. */
  arrived(): readonly {
    readonly path: string
    readonly headers: Readonly<Record<string, unknown>>
    readonly body: string
  }[]
}

const redemptionId = uuidv7()
const approved = {
  redemptionId,
  changeSeq: 1,
  status: 'approved',
  lines: [],
  totalDiscount: 0,
  state: 'active',
}
const request = {
  redemptionId,
  medium: { keys: [{ v: 1, key: 'a'.repeat(64) }] },
  objective: { currency: 'JPY', taxIncluded: true, items: [], total: 0 },
  select: 'best' as const,
  entry: 'tap' as const,
}
const problem = (status: number, reason?: string) => ({
  type: 'about:blank',
  title: 'no',
  status,
  ...(reason ? { reason } : {}),
})

const unreachable = (cause: string) => ({ kind: 'unreachable', cause })

/** What every `CouponGateway` promises. `deadlineMs` is the longest that any of its calls may take here. */
export function couponGatewayContract(name: string, rig: () => GatewayRig, deadlineMs: number): void {
  const redeem = (scene: Scene): Promise<GatewayResult<unknown>> => {
    rig().play(scene)
    return rig().gateway.redeem(request)
  }

  describe(`${name}: sorting what comes back`, () => {
    it('a decision is answered, whatever it says', async () => {
      expect(await redeem({ kind: 'answer', status: 200, body: approved })).toEqual({
        kind: 'answered',
        answer: approved,
      })
    })

    it('a reason and a field that this program does not know are kept and ignored', async () => {
      const body = {
        ...approved,
        status: 'refused',
        reason: 'moon_phase',
        reasonGroup: 'customer',
        params: {},
        later: 1,
      }
      expect(await redeem({ kind: 'answer', status: 200, body })).toMatchObject({
        kind: 'answered',
        answer: { status: 'refused', reason: 'moon_phase' },
      })
    })

    it.each([400, 404, 409, 413, 422])('%i of ours is a final rejection with its reason', async (status) => {
      const body = problem(status, 'invalid_request')
      expect(await redeem({ kind: 'answer', status, body })).toEqual({ kind: 'rejected', problem: body })
    })

    it.each([401, 403])('%i of ours revokes', async (status) => {
      expect(await redeem({ kind: 'answer', status, body: problem(status) })).toEqual({ kind: 'revoked' })
    })

    it('403 about this operator rejects this one thing', async () => {
      const body = problem(403, 'operator_not_allowed')
      expect(await redeem({ kind: 'answer', status: 403, body })).toMatchObject({ kind: 'rejected' })
    })

    it('429 waits as told', async () => {
      const headers = { 'retry-after': '3' }
      expect(await redeem({ kind: 'answer', status: 429, body: problem(429), headers })).toEqual({
        kind: 'throttled',
        retryAfterMs: 3_000,
      })
    })

    it('429 until a date is a pause by the server’s clock, whatever ours shows', async () => {
      const headers = { date: 'Sat, 01 Jan 2000 00:00:00 GMT', 'retry-after': 'Sat, 01 Jan 2000 00:00:07 GMT' }
      expect(await redeem({ kind: 'answer', status: 429, body: problem(429), headers })).toEqual({
        kind: 'throttled',
        retryAfterMs: 7_000,
      })
    })

    it.each([500, 502, 503])('%i is unreachable, ours or not', async (status) => {
      expect(await redeem({ kind: 'answer', status, body: problem(status) })).toEqual(unreachable('server_error'))
      expect(await redeem({ kind: 'foreign', status, body: '<h1>Bad gateway</h1>' })).toEqual(
        unreachable('server_error'),
      )
    })
  })

  describe(`${name}: what is not our server`, () => {
    it.each([200, 401, 403, 404, 429])('a captive portal that answers %i', async (status) => {
      expect(await redeem({ kind: 'foreign', status, body: '<!doctype html><p>Accept the terms' })).toEqual(
        unreachable('not_ours'),
      )
    })

    it.each([301, 302, 307])('a redirect %i is not followed: nobody else sees the token', async (status) => {
      const headers = { location: '/elsewhere' }
      expect(await redeem({ kind: 'foreign', status, body: '', headers })).toEqual(unreachable('not_ours'))
      expect(
        rig()
          .arrived()
          .map(({ path }) => path),
      ).toEqual(['/v1/redemptions'])
    })

    it.each(['', 'nonsense', '{"redemptionId":1}', '[]', '{"status":"approved"'])(
      'our header over %j says nothing',
      async (body) => {
        expect(await redeem({ kind: 'ours', status: 200, body })).toEqual(unreachable('server_error'))
      },
    )
  })

  describe(`${name}: within the deadline`, () => {
    it.each(['silent', 'slowHeaders', 'slowBody'] as const)('%s', async (kind) => {
      const began = performance.now()
      expect(await redeem({ kind })).toEqual(unreachable('deadline'))
      expect(performance.now() - began).toBeLessThan(deadlineMs * 2)
    })

    it('no connection', async () => {
      expect(await redeem({ kind: 'refuseConnection' })).toEqual(unreachable('connection'))
    })

    it('a connection that broke once is tried once more, with the same id', async () => {
      expect(await redeem({ kind: 'resetOnce', status: 200, body: approved })).toMatchObject({ kind: 'answered' })
      const ids = rig()
        .arrived()
        .map(({ body }) => (JSON.parse(body) as { redemptionId: string }).redemptionId)
      expect(ids).toEqual([redemptionId, redemptionId])
    })

    it('an answer without end is not read to its end', async () => {
      expect((await redeem({ kind: 'huge' })).kind).toBe('unreachable')
    })
  })

  describe(`${name}: every route`, () => {
    it('says which contract it speaks, and who it is', async () => {
      await redeem({ kind: 'answer', status: 200, body: approved })
      expect(rig().arrived()[0]?.headers).toMatchObject({
        'tapcoupon-contract': '1',
        authorization: 'Bearer secret-token',
      })
    })

    it('a redemption that the server never heard of is null', async () => {
      rig().play({ kind: 'answer', status: 404, body: problem(404) })
      expect(await rig().gateway.redemption(redemptionId)).toEqual({ kind: 'answered', answer: null })
      rig().play({ kind: 'foreign', status: 404, body: 'not here' })
      expect(await rig().gateway.redemption(redemptionId)).toEqual(unreachable('not_ours'))
    })

    it('changes are asked for by cursor', async () => {
      const body = {
        changes: [{ kind: 'of tomorrow', changeSeq: 1, x: 1 }],
        cursor: 'c2',
        more: false,
        asOf: '2026-11-22T00:00:00Z',
      }
      rig().play({ kind: 'answer', status: 200, body })
      expect(await rig().gateway.changes('a+b/c')).toEqual({ kind: 'answered', answer: body })
      expect(
        rig()
          .arrived()
          .map(({ path }) => path),
      ).toEqual(['/v1/sync/changes?cursor=a%2Bb%2Fc'])
    })

    it('search, rollback, settle and enrol ask where the contract says', async () => {
      const { gateway } = rig()
      const body = problem(400)
      rig().play({ kind: 'answer', status: 400, body })
      const { redemptionId: _, select: _s, ...search } = request
      await gateway.search(search)
      await gateway.rollback(redemptionId, { rollbackId: uuidv7(), reason: 'x' })
      await gateway.settle([])
      await gateway.enrol({ code: 'c', publicKey: 'p', handshakeVersion: 1 })
      expect(
        rig()
          .arrived()
          .map(({ path }) => path),
      ).toEqual(['/v1/search', `/v1/redemptions/${redemptionId}/rollback`, '/v1/sync/events', '/v1/stations/enrol'])
    })
  })
}
