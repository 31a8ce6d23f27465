import type { Campaign } from '../../core/campaigns/campaign.ts'
import { type HeldLease, leaseRooms } from '../../core/leases/draw.ts'
import type { MediumKey } from '../../core/media/medium.ts'
import type { PlacedObjective } from '../../core/objective.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { CampaignUsage, QualifyInput, TimeWindow } from '../../core/qualification/model.ts'
import { type Period, periodKey } from '../../core/qualification/periods.ts'
import { decideRedemption } from '../../core/redemption/decide.ts'
import type { RedemptionApproval, Select } from '../../core/redemption/model.ts'
import { type OfflineStanding, offlineTerms, offlineVerdict } from '../../core/redemption/offlinePolicy.ts'
import { type ClockWindow, offlineWindow } from '../../core/redemption/offlineWindow.ts'
import { toWireDecision } from '../../core/redemption/wire.ts'
import type { CounterStore, HolderUsage, LocalUse } from '../store/counterStore.ts'
import { heldLeases, latestNow, leaseDraws } from './leaseDraws.ts'
import { type RefusedVisit, refusal } from './model.ts'

/**
 * What the rules need, from the replica minus the overlay (CONTRACT.md §7), under the store's offline policy; or why this
 * customer cannot be decided on.
 */
export function offlineInput(
  store: CounterStore,
  keys: readonly MediumKey[],
  objective: PlacedObjective,
  standing: OfflineStanding,
  clock: ClockWindow,
  leases: readonly HeldLease[] = heldLeases(store.journal),
): Outcome<QualifyInput, { readonly reason: 'unknown_offline' | 'medium_blocked' }> {
  const { replica, journal } = store
  const { now } = standing
  const window = offlineWindow(clock, standing)
  const medium = replica.medium(keys)
  // Not in the copy is not "invalid": the server may well know it.
  if (!medium) return refused({ reason: 'unknown_offline' as const })
  if (medium.blocked) return refused({ reason: 'medium_blocked' as const })
  const campaigns = replica.campaigns()
  const held = replica.acquisitions(medium.holder)
  const uses = journal.usesOf(held.map(({ acquisitionId }) => acquisitionId))
  const campaignOf = new Map(held.map(({ acquisitionId, campaignId }) => [acquisitionId, campaignId]))
  const acquisitions = held.map((acquisition) => {
    const used = uses.filter(({ acquisitionId }) => acquisitionId === acquisition.acquisitionId).length
    return used === 0 ? acquisition : { ...acquisition, usesLeft: Math.max(0, acquisition.usesLeft - used) }
  })
  const known = replica.usage(medium.holder)
  const rooms = leaseRooms(leases, latestNow(clock))
  const usage = new Map<string, CampaignUsage>()
  for (const campaignId of new Set(campaignOf.values())) {
    const local = uses.filter(({ acquisitionId }) => campaignOf.get(acquisitionId) === campaignId)
    const ofCampaign = known.filter((row) => row.campaignId === campaignId)
    const used = usageOf(
      campaigns.get(campaignId),
      ofCampaign,
      local,
      objective,
      window ?? { earliest: now, latest: now },
    )
    const lease = rooms.get(campaignId)
    usage.set(campaignId, lease ? { ...used, lease } : used)
  }
  const offline = offlineTerms(standing)
  return accepted({ campaigns, acquisitions, usage, objective, now, ...(window && { window }), offline })
}

function usageOf(
  campaign: Campaign | undefined,
  known: readonly HolderUsage[],
  local: readonly LocalUse[],
  { store }: PlacedObjective,
  window: TimeWindow,
): CampaignUsage {
  const count = (period: string) => known.find((row) => row.period === period)?.uses ?? 0
  const period = campaign?.rules?.limits.holderPeriod?.period
  return {
    // How often all the others used it nobody knows here.
    campaign: null,
    holderUses: count('ever') + local.length,
    ...(period ? periodUses(period, known, local, store, window) : { holderPeriodUses: 0 }),
  }
}

/** Uses by period: of all that now may be in, the most, and the least at both ends. */
function periodUses(
  period: Period,
  known: readonly HolderUsage[],
  local: readonly LocalUse[],
  store: PlacedObjective['store'],
  { earliest, latest }: TimeWindow,
): Pick<CampaignUsage, 'holderPeriodUses' | 'holderPeriodUsesLeast'> {
  const [first, last] = [periodKey(period, earliest, store), periodKey(period, latest, store)]
  const uses = new Map<string, number>()
  // Keys of one kind sort by time.
  const add = (key: string, more: number) => {
    if (key >= first && key <= last) uses.set(key, (uses.get(key) ?? 0) + more)
  }
  for (const row of known) if (row.period.length === first.length) add(row.period, row.uses)
  for (const { usedAt } of local) add(periodKey(period, usedAt, store), 1)
  return {
    holderPeriodUses: Math.max(0, ...uses.values()),
    holderPeriodUsesLeast: Math.min(uses.get(first) ?? 0, uses.get(last) ?? 0),
  }
}

/** Approved alone: with the lease that each line of a limited campaign draws from, by acquisition. */
export interface OfflineApproval extends RedemptionApproval {
  readonly draws: ReadonlyMap<string, string>
}

/** Decides a redemption on the station's own copy, under the campaigns' offline policy and the store's. */
export function decideOffline(
  store: CounterStore,
  keys: readonly MediumKey[],
  ask: {
    readonly redemptionId: string
    readonly objective: PlacedObjective
    readonly select: Select
    readonly expectedTotalDiscount: number | undefined
    readonly standing: OfflineStanding
    readonly clock: ClockWindow
  },
): Outcome<OfflineApproval, { readonly refused: RefusedVisit }> {
  const { redemptionId, objective, select, expectedTotalDiscount, standing, clock } = ask
  const leases = heldLeases(store.journal)
  const input = offlineInput(store, keys, objective, standing, clock, leases)
  if (!input.ok) return refused({ refused: { ...refusal(input.reason), title: null, bestRemaining: null } })
  const decision = decideRedemption(input.value, select, expectedTotalDiscount)
  if (decision.status === 'refused') {
    const wire = toWireDecision(redemptionId, 0, decision, standing.now)
    const { failingAcquisitionId } = decision
    const failing = input.value.acquisitions.find(({ acquisitionId }) => acquisitionId === failingAcquisitionId)
    const campaign = failing && input.value.campaigns.get(failing.campaignId)
    return refused({
      refused: {
        ...refusal(decision.reason, decision.params),
        ...(campaign ? { title: campaign.title, titles: campaign.titles } : { title: null }),
        bestRemaining: (wire.status === 'refused' && wire.bestRemaining) || null,
      },
    })
  }
  const verdict = offlineVerdict(standing, decision.totalDiscount)
  if (verdict.ok) {
    return accepted({ ...decision, draws: leaseDraws(leases, decision.lines, clock) })
  }
  return refused({ refused: { ...refusal(verdict.reason, verdict.params), title: null, bestRemaining: null } })
}
