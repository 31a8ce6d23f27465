import { describe, expect, it } from 'vitest'
import type { Campaign } from '../../core/campaigns/campaign.ts'
import type { Qualification } from '../../core/qualification/model.ts'
import { qualify } from '../../core/qualification/qualify.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'

const chain = loadSampleChain()

const campaigns = new Map(
  chain.campaigns.map(({ campaignId, state, rules }): [string, Campaign] => [
    campaignId,
    { campaignId, version: 1, state, title: rules.title, titles: rules.titles, rules },
  ]),
)

/** A sample customer presents their first medium in the first store with a sample basket. */
function present(holderName: string, basketId: string, when: string, offline = false): Qualification {
  const holder = chain.holders.find(({ name }) => name === holderName)
  const basket = chain.baskets.find((one) => one.basketId === basketId)
  const [store] = chain.stores
  const medium = holder?.media[0]
  if (!holder || !basket || !store || !medium) throw new Error('no such sample')
  return qualify({
    campaigns,
    acquisitions: holder.acquisitions.map(({ acquisitionId, campaignId, usesLeft }) => {
      const rules = campaigns.get(campaignId)?.rules
      return {
        acquisitionId,
        campaignId,
        usesLeft: usesLeft ?? rules?.limits.acquisitionUses ?? 0,
        expiresAt: null,
        revoked: false,
      }
    }),
    usage: new Map(),
    objective: {
      ...basket.purchase,
      taxIncluded: true,
      items: basket.purchase.lines.map((line) => ({ ...line, discountable: true })),
      store,
      medium: { type: medium.type, entry: medium.type === 'barcode' || medium.type === 'qr' ? 'scan' : 'tap' },
    },
    now: Date.parse(when),
    offline,
  })
}

const titles = (coupons: readonly { readonly title: string }[]) => coupons.map(({ title }) => title.split(':')[0])
const reasons = (answer: Qualification) => new Set(answer.unusable.map(({ reason }) => reason))

/** Sunday noon, Friday night and the first morning of a year, in Tokyo. */
const times = ['2026-11-22T03:00:00Z', '2026-11-27T14:00:00Z', '2026-12-31T19:00:00Z', '2040-02-29T03:00:00Z']

describe.each(times)('the stories of the sample chain at %s', (when) => {
  it('Haruka: many coupons, the best five together, the others with their reasons', () => {
    const answer = present('Haruka Sato', 'lunch', when)
    expect(answer.usable).toHaveLength(6)
    expect(answer.best).toMatchObject({ totalDiscount: 573, exact: true })
    expect(answer.best.lines).toHaveLength(5)
    for (const reason of ['min_spend_not_met', 'no_matching_item', 'wrong_store', 'expired'] as const) {
      expect(reasons(answer)).toContain(reason)
    }
  })

  it('Kenta: nothing usable, each for another reason', () => {
    const answer = present('Kenta Suzuki', 'weekly', when)
    expect(answer.usable).toEqual([])
    expect(reasons(answer)).toEqual(
      new Set(['wrong_store', 'expired', 'not_yet_valid', 'suspended', 'ended', 'uses_exhausted']),
    )
  })

  it('Yui: alone or together, whichever is more', () => {
    expect(present('Yui Takahashi', 'lunch', when).best).toMatchObject({ totalDiscount: 423 })
    expect(present('Yui Takahashi', 'lunch', when).best.lines).toHaveLength(3)
    expect(present('Yui Takahashi', 'weekly', when).best).toMatchObject({ totalDiscount: 400 })
    expect(present('Yui Takahashi', 'weekly', when).best.lines).toHaveLength(1)
  })

  it('Takumi: a limited coupon, never without the server', () => {
    expect(titles(present('Takumi Ito', 'weekly', when).usable)).toContain('First 100 customers')
    const offline = present('Takumi Ito', 'weekly', when, true)
    expect(titles(offline.usable)).not.toContain('First 100 customers')
    expect(reasons(offline)).toEqual(new Set(['offline_not_allowed']))
  })

  it('Aoi: known, with nothing to use', () => {
    expect(present('Aoi Watanabe', 'lunch', when)).toMatchObject({ usable: [], unusable: [] })
  })

  it('Hina: one coupon of a group at a time', () => {
    const answer = present('Hina Kato', 'weekly', when)
    expect(answer.usable).toHaveLength(4)
    expect(answer.best).toMatchObject({ totalDiscount: 1_500 })
    expect(answer.best.lines).toHaveLength(2)
  })

  it('Yuto: three of one coupon', () => {
    const answer = present('Yuto Yoshida', 'breakfast', when)
    expect(titles(answer.usable)).toEqual(['Full stamp card', 'Full stamp card', 'Full stamp card'])
    expect(answer.best.totalDiscount).toBe(450)
  })

  it('tobacco and gift cards are never reduced', () => {
    for (const { name } of chain.holders.slice(0, 10)) expect(present(name, 'kiosk', when).usable).toEqual([])
  })
})
