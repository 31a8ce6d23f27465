import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Benefit, Condition } from '../../core/campaigns/rules.ts'
import { OPERATOR_ROLES } from '../../core/contract/sessions.ts'
import { canonicalMedium } from '../../core/media/canonical.ts'
import { MEDIUM_TYPES } from '../../core/media/medium.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { sampleFiles } from '../../tools/makeSampleData.ts'
import { withCheckDigit } from '../../tools/sampleData/ids.ts'

const chain = loadSampleChain()
const rules = chain.campaigns.map((campaign) => campaign.rules)
const media = chain.holders.flatMap((holder) => holder.media)
const acquisitions = chain.holders.flatMap((holder) => holder.acquisitions)
const campaignById = new Map(chain.campaigns.map((campaign) => [campaign.campaignId, campaign]))
const isEan13 = (digits: string) => digits.length === 13 && withCheckDigit(digits.slice(0, -1)) === digits

describe('the files of resources/sample', () => {
  const folder = new URL('../../resources/sample/', import.meta.url)

  it('are what the generator writes, byte for byte, and nothing else', () => {
    const files = sampleFiles()
    for (const [name, text] of files) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text)
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toEqual([...files.keys()].sort())
  })
})

describe('the sample chain', () => {
  it('has three stores, one of which is open past midnight, forty customers and every role', () => {
    expect(chain.stores).toHaveLength(3)
    expect(chain.stores.filter((store) => store.businessDayStartHour > 0)).toHaveLength(1)
    expect(chain.holders).toHaveLength(40)
    expect(new Set(chain.operators.map(({ role }) => role))).toEqual(new Set(OPERATOR_ROLES))
    expect(chain.operators.filter(({ role }) => role === 'cashier').length).toBeGreaterThanOrEqual(2)
  })

  it('gives everything an id, a name or a medium of its own', () => {
    const lists = [
      chain.stores.map(({ storeId }) => storeId),
      chain.operators.map(({ operatorId }) => operatorId),
      chain.operators.map(({ name }) => name),
      chain.operators.map(({ pin }) => pin),
      chain.campaigns.map(({ campaignId }) => campaignId),
      chain.holders.map(({ holderId }) => holderId),
      chain.holders.map(({ name }) => name),
      acquisitions.map(({ acquisitionId }) => acquisitionId),
      [...media, ...chain.extraMedia].map(({ sampleId }) => sampleId),
      [...media, ...chain.extraMedia].map(({ type, identifier }) => `${type} ${identifier}`),
      chain.baskets.map(({ basketId }) => basketId),
      chain.categories.map(({ category }) => category),
    ]
    for (const list of lists) expect(new Set(list).size).toBe(list.length)
  })

  it('exercises every kind of benefit and condition', () => {
    expect(new Set(rules.map(({ benefit }) => benefit.kind))).toEqual(
      new Set(Benefit.options.map((option) => option.shape.kind.value)),
    )
    expect(new Set(rules.flatMap(({ conditions }) => conditions.map(({ kind }) => kind)))).toEqual(
      new Set(Condition.options.map((option) => option.shape.kind.value)),
    )
  })

  it('names items by number and by category, caps a percentage, and crosses midnight', () => {
    const filters = rules.flatMap(({ benefit }) => ('items' in benefit && benefit.items ? [benefit.items] : []))
    expect(filters.some(({ gtins }) => gtins.length > 0)).toBe(true)
    expect(filters.some(({ categories }) => categories.length > 0)).toBe(true)
    expect(rules.some(({ benefit }) => benefit.kind === 'percent_off' && benefit.cap !== undefined)).toBe(true)
    const conditions = rules.flatMap((rule) => rule.conditions)
    expect(conditions.some((one) => one.kind === 'hours' && one.until <= one.from)).toBe(true)
    expect(conditions.some((one) => one.kind === 'media' && one.types.length > 0 && one.entries.length > 0)).toBe(true)
  })

  it('exercises every limit, both ways to stack and both offline policies', () => {
    const limits = rules.map((rule) => rule.limits)
    for (const limit of ['campaignUses', 'campaignValue', 'holderUses', 'circulation'] as const) {
      expect(
        limits.some((one) => one[limit] !== undefined),
        limit,
      ).toBe(true)
    }
    expect(limits.some(({ acquisitionUses }) => acquisitionUses > 1)).toBe(true)
    expect(limits.some(({ holderAcquisitions }) => holderAcquisitions > 1)).toBe(true)
    expect(new Set(limits.flatMap(({ holderPeriod }) => holderPeriod?.period ?? []))).toEqual(
      new Set(['day', 'week', 'month']),
    )
    expect(new Set(rules.map(({ stacking }) => stacking.mode))).toEqual(new Set(['exclusive', 'stackable']))
    const groups = rules.flatMap(({ stacking }) => stacking.group ?? [])
    expect(groups.length).toBeGreaterThan(new Set(groups).size)
    expect(rules.some(({ priority }) => priority > 0)).toBe(true)
    expect(new Set(rules.map(({ offline }) => offline.mode))).toEqual(new Set(['require_online', 'prefer_online']))
    expect(rules.some(({ offline }) => offline.maxValue !== undefined)).toBe(true)
  })

  it.each(['2020-01-01T00:00:00Z', '2026-11-22T03:00:00Z', '2099-06-01T00:00:00Z'])(
    'has a dozen campaigns that are valid on %s',
    (day) => {
      const at = Date.parse(day)
      const valid = chain.campaigns.filter(
        ({ state, rules: { validFrom, validUntil } }) =>
          state === 'approved' && Date.parse(validFrom) <= at && at < Date.parse(validUntil),
      )
      expect(valid.length).toBeGreaterThanOrEqual(12)
    },
  )

  it('has one campaign in each other state, one that is over and one that is still to come', () => {
    expect(new Set(chain.campaigns.map(({ state }) => state))).toEqual(
      new Set(['approved', 'suspended', 'ended', 'submitted', 'draft']),
    )
    const approved = chain.campaigns.filter(({ state }) => state === 'approved').map((campaign) => campaign.rules)
    expect(approved.some(({ validUntil }) => validUntil < '2026-11-01')).toBe(true)
    expect(approved.some(({ validFrom }) => validFrom > '2098')).toBe(true)
  })

  it('has every title in Japanese', () => {
    for (const { title, titles } of rules) expect(titles.ja, title).toMatch(/[\p{Script=Hiragana}\p{Script=Han}]/u)
    for (const { labels } of chain.categories) expect(labels.ja).toBeTruthy()
    for (const { names } of chain.baskets) expect(names.ja).toBeTruthy()
  })

  it('was approved by another person than the author', () => {
    const roleOf = new Map(chain.operators.map(({ operatorId, role }) => [operatorId, role]))
    for (const { authorId, approverId, state } of chain.campaigns) {
      expect(roleOf.get(authorId)).toBe('planner')
      if (state === 'draft' || state === 'submitted') expect(approverId).toBeNull()
      else expect(roleOf.get(approverId ?? '')).toBe('approver')
    }
  })

  it('holds only coupons that could have been acquired', () => {
    const issued = new Map<string, number>()
    for (const holder of chain.holders) {
      const held = new Map<string, number>()
      for (const { campaignId, usesLeft } of holder.acquisitions) {
        const campaign = campaignById.get(campaignId)
        if (!campaign) throw new Error(`no campaign ${campaignId}`)
        expect(campaign.approverId).not.toBeNull()
        expect(usesLeft ?? 0).toBeLessThanOrEqual(campaign.rules.limits.acquisitionUses)
        held.set(campaignId, (held.get(campaignId) ?? 0) + 1)
        issued.set(campaignId, (issued.get(campaignId) ?? 0) + 1)
      }
      for (const [campaignId, count] of held) {
        expect(count).toBeLessThanOrEqual(campaignById.get(campaignId)?.rules.limits.holderAcquisitions ?? 0)
      }
    }
    for (const [campaignId, count] of issued) {
      expect(count).toBeLessThanOrEqual(campaignById.get(campaignId)?.rules.limits.circulation ?? count)
    }
  })

  it('names only stores, categories and products that exist', () => {
    const storeIds = new Set(chain.stores.map(({ storeId }) => storeId))
    const categories = new Set(chain.categories.map(({ category }) => category))
    const lines = chain.baskets.flatMap(({ purchase }) => purchase.lines)
    const gtins = new Set(lines.map(({ gtin }) => gtin))
    for (const { benefit, conditions } of rules) {
      for (const part of [benefit, ...conditions]) {
        if (part.kind === 'stores') for (const storeId of part.storeIds) expect(storeIds).toContain(storeId)
        if (!('items' in part) || !part.items) continue
        for (const category of part.items.categories) expect(categories).toContain(category)
        for (const gtin of part.items.gtins) expect(gtins).toContain(gtin)
      }
    }
    for (const { category } of lines) expect(categories).toContain(category)
  })

  it('has media of every type, long UIDs, two media of one holder and a blocked one', () => {
    expect(new Set(media.map(({ type }) => type))).toEqual(new Set(MEDIUM_TYPES))
    const uidBytes = media.filter(({ type }) => type === 'nfc-uid').map(({ identifier }) => identifier.length / 2)
    expect(new Set(uidBytes)).toEqual(new Set([7, 10]))
    expect(chain.holders.some((holder) => holder.media.length > 1)).toBe(true)
    expect(media.filter(({ blocked }) => blocked)).toHaveLength(1)
    for (const { type, identifier } of media) if (type === 'barcode') expect(identifier).toSatisfy(isEan13)
  })

  it('has baskets that add up, of products no shop sells', () => {
    expect(chain.baskets.length).toBeGreaterThanOrEqual(5)
    for (const { purchase } of chain.baskets) {
      for (const { gtin, quantity, unitPrice, lineTotal } of purchase.lines) {
        expect(gtin).toMatch(/^952/)
        expect(gtin).toSatisfy(isEan13)
        expect(lineTotal).toBe(unitPrice * quantity.value)
      }
      expect(purchase.total).toBe(purchase.lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0))
    }
  })

  it('registers only media that identify somebody, and shows those that do not', () => {
    const verdict = (medium: (typeof chain.extraMedia)[number]) => {
      const canonical = canonicalMedium(medium, { acceptNonUniqueUids: false })
      return canonical.ok ? 'identifies' : canonical.reason
    }
    for (const medium of media) expect(verdict(medium), medium.sampleId).toBe('identifies')
    expect(Object.fromEntries(chain.extraMedia.map((medium) => [medium.note, verdict(medium)]))).toEqual({
      unknown: 'identifies',
      unstable: 'medium_unstable',
      'not unique': 'medium_not_unique',
    })
  })
})
