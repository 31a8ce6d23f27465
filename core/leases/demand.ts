import type { CampaignRules } from '../campaigns/rules.ts'
import { MOST_LEASE_USES } from '../contract/leases.ts'
import type { Amount } from '../money.ts'
import type { LeaseRoom } from './draw.ts'

const HOUR_MS = 3_600_000

/** How long a station should be able to go on without the server before it has to be asked again. */
export const REFILL_HORIZON_HOURS = 8

/** Wanted by a station that has not seen the campaign yet: enough for the first customers after the line breaks. */
export const LEAST_WANTED_USES = 5

/** Uses of one campaign at this station in one hour of the epoch, online and offline. */
export interface HourOfUse {
  /** Whole hours since 1970. */
  readonly hour: number
  readonly uses: number
  readonly value: Amount
}

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS)

export interface Wanted {
  readonly wantUses: number
  readonly wantValue?: Amount
}

/**
 * What a station should ask for of one campaign, or null while it has enough. Sized by demand: the rate of the last one to
 * two hours or of the last day, whichever is higher, over `REFILL_HORIZON_HOURS`, at least `LEAST_WANTED_USES` and at
 * most `MOST_LEASE_USES`; asked for when half of that or less is left. Under a budget the same holds for the value, at the
 * mean discount of the last day, else what the benefit says.
 */
export function wantedLease(
  rules: CampaignRules,
  held: LeaseRoom,
  recent: readonly HourOfUse[],
  now: number,
): Wanted | null {
  const thisHour = hourOf(now)
  const uses = { lately: 0, today: 0 }
  let value = 0
  for (const past of recent) {
    const age = thisHour - past.hour
    if (age < 0 || age >= 24) continue
    uses.today += past.uses
    value += past.value
    if (age <= 1) uses.lately += past.uses
  }
  const perHour = Math.max(uses.lately, uses.today / 24)
  const target = Math.min(MOST_LEASE_USES, Math.max(LEAST_WANTED_USES, Math.ceil(perHour * REFILL_HORIZON_HOURS)))
  const budget = rules.limits.campaignValue
  const perUse = uses.today > 0 ? Math.max(1, Math.ceil(value / uses.today)) : likelyDiscount(rules)
  const targetValue = perUse === null ? null : target * perUse

  const enoughUses = held.uses > Math.floor(target / 2)
  const enoughValue = budget === undefined || (targetValue === null ? held.value > 0 : held.value > targetValue / 2)
  if (enoughUses && enoughValue) return null
  const wantUses = Math.max(1, target - held.uses)
  if (budget === undefined || targetValue === null) return { wantUses }
  return { wantUses, wantValue: Math.max(perUse ?? 1, targetValue - held.value) }
}

/** What one use probably takes off where nothing is known yet; null: that depends on what is bought. */
function likelyDiscount({ benefit }: CampaignRules): Amount | null {
  switch (benefit.kind) {
    case 'amount_off':
      return benefit.amount
    case 'percent_off':
      return benefit.cap ?? null
    case 'fixed_price':
    case 'free_item':
    case 'buy_x_get_y':
      return null
  }
}

/** Whether the whole campaign is limited, so that a station needs a lease to approve alone. */
export function needsLease({ limits, offline }: CampaignRules): boolean {
  return offline.mode !== 'require_online' && isLimitedAsAWhole(limits)
}

export function isLimitedAsAWhole(limits: CampaignRules['limits']): boolean {
  return limits.campaignUses !== undefined || limits.campaignValue !== undefined
}
