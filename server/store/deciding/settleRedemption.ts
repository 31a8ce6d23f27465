import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { RedemptionEventBody } from '../../../core/events/event.ts'
import type { CampaignUsage, Discount } from '../../../core/qualification/model.ts'
import { businessDayAt } from '../../../core/qualification/periods.ts'
import { judge } from '../../../core/qualification/qualify.ts'
import { isKnownReason, type ReasonCode } from '../../../core/reasonCodes.ts'
import { type AppliedLine, type SettledLine, type SettleInput, settle } from '../../../core/redemption/settle.ts'
import type { EventContent } from '../../events/arrivedEvent.ts'
import type { StationContext } from '../commands.ts'
import type { AcquisitionRows, HeldAcquisition } from './acquisitionRows.ts'
import { countedPeriod } from './countedPeriod.ts'
import type { KnownMedium, Media } from './media.ts'
import type { Overuse } from './overuse.ts'
import type { RedeemParts } from './redeem.ts'
import { approvedNotice, forcedNotice } from './redemptionNotices.ts'
import { type LineRow, type RedemptionRow, redemptionResponse } from './redemptionRows.ts'
import type { Unit } from './unit.ts'
import { usageUnder } from './usageCounts.ts'
import type { UsageRows } from './usageRows.ts'
import type { UsedLine } from './uses.ts'

export type SettledOutcome = {
  readonly acquisitionId: string
  /** The line named a lease that it was not drawn from after all: the use is the lease's again. */
  readonly leaseRefunded?: true
} & ({ readonly status: 'confirmed' } | { readonly status: 'forced'; readonly reason: string })

export interface RedemptionEvent {
  readonly station: StationContext
  readonly content: Extract<EventContent, { kind: 'redemption' }>
  readonly decidedAt: number
}

/** Settles one redemption of a journal; null when its id is another store's redemption. */
export type SettleRedemption = (unit: Unit, event: RedemptionEvent) => readonly SettledOutcome[] | null

export interface SettleParts extends RedeemParts {
  readonly acquisitions: Pick<AcquisitionRows, 'find'>
  readonly usage: Pick<UsageRows, 'ofCampaign' | 'ofHolder'>
}

/** What the cashier was shown wins: reads what `core/redemption/settle` looks at, and writes what it says. */
export function settleRedemptions(parts: SettleParts, overuse: Overuse): SettleRedemption {
  const { acquisitions, usage: counts, definitions, rows, uses, leases, rollbacks, media, activity, outbox } = parts

  /** `holderId`: whom they probably belong to; null: not known. */
  const heldLines = (
    body: Pick<RedemptionEventBody, 'lines'>,
    holderId: string | null,
  ): Map<string, HeldAcquisition> => {
    const held = new Map<string, HeldAcquisition>()
    for (const { acquisitionId } of body.lines) {
      const found = acquisitions.find(acquisitionId, holderId)
      if (found) held.set(acquisitionId, found)
    }
    return held
  }

  /**
   * Counts a line, or keeps it as forced. One that names a lease is drawn from it when it is counted, and only then.
   * `undid`: something was undone after this was settled.
   */
  const write = (
    unit: Unit,
    redemptionId: string,
    settled: SettledLine,
    line: UsedLine,
    campaign: Campaign | undefined,
    undid: boolean,
  ): SettledOutcome => {
    const { acquisitionId } = line
    if (settled.outcome === 'already') {
      const reason = overuse.reasonOf(redemptionId, acquisitionId)
      return reason === null ? { acquisitionId, status: 'confirmed' } : { acquisitionId, status: 'forced', reason }
    }
    const limits = campaign?.rules?.limits ?? null
    // An undone use may have gone to an older overuse first: then there is less left for this line than it was settled by.
    const reason =
      settled.outcome === 'forced'
        ? settled.reason
        : ((undid ? uses.limitRefusal(line, limits) : null) ?? (uses.takeUse(unit, line) ? null : 'already_used'))
    if (reason === null) {
      if (line.leaseId) leases.draw(line.leaseId, line.discount)
      uses.countAnyway(unit, line, limits)
      rows.putLine(redemptionId, line, 'counted')
      return { acquisitionId, status: 'confirmed' }
    }
    const mayTakeUse = settled.outcome === 'forced' ? settled.takesUse : reason !== 'already_used'
    const tookUse = mayTakeUse && uses.takeUseAnyway(unit, line)
    const undrawn = { ...line, leaseId: null }
    rows.putLine(redemptionId, undrawn, 'forced')
    overuse.record(unit, redemptionId, undrawn, reason, tookUse)
    return { acquisitionId, status: 'forced', reason }
  }

  return (unit, event) => {
    const { station, content, decidedAt } = event
    const { body } = content
    const { redemptionId } = body
    const before = rows.find(redemptionId)
    if (before && before.storeId !== station.store.storeId) return null

    const campaigns = definitions.current(unit)
    const presented = content.medium && media.find(content.medium)
    const held = heldLines(body, presented?.ok ? presented.value.holderId : null)
    const owner = ownerOf(presented, held)
    if (owner.holderId !== '') activity.atStore(unit, station.store.storeId, owner.holderId)
    const periods = new Map<string, string | null>()
    const usage = new Map<string, CampaignUsage>()
    for (const { campaignId } of held.values()) {
      const limits = campaigns.get(campaignId)?.rules?.limits
      const period = countedPeriod(limits, decidedAt, station.store)
      periods.set(campaignId, period)
      const counted = usageUnder(counts, limits, { campaignId, holderId: owner.holderId, period })
      if (counted) usage.set(campaignId, counted)
    }
    const storedLines = before ? rows.lines(redemptionId) : []
    const named = body.lines.flatMap(({ leaseId }) => leaseId ?? [])
    const lent = leases.drawable(station.stationId, new Set(named))
    const { lines, undo } = settle({
      lines: body.lines.map(({ acquisitionId, discount, leaseId }) => ({ acquisitionId, discount, leaseId })),
      leases: lent,
      online: onlineDecision(before, storedLines),
      acquisitions: held,
      campaigns,
      usage,
      decidedAt,
      refusals: refusals(event, owner, held, campaigns),
    })

    const undone = storedLines.filter((line) => undo.includes(line.acquisitionId))
    if (undone.length > 0) rollbacks.undoLines(unit, redemptionId, undone)
    const asDecided =
      before?.status === 'approved' && undo.length === 0 && lines.every((line) => line.outcome === 'already')
    if (!asDecided) keep(unit, event, before)
    const outcomes = lines.map((settled, index): SettledOutcome => {
      const acquisition = held.get(settled.acquisitionId)
      const campaignId = acquisition?.campaignId ?? ''
      const leaseId = body.lines[index]?.leaseId ?? null
      const line = {
        acquisitionId: settled.acquisitionId,
        campaignId,
        holderId: acquisition?.holderId ?? '',
        discount: body.lines[index]?.discount.total ?? 0,
        period: periods.get(campaignId) ?? null,
        leaseId,
      }
      const outcome = write(unit, redemptionId, settled, line, campaigns.get(campaignId), undone.length > 0)
      if (outcome.status === 'forced' && settled.outcome !== 'already') {
        outbox.tell(unit, forcedNotice(redemptionId, station, line, outcome.reason))
      }
      if (leaseId === null || !lent.has(leaseId)) return outcome
      const stored = rows.lines(redemptionId).find(({ acquisitionId }) => acquisitionId === settled.acquisitionId)
      const isDrawn = stored?.leaseId === leaseId
      // One that did not cover the line is spent here, whatever the station believes.
      const isSpent = outcome.status === 'forced' && outcome.reason === 'lease_exhausted'
      return isDrawn || isSpent ? outcome : { ...outcome, leaseRefunded: true }
    })
    // One that is new here was kept as it is now: active, because each of its lines was, and shown.
    if (before) {
      const active = rows.lines(redemptionId).some((line) => line.state !== 'rolled_back')
      rows.setState(redemptionId, active ? 'active' : 'rolled_back')
      rows.markShown(redemptionId)
    }
    const { total = null, currency = null } = body.objective ?? {}
    parts.issuing.redeemed(unit, { redemptionId, holderId: owner.holderId, spend: total, currency })
    rollbacks.applyWaiting(unit, redemptionId, station.stationId)
    return outcomes
  }

  /** From now on the answer to this id is what was shown. */
  function keep(unit: Unit, { station, content, decidedAt }: RedemptionEvent, before: RedemptionRow | null): void {
    const { body, intentHash } = content
    const decision = {
      redemptionId: body.redemptionId,
      changeSeq: unit.lastChange(),
      status: 'approved' as const,
      lines: body.lines.map(({ acquisitionId, discount }) => ({ acquisitionId, discount })),
      totalDiscount: body.lines.reduce((sum, line) => sum + line.discount.total, 0),
    }
    const redemption = {
      redemptionId: body.redemptionId,
      intentHash,
      stationId: station.stationId,
      storeId: station.store.storeId,
      status: 'approved',
      state: 'active',
      origin: 'offline',
      decidedAt,
      day: businessDayAt(decidedAt, station.store),
      entry: body.entry ?? null,
      operatorId: body.operatorId ?? null,
      saleRef: body.saleRef ?? null,
      shown: true,
      decision,
    } as const
    outbox.tell(unit, approvedNotice(redemption, decision))
    if (before) rows.replaceDecision(body.redemptionId, decision, before.intentHash ? null : intentHash)
    else rows.insert(redemption)
  }
}

interface Owner {
  readonly holderId: string
  readonly medium: KnownMedium | null
  /** Why the medium would have been refused. */
  readonly reason: ReasonCode | null
}

/** By the medium where it is known, else by the coupons. `presented`: null without a medium. */
function ownerOf(presented: ReturnType<Media['find']> | null, held: ReadonlyMap<string, HeldAcquisition>): Owner {
  if (presented?.ok) return { holderId: presented.value.holderId, medium: presented.value, reason: null }
  const byCoupon = held.values().next().value?.holderId ?? ''
  return { holderId: byCoupon, medium: null, reason: presented?.reason ?? null }
}

/** What the server would have said against a line besides uses, validity and limits. */
function refusals(
  { station, content, decidedAt }: RedemptionEvent,
  owner: Owner,
  held: ReadonlyMap<string, HeldAcquisition>,
  campaigns: ReadonlyMap<string, Campaign>,
): ReadonlyMap<string, ReasonCode> {
  const reasons = new Map<string, ReasonCode>()
  const { objective, entry, lines } = content.body
  if (objective && owner.medium) {
    const { type } = owner.medium
    const { unusable } = judge({
      campaigns,
      // As if none was used yet: what the purchase itself says against them.
      acquisitions: [...held.values()].map((coupon) => ({ ...coupon, usesLeft: Math.max(coupon.usesLeft, 1) })),
      usage: new Map(),
      objective: { ...objective, store: station.store, medium: { type, entry: entry ?? 'tap' } },
      now: decidedAt,
      offline: false,
    })
    for (const { acquisitionId, reason } of unusable) reasons.set(acquisitionId, reason)
  }
  const { revokedAt = null } = station
  const revoked = revokedAt !== null && decidedAt >= revokedAt
  for (const { acquisitionId } of lines) {
    const acquisition = held.get(acquisitionId)
    if (revoked) reasons.set(acquisitionId, 'station_revoked')
    else if (owner.reason) reasons.set(acquisitionId, owner.reason)
    else if (acquisition && acquisition.holderId !== owner.holderId) reasons.set(acquisitionId, 'not_held')
  }
  return reasons
}

function onlineDecision(before: RedemptionRow | null, stored: readonly LineRow[]): SettleInput['online'] {
  if (!before) return null
  const { reason, lines } = decisionOf(before)
  if (reason !== null) return { status: 'refused', reason }
  return {
    status: 'approved',
    lines: stored.map(
      (line): AppliedLine => ({
        acquisitionId: line.acquisitionId,
        campaignId: line.campaignId,
        discount: lines.get(line.acquisitionId) ?? { total: line.discount, allocations: [] },
        rolledBack: line.state === 'rolled_back',
      }),
    ),
  }
}

function decisionOf(before: RedemptionRow): { reason: ReasonCode | null; lines: ReadonlyMap<string, Discount> } {
  const decision = redemptionResponse(before)
  const lines = new Map(decision.lines.map(({ acquisitionId, discount }) => [acquisitionId, discount]))
  if (decision.status === 'approved') return { reason: null, lines }
  return { reason: isKnownReason(decision.reason) ? decision.reason : 'invalid_request', lines }
}
