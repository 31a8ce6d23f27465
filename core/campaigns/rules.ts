import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Entry, MediumType } from '../media/medium.ts'
import { Amount, Currency } from '../money.ts'

/** Bumped when a kind of benefit, condition or limit is added; a counter that does not know one refuses that campaign. */
export const RULES_VERSION = 1

const Gtins = z.array(z.string().regex(/^\d{8,14}$/)).max(10_000)
const Categories = z.array(z.string().min(1).max(64)).max(1_000)

/** Which lines a benefit or a condition speaks of; both lists empty means every line. */
export const ItemFilter = z.object({ gtins: Gtins.default([]), categories: Categories.default([]) })
export type ItemFilter = z.infer<typeof ItemFilter>

const BasisPoints = z.int().min(1).max(10_000)

export const Benefit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('amount_off'), amount: Amount.min(1), items: ItemFilter.optional() }),
  z.object({
    kind: z.literal('percent_off'),
    basisPoints: BasisPoints,
    /** The discount never exceeds this. */
    cap: Amount.min(1).optional(),
    items: ItemFilter.optional(),
  }),
  /** Each matching piece is sold at `price`; at most `maxPieces`, dearest first. */
  z.object({
    kind: z.literal('fixed_price'),
    price: Amount,
    items: ItemFilter,
    maxPieces: z.int().min(1).max(1_000).default(1),
  }),
  /** `pieces` of the matching items are free, dearest first. */
  z.object({ kind: z.literal('free_item'), items: ItemFilter, pieces: z.int().min(1).max(1_000).default(1) }),
  /** For every `buy + get` matching pieces, the `get` cheapest are reduced; at most `maxSets` times. */
  z.object({
    kind: z.literal('buy_x_get_y'),
    buy: z.int().min(1).max(1_000),
    get: z.int().min(1).max(1_000),
    basisPoints: BasisPoints.default(10_000),
    items: ItemFilter,
    maxSets: z.int().min(1).max(1_000).default(1),
  }),
])
export type Benefit = z.infer<typeof Benefit>

/** 1 = Monday … 7 = Sunday (ISO 8601). */
const Weekday = z.int().min(1).max(7)
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)

export const Condition = z.discriminatedUnion('kind', [
  /** At least one matching line must be bought. */
  z.object({ kind: z.literal('items'), items: ItemFilter, minPieces: z.int().min(1).max(1_000).default(1) }),
  /** Matching lines neither count nor are discounted. */
  z.object({ kind: z.literal('excluded_items'), items: ItemFilter }),
  /** The lines that are left after exclusions must cost at least this. */
  z.object({ kind: z.literal('min_spend'), amount: Amount }),
  z.object({ kind: z.literal('stores'), storeIds: z.array(z.string().min(1).max(64)).min(1).max(10_000) }),
  z.object({ kind: z.literal('weekdays'), weekdays: z.array(Weekday).min(1).max(7) }),
  /** In the store's time zone, `from` inclusive, `until` exclusive; `until` ≤ `from` crosses midnight. */
  z.object({ kind: z.literal('hours'), from: LocalTime, until: LocalTime }),
  z.object({
    kind: z.literal('media'),
    types: z.array(MediumType).max(6).default([]),
    entries: z.array(Entry).max(4).default([]),
  }),
])
export type Condition = z.infer<typeof Condition>

export const Limits = z.object({
  /** Redemptions of the whole campaign. */
  campaignUses: z.int().min(1).max(1_000_000_000).optional(),
  /** Discount the whole campaign may give, minor units. */
  campaignValue: Amount.min(1).optional(),
  holderUses: z.int().min(1).max(1_000_000).optional(),
  /** Per holder within the store's business day, ISO week or month. */
  holderPeriod: z.object({ period: z.enum(['day', 'week', 'month']), uses: z.int().min(1).max(1_000_000) }).optional(),
  /** Uses of one acquisition. */
  acquisitionUses: z.int().min(1).max(1_000_000).default(1),
  /** Acquisitions one holder may have. */
  holderAcquisitions: z.int().min(1).max(1_000).default(1),
  /** Acquisitions that may be issued (circulation). */
  circulation: z.int().min(1).max(1_000_000_000).optional(),
})
export type Limits = z.infer<typeof Limits>

export const Stacking = z.object({
  /** `exclusive` combines with nothing. */
  mode: z.enum(['exclusive', 'stackable']).default('stackable'),
  /** At most one coupon of a group in one redemption. */
  group: z.string().min(1).max(64).optional(),
})

export const OfflineMode = z.enum(['require_online', 'prefer_online'])
export type OfflineMode = z.infer<typeof OfflineMode>

/**
 * How a customer may have identified themselves for an approval without the server, who could say more about a weak
 * medium than a copy can. Empty: any that the other side of the policy (store, campaign) accepts.
 */
export const offlineStrength = {
  entries: z.array(Entry).max(4).default([]),
  mediumTypes: z.array(MediumType).max(6).default([]),
}

/** In Stripe's and Square's terms; `maxValue` caps one offline redemption's discount, minor units. */
export const OfflinePolicy = z.object({
  mode: OfflineMode.default('prefer_online'),
  maxValue: Amount.optional(),
  ...offlineStrength,
})
export type OfflinePolicy = z.infer<typeof OfflinePolicy>

/** How and when customers come by a coupon; when it can be used is `validFrom` and `validUntil`. */
export const AcquireTerms = z.object({
  /** `anyone` who taps; whoever has a `code` of one of its lists; or nobody, because it is only `given`: by staff, lists, `issue`. */
  by: z.enum(['anyone', 'code', 'given']).default('anyone'),
  /** First moment and the moment after the last; absent: `validFrom`, `validUntil`. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  /** The coupon's own end: so many times 24 hours after it was acquired, never beyond `validUntil`. */
  lastsDays: z.int().min(1).max(3_650).optional(),
})
export type AcquireTerms = z.infer<typeof AcquireTerms>

/** What gives a customer this coupon without anybody asking for it. */
export const IssueRule = z.discriminatedUnion('on', [
  /** The first time that the chain meets a customer: their medium is registered, or they use a coupon for the first time. */
  z.object({ on: z.literal('first_visit') }),
  /** A coupon of one of these campaigns (none named: of any) was used, in a purchase of at least `minSpend`. */
  z.object({
    on: z.literal('redemption'),
    campaignIds: z.array(Uuid7).max(100).default([]),
    minSpend: Amount.min(1).optional(),
  }),
])
export type IssueRule = z.infer<typeof IssueRule>

/** What a campaign promises and on which conditions: the document that a second person approves. */
export const CampaignRules = z.object({
  rulesVersion: z.literal(RULES_VERSION).default(RULES_VERSION),
  title: z.string().trim().min(1).max(200),
  /** The title in other languages, by BCP 47 tag. */
  titles: z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().max(200)).default({}),
  description: z.string().max(2_000).optional(),
  currency: Currency,
  benefit: Benefit,
  conditions: z.array(Condition).max(50).default([]),
  limits: Limits.default(() => Limits.parse({})),
  stacking: Stacking.default(() => Stacking.parse({})),
  /** Higher is preferred among equal totals. */
  priority: z.int().min(-1_000).max(1_000).default(0),
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  offline: OfflinePolicy.default(() => OfflinePolicy.parse({})),
  acquire: AcquireTerms.default(() => AcquireTerms.parse({})),
  issue: z.array(IssueRule).max(10).default([]),
})
export type CampaignRules = z.infer<typeof CampaignRules>

/** Rules as they travel: `title` and `currency` can be read by any version, the rest may be newer than the reader. */
export const WireRules = z.looseObject({ rulesVersion: z.int(), title: z.string() })
export type WireRules = z.infer<typeof WireRules>
