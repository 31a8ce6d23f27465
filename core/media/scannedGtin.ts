import type { StationSettings } from '../contract/stations.ts'
import { gs1Message, gtinOf } from './gs1/message.ts'
import { gtin14Of } from './gtin.ts'
import type { RawMedium } from './medium.ts'
import { membershipMedium } from './membership.ts'

/**
 * The GTIN-14 of a product whose code was scanned; null: the code is somebody's membership number, or no product's. A
 * store without membership rules takes every code for a customer's, so nothing is a product there.
 */
export function scannedGtin(raw: RawMedium, rules: StationSettings['membershipRules']): string | null {
  if (rules.length === 0 || (raw.type !== 'barcode' && raw.type !== 'qr')) return null
  if (membershipMedium(raw, rules) !== null) return null
  const message = gs1Message(raw.identifier)
  return (message && gtinOf(message)) ?? gtin14Of(raw.identifier)
}
