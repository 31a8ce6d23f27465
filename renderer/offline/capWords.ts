import type { CapLeft } from '../../core/counter/offlineView.ts'
import type { Words } from '../words/useWords.ts'

const HOUR_MS = 3_600_000

/** What is left of a cap, in its own unit: approvals, money, whole hours. */
export function leftWords({ language, money }: Words, { cap, left, limit }: CapLeft): { left: string; limit: string } {
  const count = new Intl.NumberFormat(language)
  switch (cap) {
    case 'stored_count':
      return { left: count.format(left), limit: count.format(limit) }
    case 'stored_value':
      return { left: money(left), limit: money(limit) }
    case 'replica_age':
      return { left: count.format(wholeHours(left)), limit: count.format(Math.round(limit / HOUR_MS)) }
  }
}

/** The cap that a cashier should know of first: one that is used up, else one of which little is left; null: none. */
export function tightest(caps: readonly CapLeft[]): CapLeft | null {
  return caps.find(({ level }) => level === 'reached') ?? caps.find(({ level }) => level === 'low') ?? null
}

/** The last hours are counted down, never up. */
function wholeHours(ms: number): number {
  const hours = ms / HOUR_MS
  return hours < 10 ? Math.floor(hours) : Math.round(hours)
}
