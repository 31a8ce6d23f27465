import { describe, expect, it } from 'vitest'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { formOf, rulesOf } from '../../../renderer/office/campaigns/form.ts'
import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'

const NOW = Date.parse('2026-11-22T00:00:00Z')
const [one, two] = ['01a19467-e8ff-7002-8000-000000000001', '01a19467-e8ff-7002-8000-000000000002']
const rules = (changes: object = {}) =>
  CampaignRules.parse({
    title: 'Tea',
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 30 },
    validFrom: '2026-01-01T00:00:00.000Z',
    validUntil: '2027-01-01T00:00:00.000Z',
    ...changes,
  })
const again = (given: CampaignRules, typed: object = {}) => rulesOf({ ...formOf(given, 'JPY', NOW), ...typed })

/** In whatever order conditions stand, and however a moment is written: the same rules. */
const plain = (of: CampaignRules) => ({
  ...of,
  conditions: [...of.conditions].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
  validFrom: Date.parse(of.validFrom),
  validUntil: Date.parse(of.validUntil),
})

describe('the form of a campaign', () => {
  it.each(loadSampleChain().campaigns.map(({ rules: of }) => [of.title, of] as const))(
    'says of “%s” what its rules say, and no more',
    (_, of) => {
      const written = again(of)
      expect(written.ok && plain(written.rules)).toEqual(plain(of))
    },
  )

  it('keeps what it has no fields for: several campaigns, and a second rule of a kind', () => {
    const issue = [
      { on: 'first_visit' },
      { on: 'redemption', campaignIds: [one, two], minSpend: 500 },
      { on: 'redemption', campaignIds: [two] },
    ]
    const given = rules({ issue })
    expect(again(given)).toEqual({ ok: true, rules: given })
  })

  it('gives a coupon by itself when an occasion is ticked, and not when it is not', () => {
    const typed = { occasions: ['first_visit', 'redemption'], issueAfter: one, issueMinSpend: '1,000' }
    expect(again(rules(), typed)).toMatchObject({
      rules: { issue: [{ on: 'first_visit' }, { on: 'redemption', campaignIds: [one], minSpend: 1_000 }] },
    })
    const given = rules({ issue: [{ on: 'first_visit' }] })
    expect(again(given, { occasions: [] })).toMatchObject({ rules: { issue: [] } })
  })

  it('has a window of its own for taking it, or none', () => {
    const given = rules({
      acquire: { by: 'code', from: '2026-02-01T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' },
    })
    expect(again(given)).toEqual({ ok: true, rules: given })
    const open = again(given, { acquireFrom: '', acquireUntil: '' })
    expect(open.ok && open.rules.acquire).toEqual({ by: 'code' })
  })

  it('names what is not right where it stands', () => {
    const typed = { occasions: ['redemption'], issueMinSpend: 'much' }
    expect(again(rules(), typed)).toEqual({ ok: false, wrong: new Set(['issue/minSpend']) })
  })
})
