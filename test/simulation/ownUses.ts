import type { Given } from './approval.ts'
import type { Ledger } from './ledger.ts'

/** How often one counter gave each coupon, and each campaign to each holder on a day, and did not take it back. */
export class OwnUses {
  /** By acquisition, and by `holder campaign day`. */
  readonly counts = new Map<string, number>()
  readonly #ledger: Ledger

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  count(given: Given, by: 1 | -1): void {
    for (const acquisitionId of given.lines.keys()) {
      this.#move(acquisitionId, by)
      if (!given.forced.has(acquisitionId)) this.#move(this.#dayOf(acquisitionId, given), by)
    }
  }

  /** At the server it counts in no limit (decision 0008): what is free again there may be given once more. */
  forced(given: Given | undefined, acquisitionId: string): void {
    if (!given?.lines.has(acquisitionId) || given.forced.has(acquisitionId)) return
    if (!given.undone) this.#move(this.#dayOf(acquisitionId, given), -1)
    given.forced.add(acquisitionId)
  }

  #dayOf(acquisitionId: string, { day }: Given): string {
    const coupon = this.#ledger.coupons.get(acquisitionId)
    return `${coupon?.holder} ${coupon?.terms.campaignId} ${day}`
  }

  #move(key: string, by: 1 | -1): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + by)
  }
}
