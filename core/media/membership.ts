import type { StationSettings } from '../contract/stations.ts'
import { hasGs1CheckDigit, upcAsEan13 } from './gtin.ts'

/**
 * The membership number in a scanned or keyed code by the store's rules, or null when the code is not one (a product's
 * barcode, a mistyped number): then it identifies nobody. A rule matches when prefix, length in characters (prefix
 * included) and check digit are right; one is enough; no rules means that every code is a number. Nothing is cut off,
 * so an integrator that sends the whole code means the same medium; UPC-A comes back as EAN-13, and rules are tried on
 * both, because scanners are set to send either.
 */
export function membershipNumber(decoded: string, rules: StationSettings['membershipRules']): string | null {
  const number = upcAsEan13(decoded)
  if (rules.length === 0) return number === '' ? null : number
  const isUpcA = /^0\d{12}$/.test(number) && hasGs1CheckDigit(number)
  const spellings = isUpcA ? [number, number.slice(1)] : [number]
  const matches = rules.some((rule) =>
    spellings.some(
      (spelling) =>
        spelling.startsWith(rule.prefix) &&
        spelling.length >= rule.minLength &&
        spelling.length <= rule.maxLength &&
        (rule.checkDigit === 'none' || hasGs1CheckDigit(spelling)),
    ),
  )
  return matches ? number : null
}
