import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { accepted } from '../../core/outcome.ts'
import { pinVerifier } from '../../server/auth/pins.ts'
import type {
  DecisionCommand,
  PresentedMedium,
  RedeemCommand,
  RollbackCommand,
  StationContext,
} from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import type { FeedPlace } from '../../server/store/feedPlace.ts'
import { COPY_LASTS_MS } from '../../server/store/keeping.ts'
import { systemIds } from '../../server/system.ts'

/** One database that several stores can be opened on, as several server processes would. */
export interface StoreUnderTest {
  open(): Promise<CouponStore>
  destroy(): Promise<void>
}

const store = { storeId: 'north', name: 'North', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 0 }
const settings = StationSettings.parse({})
const station: StationContext = { stationId: 'lane-1', store, settings, keepsJournal: false }
const objective = {
  currency: 'JPY',
  taxIncluded: true,
  items: [{ lineId: '1', quantity: { value: 1, scale: 0 }, unitPrice: 500, lineTotal: 500, discountable: true }],
  total: 500,
}
const NOW = Date.now()
const hash = (text: string) => Buffer.from(text.padEnd(32, '.'))

function newMedium(): PresentedMedium {
  const key = Buffer.from(systemIds.randomBytes(32)).toString('hex')
  return accepted({ type: 'qr' as const, keys: [{ v: 1, key }] })
}

const redeem = (
  medium: PresentedMedium,
  more: Partial<RedeemCommand['request']> = {},
  intent = 'same',
): RedeemCommand => ({
  kind: 'redeem',
  station,
  medium,
  request: { redemptionId: uuidv7(), objective, select: 'best', entry: 'tap', ...more },
  intentHash: hash(intent),
  mayRecall: false,
})

const rollback = (redemptionId: string): RollbackCommand => ({
  kind: 'rollback',
  by: { kind: 'station', station },
  redemptionId,
  request: { rollbackId: uuidv7(), reason: 'x' },
  intentHash: hash(redemptionId),
})

/** What every adapter of `CouponStore` promises. */
export function couponStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`CouponStore on ${name}`, () => {
    let under: StoreUnderTest
    let coupons: CouponStore
    const opened: CouponStore[] = []
    const open = async () => {
      const another = await under.open()
      opened.push(another)
      return another
    }
    beforeEach(async () => {
      under = await make()
      coupons = await open()
      await coupons.putStore({ store, settings, acceptsRawMedia: true })
    })
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close()
      await under.destroy()
    })

    const planner = { operatorId: 'p', role: 'planner' } as const
    const approver = { operatorId: 'a', role: 'approver' } as const
    const act = (campaignId: string, action: 'submit' | 'approve' | 'suspend' | 'resume') =>
      coupons.actOnCampaign({ campaignId, action, actor: action === 'submit' ? planner : approver, now: NOW })
    const campaign = async (limits: object = {}) => {
      const campaignId = uuidv7()
      const rules = CampaignRules.parse({
        title: 'Fifty off',
        currency: 'JPY',
        benefit: { kind: 'amount_off', amount: 50 },
        validFrom: '2020-01-01T00:00:00Z',
        validUntil: '2099-01-01T00:00:00Z',
        limits,
      })
      await coupons.draftCampaign({ campaignId, rules, contentHash: 'h', ...planner, now: NOW })
      await act(campaignId, 'submit')
      expect(await act(campaignId, 'approve')).toMatchObject({ ok: true, value: { state: 'approved' } })
      return campaignId
    }
    const acquire = async (campaignId: string, medium: PresentedMedium) => {
      const request = { acquisitionId: uuidv7(), campaignId }
      const [result] = await coupons.decide([{ kind: 'acquire', station, medium, request, intentHash: hash('a') }], NOW)
      expect(result).toMatchObject({ answer: { response: { status: 'acquired' } } })
      return request.acquisitionId
    }
    const decide = async (batch: DecisionCommand[], by = coupons) =>
      (await by.decide(batch, NOW)).map((result) => {
        if (result.kind === 'failed') throw result.error
        return result.answer
      })
    const statuses = async (batch: DecisionCommand[]) =>
      (await decide(batch)).map((answer) =>
        answer.kind === 'decided' && 'status' in answer.response ? answer.response.status : answer.kind,
      )
    const usesLeft = async (medium: PresentedMedium, by = coupons) =>
      (await by.search([{ station, medium, objective, entry: 'tap', now: NOW }]))[0]?.usable[0]?.usesLeft ?? 0

    it('decides a batch one after another, each seeing its predecessors', async () => {
      const medium = newMedium()
      await acquire(await campaign({ acquisitionUses: 2 }), medium)
      const first = redeem(medium)
      const batch = [first, redeem(medium), redeem(medium), rollback(first.request.redemptionId), redeem(medium)]
      expect(await statuses(batch)).toEqual(['approved', 'approved', 'refused', 'decided', 'approved'])
    })

    it('a command that breaks is alone: its neighbours are decided', async () => {
      const medium = newMedium()
      await acquire(await campaign({ acquisitionUses: 5 }), medium)
      const broken = redeem(medium, { redemptionId: null as unknown as string })
      const results = await coupons.decide([redeem(medium), broken, redeem(medium)], NOW)
      expect(results.map(({ kind }) => kind)).toEqual(['answered', 'failed', 'answered'])
      expect(await usesLeft(medium)).toBe(3)
    })

    it('equal ids of one batch get equal answers; another intent differs', async () => {
      const medium = newMedium()
      await acquire(await campaign({ acquisitionUses: 5 }), medium)
      const redemptionId = uuidv7()
      const [one, two, three] = await decide([
        redeem(medium, { redemptionId }),
        redeem(medium, { redemptionId }),
        redeem(medium, { redemptionId }, 'another intent'),
      ])
      expect(two).toEqual(one)
      expect(three).toEqual({ kind: 'differs' })
      expect(await usesLeft(medium)).toBe(4)
    })

    it('remembers a decision after it was closed and opened', async () => {
      const medium = newMedium()
      await acquire(await campaign(), medium)
      const command = redeem(medium)
      const [answer] = await decide([command])
      const again = await open()
      expect(await decide([command], again)).toEqual([answer])
      expect(await again.redemption(command.request.redemptionId)).toMatchObject({
        storeId: 'north',
        response: { status: 'approved' },
      })
      expect(await again.redemption(uuidv7())).toBeNull()
    })

    it('of two processes, neither approves after one has suspended', async () => {
      const medium = newMedium()
      const campaignId = await campaign({ acquisitionUses: 5 })
      await acquire(campaignId, medium)
      const other = await open()
      expect(await usesLeft(medium, other)).toBe(5)
      await act(campaignId, 'suspend')
      expect(await decide([redeem(medium)], other)).toMatchObject([{ response: { status: 'refused' } }])
      await act(campaignId, 'resume')
      expect(await decide([redeem(medium)], other)).toMatchObject([{ response: { status: 'approved' } }])
    })

    it('two processes never pass a limit together', async () => {
      const campaignId = await campaign({ campaignUses: 7 })
      const media = Array.from({ length: 20 }, newMedium)
      for (const medium of media) await acquire(campaignId, medium)
      const other = await open()
      const answers = await Promise.all(
        media.map((medium, index) => decide([redeem(medium)], index % 2 ? other : coupons)),
      )
      const approved = answers
        .flat()
        .filter(
          (answer) => answer.kind === 'decided' && 'status' in answer.response && answer.response.status === 'approved',
        )
      expect(approved).toHaveLength(7)
    })

    it('a rotation: a medium known by its old key is kept under the new one from its next tap', async () => {
      const old = newMedium()
      await acquire(await campaign({ acquisitionUses: 5 }), old)
      const oldKeys = old.ok ? old.value.keys : []
      const newKey = { v: 2, key: 'cd'.repeat(32) }
      const both = accepted({ type: 'qr' as const, keys: [newKey, ...oldKeys] })
      const onlyNew = accepted({ type: 'qr' as const, keys: [newKey] })
      expect(await usesLeft(both)).toBe(5)
      expect(await usesLeft(onlyNew)).toBe(0)
      await decide([redeem(both)])
      expect(await usesLeft(onlyNew)).toBe(4)
    })

    describe('the change feed', () => {
      const page = async (after: FeedPlace | null, limit: number) => {
        const answer = await coupons.changesSince({ station, after, limit, now: NOW })
        if (answer.kind !== 'page') throw new Error(answer.reason)
        return { changes: answer.changes, place: answer.place, more: answer.more }
      }
      const all = async (after: FeedPlace | null, limit: number) => {
        const changes = []
        for (let place = after; ; ) {
          const next = await page(place, limit)
          expect(next.changes.length).toBeLessThanOrEqual(limit)
          changes.push(...next.changes)
          if (!next.more) return { changes, place: next.place }
          place = next.place
        }
      }

      it('gives every entity once, as it is now, however small the pages', async () => {
        const pin = await pinVerifier('1234', systemIds, { N: 16, r: 1, p: 1 })
        await coupons.putOperator({ operatorId: 'c', name: 'Cashier', role: 'cashier', active: true, pin })
        await coupons.putOperator({ operatorId: 'p', name: 'Planner', role: 'planner', active: true, pin })
        await coupons.putStore({ store: { ...store, storeId: 'south' }, settings, acceptsRawMedia: true })
        const medium = newMedium()
        const acquisitionId = await acquire(await campaign({ acquisitionUses: 9, holderUses: 5 }), medium)
        await decide([redeem(medium), redeem(medium)])
        const draft = uuidv7()
        const rules = CampaignRules.parse({
          title: 'x',
          currency: 'JPY',
          benefit: { kind: 'amount_off', amount: 1 },
          validFrom: '2020-01-01T00:00:00Z',
          validUntil: '2099-01-01T00:00:00Z',
        })
        await coupons.draftCampaign({ campaignId: draft, rules, contentHash: 'x', ...planner, now: NOW })

        const { changes } = await all(null, 1_000)
        expect(changes.map(({ kind }) => kind).sort()).toEqual([
          'acquisition',
          'campaign',
          'holder_usage',
          'medium',
          'operator',
          'operator',
          'station',
        ])
        expect(changes.find(({ kind }) => kind === 'acquisition')).toMatchObject({ acquisitionId, usesLeft: 7 })
        expect(changes.find(({ kind }) => kind === 'holder_usage')).toMatchObject({ period: 'ever', uses: 2 })
        expect(changes.filter(({ kind }) => kind === 'operator')).toMatchObject([
          { operatorId: 'c', name: 'Cashier', active: true, pin },
          { operatorId: 'p', name: '', active: false, pin: { hash: '' } },
        ])
        expect((await all(null, 1)).changes).toEqual(changes)
        expect((await all(null, 4)).changes).toEqual(changes)
      })

      it('tells tills of a cashier who went to head office that they may not sign in any more', async () => {
        const pin = await pinVerifier('1234', systemIds, { N: 16, r: 1, p: 1 })
        const cashier = { operatorId: 'c', name: 'Cashier', role: 'cashier', active: true, pin } as const
        await coupons.putOperator(cashier)
        const { place } = await all(null, 1_000)
        await coupons.putOperator({ ...cashier, role: 'planner' })
        expect((await page(place, 10)).changes).toMatchObject([{ kind: 'operator', operatorId: 'c', active: false }])
      })

      it('a place where this database never was, or came to another way, is not one of this feed', async () => {
        await coupons.putStore({ store: { ...store, storeId: 'south' }, settings, acceptsRawMedia: true })
        const { place } = await all(null, 1_000)
        const asked = { station, limit: 10, now: NOW }
        const beyond = { ...place, position: place.position + 100 }
        expect(await coupons.changesSince({ ...asked, after: beyond })).toEqual({
          kind: 'gone',
          reason: 'cursor_foreign',
        })
        const otherWay = { ...place, epoch: '0011223344556677' }
        expect(await coupons.changesSince({ ...asked, after: otherWay })).toEqual({
          kind: 'gone',
          reason: 'cursor_foreign',
        })
      })

      it('a copy that is too old for changes is told so', async () => {
        const { place } = await all(null, 1_000)
        const asked = { station, limit: 10, after: place }
        expect(await coupons.changesSince({ ...asked, now: NOW + COPY_LASTS_MS })).toMatchObject({ kind: 'page' })
        expect(await coupons.changesSince({ ...asked, now: NOW + COPY_LASTS_MS + 1 })).toEqual({
          kind: 'gone',
          reason: 'cursor_expired',
        })
      })

      it('gives after a position only what changed since, and at its end nothing', async () => {
        const medium = newMedium()
        const acquisitionId = await acquire(await campaign(), medium)
        const { place } = await all(null, 1_000)
        expect(await page(place, 10)).toEqual({ changes: [], place, more: false })
        const [answer] = await decide([redeem(medium)])
        const { changes, place: after } = await page(place, 10)
        expect(changes).toMatchObject([{ kind: 'acquisition', acquisitionId, usesLeft: 0 }])
        expect(answer).toMatchObject({ response: { changeSeq: after.position } })
      })
    })
  })
}
