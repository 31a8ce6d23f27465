import { expect, it } from 'vitest'
import { holdingsOf } from '../../../../core/acquisition/holdings.ts'
import type { Campaign } from '../../../../core/campaigns/campaign.ts'
import { CampaignRules } from '../../../../core/campaigns/rules.ts'
import type { Acquisition } from '../../../../core/qualification/model.ts'

const NOW = Date.parse('2026-07-15T00:00:00Z')

function campaign(campaignId: string, changes: object = {}, state: Campaign['state'] = 'approved'): Campaign {
  const rules = CampaignRules.parse({
    title: campaignId,
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2026-07-01T00:00:00Z',
    validUntil: '2026-09-01T00:00:00Z',
    ...changes,
  })
  return { campaignId, version: 1, state, title: campaignId, titles: {}, rules }
}

const coupon = (campaignId: string, changes: Partial<Acquisition> = {}): Acquisition => ({
  acquisitionId: `of ${campaignId}`,
  campaignId,
  usesLeft: 1,
  expiresAt: null,
  revoked: false,
  ...changes,
})

const look = (campaigns: readonly Campaign[], acquisitions: readonly Acquisition[] = [], issued = 0) => {
  const found = holdingsOf({
    campaigns: new Map(campaigns.map((one) => [one.campaignId, one])),
    acquisitions,
    now: NOW,
    isHere: ({ campaignId }) => campaignId !== 'elsewhere',
    issued: () => issued,
  })
  return {
    held: found.held.map(({ campaignId }) => campaignId),
    takeable: found.takeable.map(({ campaignId }) => campaignId),
    found,
  }
}

it('what a customer holds is what they can still use, the soonest end first', () => {
  const campaigns = ['a', 'b', 'used', 'revoked', 'over'].map((id) => campaign(id))
  const held = [
    coupon('a'),
    coupon('b', { expiresAt: NOW + 1_000 }),
    coupon('used', { usesLeft: 0 }),
    coupon('revoked', { revoked: true }),
    coupon('over', { expiresAt: NOW }),
  ]
  expect(look(campaigns, held).held).toEqual(['b', 'a'])
})

it('a coupon of a suspended campaign is there with its reason; of an ended one it is not', () => {
  const campaigns = [campaign('paused', {}, 'suspended'), campaign('gone', {}, 'ended')]
  const { found } = look(campaigns, [coupon('paused'), coupon('gone')])
  expect(found.held).toMatchObject([{ campaignId: 'paused', reason: 'suspended', reasonGroup: 'campaign' }])
})

it('what they may take leaves out what they have, what is elsewhere, given, needs a code, or was given out', () => {
  const campaigns = [
    campaign('free'),
    campaign('had'),
    campaign('elsewhere'),
    campaign('given', { acquire: { by: 'given' } }),
    campaign('coded', { acquire: { by: 'code' } }),
    campaign('gone', { limits: { circulation: 5 } }),
    campaign('soon', { acquire: { until: '2026-07-16T00:00:00Z', lastsDays: 7 } }),
  ]
  const { takeable, found } = look(campaigns, [coupon('had', { usesLeft: 0 })], 5)
  expect(takeable).toEqual(['soon', 'free'])
  expect(found.takeable[0]).toMatchObject({ takeUntil: '2026-07-16T00:00:00Z', lastsDays: 7 })
})
