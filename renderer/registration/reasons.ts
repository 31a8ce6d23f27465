import type { TFunction } from 'i18next'
import en from '../../resources/locales/en/customer.json' with { type: 'json' }

type Known = keyof typeof en.refused

/** Why something did not work, in words for a customer: what they can do about it. */
export function customerReason(t: TFunction, reason: string): string {
  const known = Object.hasOwn(en.refused, reason) && reason !== 'title' ? (reason as Known) : 'other'
  return t(`customer.refused.${known}`)
}
