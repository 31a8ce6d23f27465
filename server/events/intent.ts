import { canonicalJson } from '../../core/canonicalJson.ts'
import type { Objective } from '../../core/objective.ts'
import type { Select } from '../../core/redemption/model.ts'
import type { PresentedMedium } from '../store/commands.ts'
import { sha256 } from '../system.ts'

/**
 * What makes two requests under one id the same: medium, objective and select (CONTRACT.md §4.2). The client's `at` only
 * informs and the order of named coupons means nothing, so neither counts; a raw medium and its keys are the same. While
 * a rotation of hash keys runs a medium has several; the oldest is in every request of that time. Written out by place
 * and not by name: it is made for every redemption.
 * null: text that JSON cannot carry (lone surrogates).
 */
export function intentHash(medium: PresentedMedium, objective: Objective, select: Select): Uint8Array | null {
  const { currency, taxIncluded, total, items } = objective
  const lines: (string | number | boolean | null)[] = []
  for (const { lineId, gtin = null, category = null, quantity, unitPrice, lineTotal, discountable } of items) {
    if (!lineId.isWellFormed() || category?.isWellFormed() === false) return null
    lines.push(lineId, gtin, category, quantity.value, quantity.scale, unitPrice, lineTotal, discountable)
  }
  const chosen = select === 'best' ? select : select.acquisitionIds.toSorted()
  return sha256(
    Buffer.from(JSON.stringify([mediumIntent(medium), currency, taxIncluded, total, lines, chosen]), 'utf8'),
  )
}

/** The part of an intent that names the medium. */
export function mediumIntent(medium: PresentedMedium): string {
  return medium.ok ? (medium.value.keys.at(-1)?.key ?? '') : medium.reason
}

/** SHA-256 of a value's canonical JSON; null for what JSON cannot carry. */
export function contentHash(value: unknown): Uint8Array | null {
  try {
    return sha256(Buffer.from(canonicalJson(value), 'utf8'))
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
