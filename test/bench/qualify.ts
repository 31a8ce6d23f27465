import type { z } from 'zod'
import { readCampaign } from '../../core/campaigns/campaign.ts'
import { type Benefit, CampaignRules } from '../../core/campaigns/rules.ts'
import type { Acquisition, QualifyInput } from '../../core/qualification/model.ts'
import { qualify } from '../../core/qualification/qualify.ts'
import { decideRedemption } from '../../core/redemption/decide.ts'
import type { Report } from './report.ts'

const COUPONS = 200
const CATEGORIES = ['bakery', 'dairy', 'drinks', 'fruit', 'household', 'meat']

/** Deciding with 200 coupons on a 12-line basket: a mixed wallet, and wallets that are hard to prune. */
export async function run(report: Report): Promise<void> {
  for (const [wallet, benefitOf] of Object.entries(WALLETS)) {
    const input = walletOf(benefitOf)
    const { best, usable } = qualify(input)
    const times: number[] = []
    for (let turn = 0; turn < 300; turn++) {
      const started = performance.now()
      decideRedemption(input, 'best')
      times.push(performance.now() - started)
    }
    times.sort((a, b) => a - b)
    const detail = { coupons: COUPONS, usable: usable.length, lines: 12, exact: best.exact, total: best.totalDiscount }
    report({ row: `decide_200_p50_ms.${wallet}`, value: times[150] ?? 0, unit: 'ms', detail })
    report({ row: `decide_200_p99_ms.${wallet}`, value: times[297] ?? 0, unit: 'ms' })
  }
}

type BenefitOf = (index: number) => z.input<typeof Benefit>

const WALLETS: Readonly<Record<string, BenefitOf>> = {
  mixed: (index) => {
    const items = { categories: [CATEGORIES[index % CATEGORIES.length] ?? ''] }
    switch (index % 7) {
      case 0:
        return { kind: 'amount_off', amount: 50 + index }
      case 1:
        return { kind: 'percent_off', basisPoints: 300 + index * 5, cap: 400 }
      case 2:
        return { kind: 'fixed_price', price: 80 + (index % 30), items, maxPieces: 2 }
      case 3:
        return { kind: 'free_item', items }
      case 4:
        return { kind: 'buy_x_get_y', buy: 1, get: 1, items, maxSets: 2 }
      case 5:
        return { kind: 'percent_off', basisPoints: 1_000 + index * 3, items }
      default:
        return { kind: 'amount_off', amount: 30 + index, items }
    }
  },
  percents: (index) => ({ kind: 'percent_off', basisPoints: 300 + index * 7 }),
  category_percents: (index) => ({
    kind: 'percent_off',
    basisPoints: 500 + index * 7,
    items: { categories: [CATEGORIES[index % CATEGORIES.length] ?? '', CATEGORIES[(index + 2) % 5] ?? ''] },
  }),
  equal_amounts: () => ({ kind: 'amount_off', amount: 100 }),
  items: (index) => {
    const items = { categories: [CATEGORIES[index % 4] ?? '', CATEGORIES[(index + 1) % 6] ?? ''] }
    return index % 2 === 0
      ? { kind: 'buy_x_get_y', buy: 1 + (index % 2), get: 1, basisPoints: 2_000 + index * 10, items, maxSets: 3 }
      : { kind: 'fixed_price', price: 60 + (index % 50), items, maxPieces: 1 + (index % 3) }
  },
}

function walletOf(benefitOf: BenefitOf): QualifyInput {
  const campaigns = Array.from({ length: COUPONS }, (_, index) =>
    readCampaign({
      campaignId: id('8', index),
      version: 1,
      state: 'approved',
      rules: CampaignRules.parse({
        title: `Coupon ${index}`,
        currency: 'JPY',
        benefit: benefitOf(index),
        conditions: [
          { kind: 'min_spend', amount: 500 },
          { kind: 'weekdays', weekdays: [1, 2, 3, 4, 5, 6, 7] },
          { kind: 'excluded_items', items: { categories: ['tobacco'] } },
        ],
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2027-01-01T00:00:00Z',
      }),
    }),
  )
  const acquisitions = campaigns.map(
    ({ campaignId }, index): Acquisition => ({
      acquisitionId: id('9', index),
      campaignId,
      usesLeft: 1,
      expiresAt: Date.UTC(2026, 11, 1 + (index % 30)),
      revoked: false,
    }),
  )
  const items = Array.from({ length: 12 }, (_, index) => {
    const pieces = 1 + (index % 3)
    const unitPrice = 98 + index * 47
    return {
      lineId: `line-${index}`,
      category: index === 11 ? 'tobacco' : CATEGORIES[index % CATEGORIES.length],
      quantity: { value: pieces, scale: 0 },
      unitPrice,
      lineTotal: unitPrice * pieces,
      discountable: true,
    }
  })
  return {
    campaigns: new Map(campaigns.map((campaign) => [campaign.campaignId, campaign])),
    acquisitions,
    usage: new Map(),
    objective: {
      currency: 'JPY',
      taxIncluded: true,
      items,
      total: items.reduce((sum, { lineTotal }) => sum + lineTotal, 0),
      store: { storeId: 's1', name: 'Bench', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 5 },
      medium: { type: 'felica-idm', entry: 'tap' },
    },
    now: Date.UTC(2026, 10, 22),
    offline: false,
  }
}

function id(variant: string, index: number): string {
  return `01900000-0000-7000-${variant}000-${String(index).padStart(12, '0')}`
}
