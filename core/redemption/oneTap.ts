import type { SearchResponse } from '../contract/search.ts'
import type { AskFirst } from '../counter/state.ts'
import type { Entry } from '../media/medium.ts'

/** What else there is to know before a tap may approve by itself. */
export interface TapStanding {
  readonly entry: Entry
  /** Decided without the server, beyond head office's caps by a manager's word. */
  readonly overridden: boolean
  /** Decided without the server by a clock that may be wrong. */
  readonly doubtful: boolean
}

/**
 * Whether the tap itself may approve the best combination (one-tap mode): null, or why a person has to look first.
 *
 * - `choice`: the customer holds usable coupons that the best leaves out, or nobody knows that it is the best. Where every
 *   usable coupon is in it there is nothing to choose.
 * - `override`: only a manager's word makes it possible.
 * - `warning`: nothing was tapped or scanned (a typed number is easily somebody else's), or the time is in doubt.
 *
 * Says nothing about an answer without a usable coupon: there is nothing to approve.
 */
export function askFirst({ usable, best }: Pick<SearchResponse, 'usable' | 'best'>, tap: TapStanding): AskFirst | null {
  const [first] = best
  if (!first?.exact || first.lines.length !== usable.length) return 'choice'
  if (tap.overridden) return 'override'
  if (tap.doubtful || (tap.entry !== 'tap' && tap.entry !== 'scan')) return 'warning'
  return null
}
