import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { RedemptionDecided } from '../../../core/contract/redemptions.ts'
import type { CombinationLine, QualifyInput } from '../../../core/qualification/model.ts'
import { businessDayAt } from '../../../core/qualification/periods.ts'
import { reasonGroup } from '../../../core/reasonCodes.ts'
import { decideRedemption } from '../../../core/redemption/decide.ts'
import type { RedemptionDecision } from '../../../core/redemption/model.ts'
import { toWireDecision } from '../../../core/redemption/wire.ts'
import type { RedeemAnswer, RedeemCommand, Refusal, StationContext } from '../commands.ts'
import { isTooOld } from '../keeping.ts'
import type { Activity } from './activity.ts'
import { countedPeriod } from './countedPeriod.ts'
import { CounterMoved } from './counterMoved.ts'
import type { Definitions } from './definitions.ts'
import type { Holdings } from './holdings.ts'
import type { Issuing } from './issuing.ts'
import type { Leases } from './leases.ts'
import type { Media } from './media.ts'
import type { Outbox } from './notices.ts'
import { approvedNotice } from './redemptionNotices.ts'
import { type RedemptionRow, type RedemptionRows, redemptionResponse } from './redemptionRows.ts'
import type { Rollbacks } from './rollback.ts'
import type { Unit } from './unit.ts'
import type { UsedLine, Uses } from './uses.ts'

export interface RedeemParts {
  readonly definitions: Definitions
  readonly media: Media
  readonly holdings: Holdings
  readonly rows: RedemptionRows
  readonly uses: Uses
  readonly leases: Leases
  readonly rollbacks: Rollbacks
  readonly activity: Activity
  readonly issuing: Issuing
  readonly outbox: Outbox
}

/** Decides one redemption inside the open transaction, seeing everything that was decided before it there. */
export function redeem(parts: RedeemParts, unit: Unit, command: RedeemCommand): RedeemAnswer {
  const { rows, rollbacks } = parts
  const { request, station } = command
  const { redemptionId } = request
  const before = rows.find(redemptionId)
  if (before) {
    return sameIntent(before, command) ? { kind: 'decided', response: redemptionResponse(before) } : { kind: 'differs' }
  }
  if (isTooOld(redemptionId, unit.now)) {
    const refusal = refusedBefore(redemptionId, unit, { reason: 'too_old', params: {} })
    return { kind: 'decided', response: { ...refusal, state: 'active' } }
  }

  const { decided, lines, shortOf } = decide(parts, unit, command)
  if (command.mayRecall && shortOf !== null) {
    const until = parts.leases.recall(unit, shortOf)
    if (until !== null) return { kind: 'recalling', campaignId: shortOf, until }
  }
  const redemption = {
    redemptionId,
    intentHash: command.intentHash,
    stationId: station.stationId,
    storeId: station.store.storeId,
    status: decided.status,
    state: 'active',
    origin: 'online',
    decidedAt: unit.now,
    day: businessDayAt(unit.now, station.store),
    entry: request.entry,
    operatorId: request.operatorId ?? null,
    saleRef: request.saleRef ?? null,
    shown: false,
    decision: decided,
  } as const
  rows.insert(redemption)
  if (decided.status === 'approved') parts.outbox.tell(unit, approvedNotice(redemption, decided))
  for (const line of lines) rows.putLine(redemptionId, line, 'counted')
  const [{ holderId } = { holderId: '' }] = lines
  const { total, currency } = request.objective
  parts.issuing.redeemed(unit, { redemptionId, holderId, spend: total, currency })
  const undone = rollbacks.applyWaiting(unit, redemptionId, station.stationId)
  return { kind: 'decided', response: { ...decided, state: undone ? 'rolled_back' : 'active' } }
}

function sameIntent(before: RedemptionRow, { station, intentHash }: RedeemCommand): boolean {
  if (before.storeId !== station.store.storeId) return false
  // An event without its intent has settled this id: its answer is all there is.
  return before.intentHash === null || Buffer.compare(before.intentHash, intentHash) === 0
}

interface Decided {
  readonly decided: RedemptionDecided
  /** What was consumed, to be kept for a rollback. */
  readonly lines: readonly UsedLine[]
  /** The campaign that it was refused for because its pool is empty. */
  readonly shortOf: string | null
}

function decide(parts: RedeemParts, unit: Unit, { request, station, medium }: RedeemCommand): Decided {
  const known = parts.media.findAndRekey(unit, medium)
  if (!known.ok) return { decided: refusedBefore(request.redemptionId, unit, known), lines: [], shortOf: null }
  const campaigns = parts.definitions.current(unit)
  const { objective, entry, select, expectedTotalDiscount } = request
  const asked = { store: station.store, medium: known.value, objective, entry, now: unit.now }
  const input = parts.holdings.qualifyInput(campaigns, asked)
  const decision = decideRedemption(input, select, expectedTotalDiscount)
  if (decision.status === 'approved') parts.activity.atStore(unit, station.store.storeId, known.value.holderId)
  const lines =
    decision.status === 'approved'
      ? decision.lines.map((line) => consume(parts.uses, unit, station, campaigns, known.value.holderId, line))
      : []
  const decided = toWireDecision(request.redemptionId, unit.lastChange(), decision, unit.now)
  return { decided, lines, shortOf: shortOf(decision, input) }
}

function shortOf(decision: RedemptionDecision, { acquisitions }: QualifyInput): string | null {
  if (decision.status === 'approved' || decision.reason !== 'campaign_limit_reached') return null
  const { failingAcquisitionId } = decision
  return acquisitions.find(({ acquisitionId }) => acquisitionId === failingAcquisitionId)?.campaignId ?? null
}

function consume(
  uses: Uses,
  unit: Unit,
  { store }: StationContext,
  campaigns: ReadonlyMap<string, Campaign>,
  holderId: string,
  { acquisitionId, campaignId, discount }: CombinationLine,
): UsedLine {
  const limits = campaigns.get(campaignId)?.rules?.limits
  if (!limits) throw new CounterMoved(`campaign ${campaignId} has no rules to be used by`)
  const period = countedPeriod(limits, unit.now, store)
  const line = { acquisitionId, campaignId, holderId, discount: discount.total, period }
  if (!uses.takeUse(unit, line) || !uses.count(unit, line, limits)) {
    throw new CounterMoved(`acquisition ${acquisitionId} could not be used after it was approved`)
  }
  return line
}

/** A refusal before any coupon was looked at. */
function refusedBefore(redemptionId: string, unit: Unit, { reason, params }: Refusal): RedemptionDecided {
  return {
    redemptionId,
    changeSeq: unit.lastChange(),
    status: 'refused',
    reason,
    reasonGroup: reasonGroup(reason),
    params,
    lines: [],
    totalDiscount: 0,
    failingAcquisitionId: null,
  }
}
