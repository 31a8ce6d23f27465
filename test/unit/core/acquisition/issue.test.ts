import { expect, it } from 'vitest'
import { issuedOn, type Occasion } from '../../../../core/acquisition/issue.ts'
import type { Campaign } from '../../../../core/campaigns/campaign.ts'
import { CampaignRules, type IssueRule } from '../../../../core/campaigns/rules.ts'

const FIRST = '01a19467-e801-7002-8000-000000000001'
const SECOND = '01a19467-e802-7002-8000-000000000002'

function campaign(campaignId: string, issue: readonly IssueRule[], state: Campaign['state'] = 'approved'): Campaign {
  const rules = CampaignRules.parse({
    title: campaignId,
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2027-01-01T00:00:00Z',
    issue,
  })
  return { campaignId, version: 1, state, title: campaignId, titles: {}, rules }
}

const occasion = (changes: Partial<Occasion>): Occasion => ({
  firstVisit: false,
  redeemed: [],
  spend: null,
  currency: null,
  ...changes,
})

const ids = (campaigns: readonly Campaign[], of: Partial<Occasion>) =>
  issuedOn(campaigns, occasion(of)).map(({ campaignId }) => campaignId)

it('a first visit brings what is for first visits', () => {
  const campaigns = [campaign('b', [{ on: 'first_visit' }]), campaign('a', [{ on: 'first_visit' }]), campaign('c', [])]
  expect(ids(campaigns, { firstVisit: true })).toEqual(['a', 'b'])
  expect(ids(campaigns, {})).toEqual([])
})

it('a redemption brings what is for it: of one campaign, of any, from a sum on', () => {
  const campaigns = [
    campaign('after-first', [{ on: 'redemption', campaignIds: [FIRST] }]),
    campaign('after-any', [{ on: 'redemption', campaignIds: [] }]),
    campaign('from-3000', [{ on: 'redemption', campaignIds: [], minSpend: 3_000 }]),
  ]
  expect(ids(campaigns, { redeemed: [SECOND], spend: 2_999, currency: 'JPY' })).toEqual(['after-any'])
  expect(ids(campaigns, { redeemed: [FIRST], spend: 3_000, currency: 'JPY' })).toEqual([
    'after-any',
    'after-first',
    'from-3000',
  ])
  expect(ids(campaigns, { redeemed: [FIRST], spend: 3_000, currency: 'USD' })).toEqual(['after-any', 'after-first'])
  expect(ids(campaigns, { redeemed: [], spend: 3_000, currency: 'JPY' })).toEqual([])
})

it('what is not approved, or not understood, is issued to nobody', () => {
  const rule: IssueRule = { on: 'first_visit' }
  const unknown = { ...campaign('x', [rule]), rules: null }
  expect(
    ids([campaign('s', [rule], 'suspended'), campaign('d', [rule], 'draft'), unknown], { firstVisit: true }),
  ).toEqual([])
})
