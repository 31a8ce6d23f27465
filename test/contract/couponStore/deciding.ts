import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { DecisionCommand } from '../../../server/store/commands.ts'
import { DAY } from '../../server/fixture.ts'
import { type MakeStore, newMedium, objective, storeWorld } from './world.ts'

/** Batches of decisions, and redemptions in them. */
export function deciding(make: MakeStore): void {
  const world = storeWorld(make)
  const { campaign, coupon, decide, held, redeem, redeemCommand, rollbackCommand, search, usable } = world
  const often = (acquisitionUses: number) => ({ limits: { acquisitionUses, holderAcquisitions: 1 } })
  const batch = async (commands: DecisionCommand[], by = world.coupons) =>
    (await by.decide(commands, world.now)).map((result) => {
      if (result.kind === 'failed') throw result.error
      return result.answer
    })
  const statuses = async (commands: DecisionCommand[]) =>
    (await batch(commands)).map((answer) =>
      answer.kind === 'decided' && 'status' in answer.response ? answer.response.status : answer.kind,
    )

  describe('a batch', () => {
    it('is decided one after another, each seeing its predecessors', async () => {
      const { medium } = await held(often(2))
      const first = redeemCommand(medium)
      const undo = rollbackCommand(first.request.redemptionId)
      const commands = [first, redeemCommand(medium), redeemCommand(medium), undo, redeemCommand(medium)]
      expect(await statuses(commands)).toEqual(['approved', 'approved', 'refused', 'decided', 'approved'])
    })

    it('a command that breaks is alone: its neighbours are decided', async () => {
      const { medium, coupon: acquisitionId } = await held(often(5))
      const broken = redeemCommand(medium, { redemptionId: null as unknown as string })
      const results = await world.coupons.decide([redeemCommand(medium), broken, redeemCommand(medium)], world.now)
      expect(results.map(({ kind }) => kind)).toEqual(['answered', 'failed', 'answered'])
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 3 }])
    })

    it('equal ids get equal answers, another intent differs', async () => {
      const { medium, coupon: acquisitionId } = await held(often(5))
      const redemptionId = uuidv7()
      const [one, two, three] = await batch([
        redeemCommand(medium, { redemptionId }),
        redeemCommand(medium, { redemptionId }),
        redeemCommand(medium, { redemptionId, objective: objective(999) }),
      ])
      expect(two).toEqual(one)
      expect(three).toEqual({ kind: 'differs' })
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 4 }])
    })

    it('of nothing is nothing', async () => {
      expect(await batch([])).toEqual([])
    })

    it('of everything that there is to decide, for many at once', async () => {
      const campaignId = await campaign({ limits: { campaignUses: 6, acquisitionUses: 1, holderAcquisitions: 1 } })
      const media = Array.from({ length: 10 }, newMedium)
      const taken = await batch(
        media.map((medium) => ({
          kind: 'acquire' as const,
          station: world.at(),
          medium,
          request: { acquisitionId: uuidv7(), campaignId },
          intentHash: new Uint8Array(32),
        })),
      )
      expect(taken).toMatchObject(media.map(() => ({ response: { status: 'acquired' } })))
      expect(await statuses(media.map((medium) => redeemCommand(medium)))).toEqual(
        media.map((_, index) => (index < 6 ? 'approved' : 'refused')),
      )
      expect(await world.counts(campaignId)).toMatchObject({ uses: 6 })
    })
  })

  describe('a redemption', () => {
    it('by ids consumes one use each, all or nothing', async () => {
      const medium = newMedium()
      const a = await coupon(await campaign(), medium)
      const b = await coupon(await campaign({ conditions: [{ kind: 'min_spend', amount: 9_999 }] }), medium)
      expect(await redeem(medium, { select: { acquisitionIds: [a, b] } })).toMatchObject({
        status: 'refused',
        reason: 'min_spend_not_met',
        failingAcquisitionId: b,
        bestRemaining: { lines: [{ acquisitionId: a }], totalDiscount: 100 },
        lines: [],
      })
      expect(await usable(medium)).toEqual([{ acquisitionId: a, usesLeft: 1 }])
      expect(await redeem(medium, { select: { acquisitionIds: [a] } })).toMatchObject({
        status: 'approved',
        totalDiscount: 100,
        state: 'active',
      })
      expect(await usable(medium)).toEqual([])
    })

    it('by best takes the best combination at that moment', async () => {
      const medium = newMedium()
      const a = await coupon(await campaign(), medium)
      const b = await coupon(await campaign({ benefit: { kind: 'percent_off', basisPoints: 2_000 } }), medium)
      const answer = await redeem(medium)
      expect(answer).toMatchObject({ status: 'approved', totalDiscount: 300 })
      expect(answer.lines.map(({ acquisitionId }) => acquisitionId).sort()).toEqual([a, b].sort())
    })

    it('is refused by name, and consumes nothing', async () => {
      const { medium, coupon: mine } = await held()
      const { coupon: theirs } = await held()
      const refusal = async (more: Parameters<typeof redeem>[1]) => {
        const answer = await redeem(medium, more)
        return answer.status === 'refused' ? answer.reason : answer.status
      }
      expect(await refusal({ select: { acquisitionIds: [mine] }, expectedTotalDiscount: 150 })).toBe('offer_changed')
      expect(await refusal({ select: { acquisitionIds: [theirs] } })).toBe('not_held')
      expect(await usable(medium)).toEqual([{ acquisitionId: mine, usesLeft: 1 }])
      expect(await refusal({})).toBe('approved')
      expect(await refusal({ select: { acquisitionIds: [mine] } })).toBe('already_used')
      expect(await redeem(newMedium())).toMatchObject({ status: 'refused', reason: 'medium_unknown' })
    })

    it('counts limits: campaign, holder, holder and business day', async () => {
      const limits = { campaignUses: 2, acquisitionUses: 1, holderAcquisitions: 1 }
      const campaignId = await campaign({ limits })
      const media = [newMedium(), newMedium(), newMedium()]
      for (const medium of media) await coupon(campaignId, medium)
      const answers = []
      for (const medium of media) answers.push((await redeem(medium)).status)
      expect(answers).toEqual(['approved', 'approved', 'refused'])
      expect((await search(media[2]!)).unusable).toMatchObject([{ reason: 'campaign_limit_reached' }])

      const daily = {
        acquisitionUses: 5,
        holderAcquisitions: 1,
        holderUses: 2,
        holderPeriod: { period: 'day', uses: 1 },
      }
      const { medium, coupon: acquisitionId } = await held({ limits: daily } as object)
      const use = async () => {
        const answer = await redeem(medium, { select: { acquisitionIds: [acquisitionId] } })
        return answer.status === 'refused' ? answer.reason : answer.status
      }
      expect([await use(), await use()]).toEqual(['approved', 'holder_limit_reached'])
      world.advance(DAY)
      expect(await use()).toBe('approved')
      world.advance(DAY)
      expect(await use()).toBe('holder_limit_reached')
    })

    it('under an id older than what is remembered is refused, and not kept', async () => {
      const { medium } = await held()
      const redemptionId = `018${uuidv7().slice(3)}`
      expect(await redeem(medium, { redemptionId })).toMatchObject({ status: 'refused', reason: 'too_old' })
      expect(await world.coupons.redemption(redemptionId)).toBeNull()
    })

    it('is remembered after the store was closed and opened', async () => {
      const { medium } = await held()
      const command = redeemCommand(medium)
      const answer = await decide(command)
      const again = await world.open()
      expect(await decide(command, again)).toEqual(answer)
      expect(await again.redemption(command.request.redemptionId)).toMatchObject({
        storeId: 'north',
        response: { status: 'approved' },
      })
      expect(await again.redemption(uuidv7())).toBeNull()
    })

    it('of another store under the same id differs', async () => {
      const { medium } = await held()
      const command = redeemCommand(medium)
      await decide(command)
      expect(await decide({ ...command, station: world.at('south') })).toEqual({ kind: 'differs' })
    })
  })

  describe('a search', () => {
    it('says what can be used, what cannot and why, and what a stack would give; it consumes nothing', async () => {
      const medium = newMedium()
      const [a, b] = [await coupon(await campaign(), medium), await coupon(await campaign(), medium)]
      const dear = await campaign({ conditions: [{ kind: 'min_spend', amount: 9_999 }] })
      await coupon(dear, medium)
      const query = { station: world.at(), objective: objective(), entry: 'tap', now: world.now } as const
      const [one, stranger] = await world.coupons.search([
        { ...query, medium, select: { acquisitionIds: [a, b] } },
        { ...query, medium: newMedium() },
      ])
      expect(one?.usable.map(({ acquisitionId }) => acquisitionId).sort()).toEqual([a, b].sort())
      expect(one?.unusable).toMatchObject([{ campaignId: dear, reason: 'min_spend_not_met' }])
      expect(one?.selection).toMatchObject({ status: 'approvable', totalDiscount: 200 })
      expect(stranger).toMatchObject({ usable: [], unusable: [{ reason: 'medium_unknown' }], best: [] })
      expect(await usable(medium)).toHaveLength(2)
    })
  })

  describe('hash keys that rotate', () => {
    it('a medium known by its old key is kept under the new one from its next tap', async () => {
      const { medium: old, coupon: acquisitionId } = await held(often(5))
      const newKey = { v: 2, key: 'cd'.repeat(32) }
      const both = { ok: true, value: { ...old.value, keys: [newKey, ...old.value.keys] } } as const
      const onlyNew = { ok: true, value: { ...old.value, keys: [newKey] } } as const
      expect(await usable(both)).toEqual([{ acquisitionId, usesLeft: 5 }])
      expect(await usable(onlyNew)).toEqual([])
      await redeem(both)
      expect(await usable(onlyNew)).toEqual([{ acquisitionId, usesLeft: 4 }])
    })
  })

  describe('two processes', () => {
    it('neither approves after one has suspended', async () => {
      const { medium, campaignId, coupon: acquisitionId } = await held(often(5))
      const other = await world.open()
      expect(await usable(medium, other)).toEqual([{ acquisitionId, usesLeft: 5 }])
      await world.act(campaignId, 'suspend')
      expect(await decide(redeemCommand(medium), other)).toMatchObject({ response: { status: 'refused' } })
      await world.act(campaignId, 'resume')
      expect(await decide(redeemCommand(medium), other)).toMatchObject({ response: { status: 'approved' } })
    })

    it('never pass a limit together', async () => {
      const campaignId = await campaign({ limits: { campaignUses: 7, acquisitionUses: 1, holderAcquisitions: 1 } })
      const media = Array.from({ length: 20 }, newMedium)
      for (const medium of media) await coupon(campaignId, medium)
      const other = await world.open()
      const answers = await Promise.all(
        media.map((medium, index) => decide(redeemCommand(medium), index % 2 ? other : world.coupons)),
      )
      const approved = answers.filter((answer) => answer.kind === 'decided' && answer.response.status === 'approved')
      expect(approved).toHaveLength(7)
    })

    it('never give one use twice', async () => {
      const { medium } = await held(often(3))
      const other = await world.open()
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => decide(redeemCommand(medium), index % 2 ? other : world.coupons)),
      )
      const approved = answers.filter((answer) => answer.kind === 'decided' && answer.response.status === 'approved')
      expect(approved).toHaveLength(3)
      expect(await usable(medium)).toEqual([])
    })

    it('answer one id once', async () => {
      const { medium, coupon: acquisitionId } = await held(often(5))
      const other = await world.open()
      const command = redeemCommand(medium)
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => decide(command, index % 2 ? other : world.coupons)),
      )
      for (const answer of answers) expect(answer).toEqual(answers[0])
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 4 }])
    })
  })
}
