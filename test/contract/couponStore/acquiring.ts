import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { refused } from '../../../core/outcome.ts'
import { type MakeStore, newMedium, storeWorld } from './world.ts'

/** Coupons that customers take, and those they are given by a list. */
export function acquiring(make: MakeStore): void {
  const world = storeWorld(make)
  const { acquire, campaign, feed, usable } = world
  const reasonOf = async (...asked: Parameters<typeof acquire>) => {
    const answer = await acquire(...asked)
    if (answer.kind !== 'decided') return answer.kind
    return answer.response.status === 'refused' ? answer.response.reason : answer.response.status
  }

  describe('an acquisition', () => {
    it('is made once under its id, and answers the same; for something else it differs', async () => {
      const [campaignId, medium, acquisitionId] = [await campaign(), newMedium(), uuidv7()]
      const first = await acquire(campaignId, medium, world.at(), acquisitionId)
      expect(first).toMatchObject({ response: { status: 'acquired', acquisitionId } })
      expect(await acquire(campaignId, medium, world.at(), acquisitionId)).toEqual(first)
      expect(await acquire(campaignId, newMedium(), world.at(), acquisitionId)).toEqual({ kind: 'differs' })
      expect(await usable(medium)).toEqual([{ acquisitionId, usesLeft: 1 }])
    })

    it('is refused by name, and the refusal is kept under its id', async () => {
      const limits = { acquisitionUses: 1, holderAcquisitions: 1, circulation: 2 }
      const campaignId = await campaign({ limits })
      const [a, b, c] = [newMedium(), newMedium(), newMedium()]
      expect(await reasonOf(campaignId, a)).toBe('acquired')
      expect(await reasonOf(campaignId, a)).toBe('holder_limit_reached')
      expect(await reasonOf(campaignId, b)).toBe('acquired')
      const acquisitionId = uuidv7()
      expect(await reasonOf(campaignId, c, world.at(), acquisitionId)).toBe('campaign_limit_reached')
      expect(await reasonOf(campaignId, c, world.at(), acquisitionId)).toBe('campaign_limit_reached')
      expect(await reasonOf(campaignId, refused({ reason: 'medium_unstable', params: {} }))).toBe('medium_unstable')
      expect(await reasonOf(uuidv7(), c)).toBe('not_approved')
      expect(await reasonOf(await world.draft(), c)).toBe('not_approved')
      await world.act(campaignId, 'suspend')
      expect(await reasonOf(campaignId, c)).toBe('suspended')
      expect(await reasonOf(await campaign({ validUntil: '2021-01-01T00:00:00Z' }), c)).toBe('expired')
      expect(await reasonOf(campaignId, c, world.at(), `018${uuidv7().slice(3)}`)).toBe('too_old')
    })

    it('that is refused makes no holder', async () => {
      const full = await campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, circulation: 1 } })
      for (let n = 0; n < 2; n++) await acquire(full, newMedium())
      expect((await feed(world.at())).changes.filter(({ kind }) => kind === 'medium')).toHaveLength(1)
    })

    it('of the last of a circulation goes to one of many, whichever process they ask', async () => {
      const limits = { acquisitionUses: 1, holderAcquisitions: 1, circulation: 3 }
      const campaignId = await campaign({ limits })
      const other = await world.open()
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          world.decide(
            {
              kind: 'acquire',
              station: world.at(),
              medium: newMedium(),
              request: { acquisitionId: uuidv7(), campaignId },
              intentHash: new Uint8Array(32),
            },
            n % 2 ? other : world.coupons,
          ),
        ),
      )
      const acquired = answers.filter((one) => one.kind === 'decided' && one.response.status === 'acquired')
      expect(acquired).toHaveLength(3)
    })

    it('two taps of a new card through two processes make one holder', async () => {
      const medium = newMedium()
      const campaigns = [await campaign(), await campaign(), await campaign(), await campaign()]
      const other = await world.open()
      await Promise.all(
        campaigns.map((campaignId, n) =>
          world.decide(
            {
              kind: 'acquire',
              station: world.at(),
              medium,
              request: { acquisitionId: uuidv7(), campaignId },
              intentHash: new Uint8Array(32),
            },
            n % 2 ? other : world.coupons,
          ),
        ),
      )
      expect(await usable(medium)).toHaveLength(4)
      expect((await feed(world.at())).changes.filter(({ kind }) => kind === 'medium')).toHaveLength(1)
    })
  })

  describe('holders from a list', () => {
    const holders = (campaignId: string, count: number) =>
      Array.from({ length: count }, () => ({
        holderId: uuidv7(),
        media: [{ medium: newMedium(), blocked: false }],
        acquisitions: [
          { acquisitionId: uuidv7(), campaignId },
          { acquisitionId: uuidv7(), campaignId, usesLeft: 3 },
        ],
      }))

    it('are there with media and coupons, with the uses that the rules say or the list', async () => {
      const campaignId = await campaign({ limits: { acquisitionUses: 2, holderAcquisitions: 5 } })
      const [one, two] = holders(campaignId, 2)
      await world.coupons.importHolders([one!, two!], world.now)
      for (const holder of [one!, two!]) {
        const expected = holder.acquisitions.map(({ acquisitionId }, n) => ({
          acquisitionId,
          usesLeft: n === 0 ? 2 : 3,
        }))
        const found = await usable(holder.media[0]!.medium)
        expect(found.toSorted(byId)).toEqual(expected.toSorted(byId))
      }
    })

    it('that are there already are left as they are', async () => {
      const campaignId = await campaign()
      const [one] = holders(campaignId, 1)
      await world.coupons.seedHolder(one!, world.now)
      await world.redeem(one!.media[0]!.medium)
      const before = await feed(world.at())
      await world.coupons.importHolders([one!, one!], world.now)
      await world.coupons.seedHolder(one!, world.now)
      expect((await feed(world.at())).changes).toEqual(before.changes)
    })

    it('an id that a list gave is nobody’s to acquire', async () => {
      const campaignId = await campaign()
      const [one] = holders(campaignId, 1)
      await world.coupons.seedHolder(one!, world.now)
      const { acquisitionId } = one!.acquisitions[0]!
      expect(await acquire(campaignId, newMedium(), world.at(), acquisitionId)).toEqual({ kind: 'differs' })
    })

    it('thousands come in commits of at most 5,000 rows, while others decide', async () => {
      const campaignId = await campaign()
      const medium = newMedium()
      const mine = await world.coupon(
        await campaign({ limits: { acquisitionUses: 1_000, holderAcquisitions: 1 } }),
        medium,
      )
      let isImporting = true
      const importing = world.coupons.importHolders(holders(campaignId, 4_000), world.now).finally(() => {
        isImporting = false
      })
      const positions = [await world.coupons.changePosition()]
      let between = 0
      while (isImporting) {
        await world.redeem(medium, { select: { acquisitionIds: [mine] } })
        positions.push(await world.coupons.changePosition())
        between += 1
        await new Promise(setImmediate)
      }
      await importing
      expect(between).toBeGreaterThan(1)
      const { changes } = await feed(world.at())
      expect(changes.filter(({ kind }) => kind === 'acquisition')).toHaveLength(8_001)
      expect(changes.filter(({ kind }) => kind === 'medium')).toHaveLength(4_001)
    })
  })
}

function byId(a: { readonly acquisitionId: string }, b: { readonly acquisitionId: string }): number {
  return a.acquisitionId < b.acquisitionId ? -1 : 1
}
