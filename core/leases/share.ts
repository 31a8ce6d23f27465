import type { Limits } from '../campaigns/rules.ts'
import type { Amount } from '../money.ts'
import type { Wanted } from './demand.ts'

interface Quantity {
  readonly uses: number
  readonly value: Amount
}

export interface LendInput {
  readonly limits: Limits
  /** What counts against the limits. */
  readonly counted: Quantity
  /** Outstanding at all stations: lent, and neither drawn nor returned. */
  readonly lent: Quantity
  /** Of that, at the station that asks. */
  readonly heldHere: Quantity
  /** Stations that could ask, this one too. */
  readonly stations: number
  readonly want: Wanted
}

export interface Lent {
  readonly uses: number
  /** null: no budget limits the campaign. */
  readonly value: Amount | null
}

/** Nothing can be lent. */
export const NOTHING_LENT: Lent = { uses: 0, value: null }

/**
 * How much the server lends. A station may hold its fair share of what is not used yet: one part for each station and
 * one that stays with the server, for those that are online; of a remainder smaller than that, one use. Never more than
 * it wants, never what the pool does not have, and never the last use, which is worth most where everybody can reach it.
 * Under a budget the value is shared the same way and fits the uses; a share that would not cover one likely discount is
 * not lent, because nobody could spend it.
 */
export function leaseShare({ limits, counted, lent, heldHere, stations, want }: LendInput): Lent {
  const parts = Math.max(1, stations) + 1
  const share = (unused: number) => Math.floor(unused / parts)
  let uses = want.wantUses
  if (limits.campaignUses !== undefined) {
    const unused = limits.campaignUses - counted.uses
    const left = unused - lent.uses
    uses = Math.min(uses, Math.max(1, share(unused)) - heldHere.uses, left - 1)
  }
  if (uses <= 0) return NOTHING_LENT
  if (limits.campaignValue === undefined) return { uses, value: null }

  const unused = limits.campaignValue - counted.value
  const left = unused - lent.value
  const most = Math.min(share(unused) - heldHere.value, left)
  const { wantUses, wantValue } = want
  if (wantValue === undefined) return most > 0 ? { uses, value: most } : NOTHING_LENT
  const perUse = Math.max(1, Math.ceil(wantValue / wantUses))
  const value = Math.min(most, wantValue, perUse * uses)
  if (value < perUse) return NOTHING_LENT
  return { uses: Math.min(uses, Math.ceil(value / perUse)), value }
}
