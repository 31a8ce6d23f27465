import { validatorCompiler as byZod } from 'fastify-type-provider-zod'
import { RedemptionRequest, type SaleRef } from '../core/contract/redemptions.ts'
import { SearchRequest } from '../core/contract/search.ts'
import { ENTRIES, type KeyedMedium, MEDIUM_TYPES, type MediumKey } from '../core/media/medium.ts'
import { MAX_AMOUNT } from '../core/money.ts'
import type { Objective, ObjectiveItem } from '../core/objective.ts'
import { MAX_STACK, type Select } from '../core/redemption/model.ts'

/**
 * Redemptions and searches as counters send them, read without zod, which takes five times as long and is asked about all
 * others. A test holds both to the same: whatever one of these does not answer null to, zod reads as the same.
 */

type Fields = Readonly<Record<string, unknown>>

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const KEY = /^[0-9a-f]{64}$/
const GTIN = /^\d{8,14}$/
const CURRENCY = /^[A-Z]{3}$/
const MOST_ITEMS = 500
const MOST_KEYS = 4
const LONGEST_NAME = 64

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value)
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= LONGEST_NAME
const isWithin = (value: unknown, from: number, to: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to
const isAmount = (value: unknown): value is number => isWithin(value, 0, MAX_AMOUNT)
const isOneOf = <One extends string>(value: unknown, of: readonly One[]): value is One => of.includes(value as One)

/** A search that came as plain as counters send it; null: zod is to say. */
export function plainSearch(body: unknown): SearchRequest | null {
  if (!isFields(body)) return null
  const { entry = 'tap' } = body
  const medium = plainMedium(body.medium)
  const objective = plainObjective(body.objective)
  if (!medium || !objective || !isOneOf(entry, ENTRIES)) return null
  if (body.select === undefined) return { medium, objective, entry }
  const select = plainSelect(body.select)
  return select && { medium, objective, entry, select }
}

/** A redemption that came as plain as counters send it; null: zod is to say. */
export function plainRedemption(body: unknown): RedemptionRequest | null {
  const searched = plainSearch(body)
  if (!searched?.select || !isFields(body)) return null
  const { redemptionId, expectedTotalDiscount, operatorId, saleRef } = body
  if (!isText(redemptionId, UUID7)) return null
  const request: RedemptionRequest = { redemptionId, ...searched, select: searched.select }
  if (expectedTotalDiscount !== undefined) {
    if (!isAmount(expectedTotalDiscount)) return null
    request.expectedTotalDiscount = expectedTotalDiscount
  }
  if (saleRef !== undefined) {
    const sale = plainSale(saleRef)
    if (!sale) return null
    request.saleRef = sale
  }
  if (operatorId !== undefined) {
    if (typeof operatorId !== 'string' || operatorId.length > LONGEST_NAME) return null
    request.operatorId = operatorId
  }
  return request
}

function plainSale(value: unknown): SaleRef | null {
  if (!isFields(value)) return null
  const { posId, saleId, revision } = value
  if (!isName(posId) || !isName(saleId) || !isWithin(revision, 0, Number.MAX_SAFE_INTEGER)) return null
  return { posId, saleId, revision }
}

function plainMedium(value: unknown): KeyedMedium | null {
  if (!isFields(value) || !Array.isArray(value.keys)) return null
  const { type, keys: given } = value
  if (given.length < 1 || given.length > MOST_KEYS) return null
  const keys: MediumKey[] = []
  for (const one of given as unknown[]) {
    if (!isFields(one) || !isWithin(one.v, 1, 1_000_000) || !isText(one.key, KEY)) return null
    keys.push({ v: one.v, key: one.key })
  }
  if (type === undefined) return { keys }
  return isOneOf(type, MEDIUM_TYPES) ? { type, keys } : null
}

function plainSelect(value: unknown): Select | null {
  if (value === 'best') return value
  if (!isFields(value) || !Array.isArray(value.acquisitionIds)) return null
  const given: unknown[] = value.acquisitionIds
  if (given.length < 1 || given.length > MAX_STACK || !given.every((id) => isText(id, UUID7))) return null
  return given.length === 1 || new Set(given).size === given.length ? { acquisitionIds: [...given] as string[] } : null
}

function plainObjective(value: unknown): Objective | null {
  // The caller's clock is text that has many forms.
  if (!isFields(value) || value.at !== undefined || !Array.isArray(value.items)) return null
  const { currency, taxIncluded = true, items: given, total } = value
  if (!isText(currency, CURRENCY) || typeof taxIncluded !== 'boolean' || !isAmount(total)) return null
  if (given.length > MOST_ITEMS) return null
  const items: ObjectiveItem[] = []
  const lines = new Set<string>()
  for (const one of given as unknown[]) {
    const item = plainItem(one)
    if (!item || lines.has(item.lineId)) return null
    lines.add(item.lineId)
    items.push(item)
  }
  return { currency, taxIncluded, items, total }
}

function plainItem(value: unknown): ObjectiveItem | null {
  if (!isFields(value)) return null
  const { lineId, gtin, category, quantity, unitPrice, lineTotal, discountable = true } = value
  if (!isName(lineId) || !isAmount(unitPrice) || !isAmount(lineTotal) || typeof discountable !== 'boolean') return null
  const count = quantity === undefined ? { value: 1, scale: 0 } : plainQuantity(quantity)
  if (!count) return null
  const item: ObjectiveItem = { lineId, quantity: count, unitPrice, lineTotal, discountable }
  if (gtin !== undefined) {
    if (!isText(gtin, GTIN)) return null
    item.gtin = gtin
  }
  if (category !== undefined) {
    if (!isName(category)) return null
    item.category = category
  }
  return item
}

function plainQuantity(value: unknown): ObjectiveItem['quantity'] | null {
  if (!isFields(value)) return null
  const { value: count, scale } = value
  return isWithin(count, 0, 1_000_000_000) && isWithin(scale, 0, 3) ? { value: count, scale } : null
}

const PLAIN = new Map<unknown, (body: unknown) => unknown>([
  [SearchRequest, plainSearch],
  [RedemptionRequest, plainRedemption],
])

/** Validates by the routes' zod schemas, and what all counters send all day the short way. */
export const validatorCompiler: typeof byZod = (route) => {
  const validate = byZod(route)
  const plain = PLAIN.get(route.schema)
  return plain === undefined
    ? validate
    : (data: unknown) => {
        const value = plain(data)
        return value === null ? validate(data) : { value }
      }
}
