import type { Database } from 'better-sqlite3'
import type { Quantity } from './leaseAccounts.ts'
import type { Ledger } from './ledger.ts'
import type { World } from './world.ts'

interface CountsRow {
  readonly uses: number
  readonly value: number
  readonly lent_uses: number
  readonly lent_value: number
  readonly forced_uses: number
  readonly forced_value: number
}

/** Holds what the server's database says of coupons and campaigns against the ledger. */
export function databaseCheck(world: World, { coupons, counts }: Ledger, database: () => Database) {
  const touched = new Set<string>()

  const differ = (rule: number, campaignId: string, what: string, held: Quantity, counted: Quantity): void => {
    if (held.uses === counted.uses && held.value === counted.value) return
    const [ours, theirs] = [counted, held].map(({ uses, value }) => `${uses} uses (${value})`)
    world.violated(`rule ${rule}: campaign ${campaignId} has ${what} ${theirs}, the oracle counts ${ours}`)
  }

  /** A limit is never passed by what is counted and lent together. */
  const campaign = (campaignId: string): void => {
    const row = database().prepare<[string], CountsRow>(COUNTS).get(campaignId) ?? NONE
    const counted = { uses: row.uses, value: row.value }
    const lent = { uses: row.lent_uses, value: row.lent_value }
    differ(4, campaignId, 'lent', lent, counts.leases.lentOf(campaignId))
    differ(1, campaignId, 'counted', counted, counts.countedOf(campaignId))
    differ(1, campaignId, 'forced', { uses: row.forced_uses, value: row.forced_value }, counts.forcedOf(campaignId))
    const limits = counts.limitsOf(campaignId)
    if (counted.uses + lent.uses > limits.uses || counted.value + lent.value > limits.value) {
      world.violated(
        `rule 1: campaign ${campaignId} has given ${counted.uses} (${counted.value}) and lent ${lent.uses} (${lent.value}) of ${limits.uses} (${limits.value})`,
      )
    }
  }

  return {
    campaign,
    /** These coupons are looked at after the commit. */
    touch(acquisitionIds: Iterable<string>): void {
      for (const id of acquisitionIds) touched.add(id)
    },
    /** After a commit: everything that it touched, and its campaigns. */
    compare(): void {
      const campaigns = new Set<string>()
      for (const id of touched) {
        const coupon = coupons.get(id)
        if (!coupon) continue
        const held = database().prepare<[string], number>(LEFT).pluck().get(id)
        if (held !== coupon.left) {
          world.violated(`rule 1: ${id} has ${held} uses left, the oracle counts ${coupon.left}`)
        }
        campaigns.add(coupon.terms.campaignId)
      }
      for (const campaignId of campaigns) campaign(campaignId)
      touched.clear()
    },
    /** Uses in leases of a campaign that nobody has called back. */
    uncalled: (campaignId: string): number =>
      database().prepare<[string], number | null>(UNCALLED).pluck().get(campaignId) ?? 0,
    /** The line that a conflict is about; undefined: it is about none. */
    lineOf: (conflictId: string): { redemptionId: string; acquisitionId: string } | undefined =>
      database().prepare<[string], { redemptionId: string; acquisitionId: string }>(LINE_OF).get(conflictId),
  }
}

const NONE: CountsRow = { uses: 0, value: 0, lent_uses: 0, lent_value: 0, forced_uses: 0, forced_value: 0 }
const LEFT = 'SELECT uses_left FROM acquisitions WHERE acquisition_id = ?'
const COUNTS = `SELECT uses, value, lent_uses, lent_value, forced_uses, forced_value
                FROM campaign_usage WHERE campaign_id = ?`
const UNCALLED = "SELECT sum(uses - drawn_uses) FROM leases WHERE campaign_id = ? AND state = 'out'"
const LINE_OF = `SELECT redemption_id AS redemptionId, acquisition_id AS acquisitionId FROM conflicts
                 WHERE conflict_id = ? AND kind = 'forced'`
