import type { Campaign } from '../campaigns/campaign.ts'
import type { Amount } from '../money.ts'
import { type Acquisition, type CampaignUsage, type Discount, NO_USAGE } from '../qualification/model.ts'
import { spentReason, standingReason } from '../qualification/standing.ts'
import type { ReasonCode } from '../reasonCodes.ts'

/** One line of an offline event: what the cashier was shown as approved. */
export interface EventLine {
  readonly acquisitionId: string
  readonly discount: Discount
  /** The lease it was drawn from. Where that covers it, campaign-wide limits were counted when it was lent. */
  readonly leaseId?: string | undefined
}

/** A lease of the station whose event it is, as the server holds it: not returned and not written off. */
export interface OutstandingLease {
  readonly campaignId: string
  readonly usesLeft: number
  /** null: no budget limits the campaign. */
  readonly valueLeft: Amount | null
  /** Epoch milliseconds, exclusive. */
  readonly spendUntil: number
}

/** One line that the server holds for the same `redemptionId`, from an online request or an event applied before. */
export interface AppliedLine {
  readonly acquisitionId: string
  readonly campaignId: string
  readonly discount: Discount
  /** Undone since, by the counter or a manager: the undoing stands, the event does not apply it again. */
  readonly rolledBack: boolean
}

export interface SettleInput {
  readonly lines: readonly EventLine[]
  /** What the server decided under this `redemptionId`; null: it never heard of it. */
  readonly online:
    | null
    | { readonly status: 'approved'; readonly lines: readonly AppliedLine[] }
    | { readonly status: 'refused'; readonly reason: ReasonCode }
  /** The holder's acquisitions as the server holds them now, `online`'s active lines already taken off. */
  readonly acquisitions: ReadonlyMap<string, Acquisition>
  readonly campaigns: ReadonlyMap<string, Campaign>
  /** Now, `online`'s active lines counted; `holderPeriodUses` of the period that contains `decidedAt`. */
  readonly usage: ReadonlyMap<string, CampaignUsage>
  /** By id, those that lines may draw from; a line that names another, or one that is spent or over, is `lease_exhausted`. */
  readonly leases?: ReadonlyMap<string, OutstandingLease>
  /** The event's corrected time, clamped to its arrival; epoch milliseconds. */
  readonly decidedAt: number
  /**
   * By acquisition: why the server would refuse the line for something that is not looked at here (a blocked medium, the
   * rules against the event's objective).
   */
  readonly refusals?: ReadonlyMap<string, ReasonCode>
}

/**
 * - `already`: the server holds exactly this line (or undid it): confirmed, nothing to write.
 * - `apply`: confirmed: take one use and count it in limits and cost; of a line with a `leaseId`, by drawing from that lease.
 * - `forced`: keep it and show it, with the reason it would have been refused for online. Cost counts, limits do not.
 *   `takesUse`: one use is left and goes; otherwise `overuse` rises by one.
 */
export type SettledLine =
  | { readonly acquisitionId: string; readonly outcome: 'already' }
  | { readonly acquisitionId: string; readonly outcome: 'apply' }
  | {
      readonly acquisitionId: string
      readonly outcome: 'forced'
      readonly reason: ReasonCode
      readonly takesUse: boolean
    }

export interface Settled {
  /** In the order of the event's lines. */
  readonly lines: readonly SettledLine[]
  /** Lines of `online` to undo first: uses, limits and cost go back as in a rollback. */
  readonly undo: readonly string[]
}

/**
 * Settles one redemption event against what the server holds (CONTRACT.md §4, "Settling an offline decision"): pure, a
 * line at a time, the same answer for the same input. What the cashier was shown wins. The caller runs it inside
 * its transaction and writes the answer: first `undo`, then the lines. An event has each acquisition at most once (the
 * caller quarantines one that does not). A redelivered event finds its own lines in `online` and changes nothing.
 */
export function settle(input: SettleInput): Settled {
  const applied = input.online?.status === 'approved' ? input.online.lines : []
  const kept = new Set<string>()
  for (const line of input.lines) {
    const same = applied.find(({ acquisitionId }) => acquisitionId === line.acquisitionId)
    if (same && (same.rolledBack || sameDiscount(same.discount, line.discount))) kept.add(line.acquisitionId)
  }
  const undone = applied.filter(({ acquisitionId, rolledBack }) => !rolledBack && !kept.has(acquisitionId))

  const ledger = openLedger(input)
  for (const line of undone) ledger.giveBack(line)

  const lines = input.lines.map((line): SettledLine => {
    const { acquisitionId } = line
    if (kept.has(acquisitionId)) return { acquisitionId, outcome: 'already' }
    const reason =
      (input.online?.status === 'refused' ? input.online.reason : undefined) ??
      input.refusals?.get(acquisitionId) ??
      ledger.refusal(line)
    if (reason === null) {
      ledger.take(line)
      return { acquisitionId, outcome: 'apply' }
    }
    return { acquisitionId, outcome: 'forced', reason, takesUse: ledger.takeUse(acquisitionId) }
  })
  return { lines, undo: undone.map(({ acquisitionId }) => acquisitionId) }
}

interface Counted {
  uses: number
  value: Amount
  holderUses: number
  holderPeriodUses: number
}

/** Uses and limits as they run while the lines of one event are settled one after another. */
function openLedger(input: SettleInput) {
  const usesLeft = new Map([...input.acquisitions].map(([id, acquisition]) => [id, acquisition.usesLeft]))
  const counts = new Map<string, Counted>()
  const leases = new Map([...(input.leases ?? [])].map(([id, lease]) => [id, { ...lease }]))
  const countsOf = (campaignId: string): Counted => {
    const known = counts.get(campaignId)
    if (known) return known
    const { campaign, holderUses, holderPeriodUses } = input.usage.get(campaignId) ?? NO_USAGE
    const opened = { uses: campaign?.uses ?? 0, value: campaign?.value ?? 0, holderUses, holderPeriodUses }
    counts.set(campaignId, opened)
    return opened
  }
  const count = (campaignId: string, uses: 1 | -1, value: Amount) => {
    const counted = countsOf(campaignId)
    counted.uses += uses
    counted.value += uses * value
    counted.holderUses += uses
    counted.holderPeriodUses += uses
  }

  return {
    giveBack(line: AppliedLine): void {
      usesLeft.set(line.acquisitionId, (usesLeft.get(line.acquisitionId) ?? 0) + 1)
      count(line.campaignId, -1, line.discount.total)
    },

    refusal(line: EventLine): ReasonCode | null {
      const acquisition = input.acquisitions.get(line.acquisitionId)
      if (!acquisition || acquisition.revoked) return 'not_held'
      const campaign = input.campaigns.get(acquisition.campaignId)
      if (!campaign) return 'not_approved'
      const left = usesLeft.get(line.acquisitionId) ?? 0
      return (
        spentReason(left, campaign.rules) ??
        standingReason(campaign, acquisition.expiresAt, input.decidedAt)?.reason ??
        holderReason(campaign, countsOf(campaign.campaignId)) ??
        (line.leaseId === undefined
          ? campaignReason(line, campaign, countsOf(campaign.campaignId))
          : leaseReason(line, campaign, leases.get(line.leaseId), input.decidedAt))
      )
    },

    take(line: EventLine): void {
      const acquisition = input.acquisitions.get(line.acquisitionId)
      if (!acquisition) return
      usesLeft.set(line.acquisitionId, (usesLeft.get(line.acquisitionId) ?? 0) - 1)
      count(acquisition.campaignId, 1, line.discount.total)
      const lease = line.leaseId === undefined ? undefined : leases.get(line.leaseId)
      if (!lease) return
      // What was lent counts already: drawing it moves it from lent to used.
      const counted = countsOf(acquisition.campaignId)
      counted.uses -= 1
      if (lease.valueLeft !== null) counted.value -= line.discount.total
      lease.usesLeft -= 1
      if (lease.valueLeft !== null) lease.valueLeft -= line.discount.total
    },

    /** Takes a use where one is left; false: it is an overuse. */
    takeUse(acquisitionId: string): boolean {
      const left = usesLeft.get(acquisitionId) ?? 0
      if (left <= 0) return false
      usesLeft.set(acquisitionId, left - 1)
      return true
    },
  }
}

function holderReason(campaign: Campaign, counted: Counted): ReasonCode | null {
  const limits = campaign.rules?.limits
  if (!limits) return null
  if (limits.holderUses !== undefined && counted.holderUses >= limits.holderUses) return 'holder_limit_reached'
  if (limits.holderPeriod && counted.holderPeriodUses >= limits.holderPeriod.uses) return 'holder_limit_reached'
  return null
}

function campaignReason(line: EventLine, campaign: Campaign, counted: Counted): ReasonCode | null {
  const limits = campaign.rules?.limits
  if (!limits) return null
  const overUses = limits.campaignUses !== undefined && counted.uses >= limits.campaignUses
  const overValue = limits.campaignValue !== undefined && counted.value + line.discount.total > limits.campaignValue
  return overUses || overValue ? 'campaign_limit_reached' : null
}

function leaseReason(
  line: EventLine,
  { campaignId }: Campaign,
  lease: OutstandingLease | undefined,
  decidedAt: number,
): ReasonCode | null {
  const covers =
    lease?.campaignId === campaignId &&
    lease.usesLeft > 0 &&
    (lease.valueLeft === null || lease.valueLeft >= line.discount.total) &&
    decidedAt < lease.spendUntil
  return covers ? null : 'lease_exhausted'
}

/** Allocations may come in any order. */
function sameDiscount(a: Discount, b: Discount): boolean {
  if (a.total !== b.total || a.allocations.length !== b.allocations.length) return false
  const amounts = new Map(a.allocations.map(({ lineId, amount }) => [lineId, amount]))
  return b.allocations.every(({ lineId, amount }) => amounts.get(lineId) === amount)
}
