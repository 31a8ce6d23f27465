import type { Params } from '../contract/problem.ts'
import type { StationSettings } from '../contract/stations.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import { applicationIdentifier } from './gs1/applicationIdentifiers.ts'
import type { Gs1Message } from './gs1/elementString.ts'
import { gs1Message, gtinOf } from './gs1/message.ts'
import { hasGs1CheckDigit, upcAsEan13 } from './gtin.ts'
import type { RawMedium } from './medium.ts'

type MembershipRule = StationSettings['membershipRules'][number]

/** Why a code that `membershipMedium` does not take identifies nobody; `membership: false` picks its own words. */
export const NO_MEMBERSHIP_NUMBER: { readonly reason: ReasonCode; readonly params: Params } = {
  reason: 'medium_unknown',
  params: { membership: false },
}

/**
 * The medium that a reader or an integrator named, by the store's membership rules; null when it identifies nobody.
 *
 * - A membership number is a `barcode`, whichever symbol carried it: some scanners tell a QR code from a bar code and
 *   some do not, and the customer is the same.
 * - `barcode`: any other is nobody where the store has rules.
 * - `qr`: any other stands for itself, but the QR code of a product (a GS1 message with a GTIN) is nobody.
 * - Everything else is no code and stays as it is.
 */
export function membershipMedium(raw: RawMedium, rules: StationSettings['membershipRules']): RawMedium | null {
  if (rules.length === 0 || (raw.type !== 'barcode' && raw.type !== 'qr')) return raw
  const number = membershipNumber(raw.identifier, rules)
  if (number !== null) return { type: 'barcode', identifier: number }
  if (raw.type === 'barcode') return null
  const message = gs1Message(raw.identifier)
  return message !== null && gtinOf(message) !== null ? null : raw
}

/**
 * The membership number in a scanned or keyed code by the store's rules, or null when the code is not one (a product's
 * barcode, a mistyped number): then it identifies nobody. The first rule that matches decides; no rules means that every
 * code is a number.
 *
 * A rule matches when prefix, length in characters (prefix included) and check digit are right. Nothing is cut off, so
 * an integrator that sends the whole code means the same medium; UPC-A comes back as EAN-13, and rules are tried on
 * both, because scanners are set to send either.
 *
 * A rule with an AI looks at that element's value in a GS1 element string or Digital Link, and the value alone is the
 * number: the same from GS1-128, GS1 DataMatrix, a GS1 QR code or a link. Where a scanner may have swallowed the
 * separators, only an element whose place and length are certain counts: the first one, of an AI of fixed length or
 * under a rule with one length. Otherwise what follows could be taken into somebody else's number.
 */
export function membershipNumber(decoded: string, rules: StationSettings['membershipRules']): string | null {
  const number = upcAsEan13(decoded)
  if (rules.length === 0) return number === '' ? null : number
  const isUpcA = /^0\d{12}$/.test(number) && hasGs1CheckDigit(number)
  const spellings = isUpcA ? [number, number.slice(1)] : [number]
  const message = rules.some(({ ai }) => ai !== undefined) ? gs1Message(decoded) : null
  for (const rule of rules) {
    if (rule.ai === undefined) {
      if (spellings.some((spelling) => isRight(spelling, rule))) return number
    } else {
      const value = message && numberInMessage(message, rule)
      if (value !== null) return value
    }
  }
  return null
}

function numberInMessage(message: Gs1Message, rule: MembershipRule): string | null {
  if (rule.ai === undefined) return null
  const certain = applicationIdentifier(rule.ai)?.fixed || rule.minLength === rule.maxLength
  const elements = message.ambiguous ? (certain ? message.elements.slice(0, 1) : []) : message.elements
  return elements.find(({ ai, value }) => ai === rule.ai && isRight(value, rule))?.value ?? null
}

function isRight(number: string, rule: MembershipRule): boolean {
  return (
    number.startsWith(rule.prefix) &&
    number.length >= rule.minLength &&
    number.length <= rule.maxLength &&
    (rule.checkDigit === 'none' || hasGs1CheckDigit(number))
  )
}
