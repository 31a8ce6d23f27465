import type { Benefit } from '../campaigns/rules.ts'
import { canonicalJson } from '../canonicalJson.ts'
import type { Offer } from './offer.ts'

const benefitTexts = new WeakMap<Benefit, string>()

function benefitText(benefit: Benefit): string {
  const known = benefitTexts.get(benefit)
  if (known !== undefined) return known
  const text = canonicalJson(benefit)
  benefitTexts.set(benefit, text)
  return text
}

/**
 * Equal for coupons that do the same to any basket, in any company: the same benefit on the same lines, of one campaign or,
 * where no limit is near and no group holds them apart, of several. Twins are interchangeable but for expiry and id.
 */
export function twinKey({ campaign, rules, eligible, headroom }: Omit<Offer, 'twinKey'>): string {
  const { mode, group } = rules.stacking
  const limited = headroom.uses !== Number.POSITIVE_INFINITY || headroom.value !== Number.POSITIVE_INFINITY
  const apart = limited ? campaign.campaignId : ''
  return `${benefitText(rules.benefit)} ${eligible.join(',')} ${mode} ${group ?? ''} ${apart}`
}
