import fc from 'fast-check'
import type { z } from 'zod'
import type { Benefit, CampaignRules } from '../../../core/campaigns/rules.ts'
import type { ObjectiveItem } from '../../../core/objective.ts'
import type { QualifyInput } from '../../../core/qualification/model.ts'
import { acquisitionId, campaignId, campaignOf, held, inputOf, line } from './shop.ts'

const CATEGORIES = ['bakery', 'dairy', 'drinks']

const items = fc.subarray(CATEGORIES, { minLength: 1 }).map((categories): { categories: string[] } => ({ categories }))

const optionalItems = fc.option(items, { nil: undefined })
const basisPoints = fc.integer({ min: 1, max: 10_000 })
const amount = fc.integer({ min: 1, max: 600 })

const benefit: fc.Arbitrary<z.input<typeof Benefit>> = fc.oneof(
  fc.record({ kind: fc.constant('amount_off' as const), amount, items: optionalItems }),
  fc.record({
    kind: fc.constant('percent_off' as const),
    basisPoints,
    cap: fc.option(amount, { nil: undefined }),
    items: optionalItems,
  }),
  fc.record({
    kind: fc.constant('fixed_price' as const),
    price: fc.integer({ min: 0, max: 300 }),
    items,
    maxPieces: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('free_item' as const), items, pieces: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    kind: fc.constant('buy_x_get_y' as const),
    buy: fc.integer({ min: 1, max: 2 }),
    get: fc.integer({ min: 1, max: 2 }),
    basisPoints,
    items,
    maxSets: fc.integer({ min: 1, max: 2 }),
  }),
)

const rules: fc.Arbitrary<Partial<z.input<typeof CampaignRules>>> = fc.record({
  benefit,
  priority: fc.integer({ min: 0, max: 2 }),
  stacking: fc.record({
    mode: fc.constantFrom('stackable' as const, 'stackable' as const, 'stackable' as const, 'exclusive' as const),
    group: fc.constantFrom(undefined, undefined, 'x', 'y'),
  }),
  limits: fc.record({
    holderUses: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    campaignValue: fc.option(fc.integer({ min: 50, max: 1_000 }), { nil: undefined }),
  }),
})

/** `even`: every line's total is a multiple of its pieces, so that a piece has an exact price. */
export function basketItems(even: boolean): fc.Arbitrary<ObjectiveItem[]> {
  const one = fc.record({
    category: fc.constantFrom(...CATEGORIES),
    unitPrice: fc.integer({ min: 0, max: 400 }),
    pieces: fc.integer({ min: 0, max: 3 }),
    off: even ? fc.constant(0) : fc.integer({ min: 0, max: 5 }),
    discountable: fc.constantFrom(true, true, true, false),
  })
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((lines) =>
    lines.map(({ category, unitPrice, pieces, off, discountable }, index) =>
      line(`l${index}`, unitPrice, pieces, {
        category,
        lineTotal: Math.max(0, unitPrice * pieces - off),
        discountable,
      }),
    ),
  )
}

/** A holder with up to `campaigns` campaigns and up to two coupons of each, at a counter. */
export function wallet({ campaigns = 5, even = true } = {}): fc.Arbitrary<QualifyInput> {
  return fc
    .record({
      rules: fc.array(rules, { minLength: 1, maxLength: campaigns }),
      owned: fc.array(fc.record({ campaign: fc.nat({ max: campaigns - 1 }), expiresIn: fc.constantFrom(null, 1, 2) }), {
        minLength: 1,
        maxLength: campaigns + 2,
      }),
      items: basketItems(even),
      posDiscount: fc.constantFrom(0, 0, 0, 100),
    })
    .map(({ rules: all, owned, items: lines, posDiscount }) => {
      const sum = lines.reduce((total, { lineTotal }) => total + lineTotal, 0)
      const input = inputOf({
        campaigns: all.map((one, index) => campaignOf(index, one)),
        items: lines,
        objective: { total: Math.max(0, sum - posDiscount) },
      })
      const acquisitions = owned
        .filter(({ campaign }) => campaign < all.length)
        .map(({ campaign, expiresIn }, index) =>
          held(index, {
            acquisitionId: acquisitionId(index),
            campaignId: campaignId(campaign),
            expiresAt: expiresIn === null ? null : input.now + expiresIn * 86_400_000,
          }),
        )
      return { ...input, acquisitions }
    })
}
