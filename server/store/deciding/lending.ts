import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { CampaignRules } from '../../../core/campaigns/rules.ts'
import type { LeaseResponse } from '../../../core/contract/leases.ts'
import { isLimitedAsAWhole } from '../../../core/leases/demand.ts'
import { leaseShare, NOTHING_LENT } from '../../../core/leases/share.ts'
import { standingReason } from '../../../core/qualification/standing.ts'
import { reasonGroup } from '../../../core/reasonCodes.ts'
import type { Refusal } from '../commands.ts'
import { isTooOld } from '../keeping.ts'
import type { LendAnswer, LendCommand } from '../leaseCommands.ts'
import { storesOf } from '../storesOf.ts'
import type { Definitions } from './definitions.ts'
import { type LeaseRow, type LeaseRows, leftOf } from './leaseRows.ts'
import type { Unit } from './unit.ts'
import type { CampaignCounters, UsageRows } from './usageRows.ts'
import { NO_LIMIT } from './uses.ts'

const HOUR_MS = 3_600_000

/** Stations ask before a campaign starts, so that the line may break in its first minute. */
const LENT_AHEAD_MS = 24 * HOUR_MS

/** After a recall the last uses stay where everybody can reach them for a while, instead of going out again at once. */
const QUIET_AFTER_RECALL_MS = 10 * 60_000

const NOTHING_COUNTED: CampaignCounters = { uses: 0, value: 0, lentUses: 0, lentValue: 0, recalledAt: null }

export type Lend = (unit: Unit, command: LendCommand) => LendAnswer

/** Lends a part of a limited campaign to a station, inside the open transaction. */
export function lending(rows: LeaseRows, usage: UsageRows, definitions: Definitions): Lend {
  /** Counters where the campaign can be used. */
  const stationsFor = (campaign: Campaign): number => {
    const stores = storesOf(campaign)
    return rows
      .countersByStore()
      .filter(({ storeId }) => stores?.includes(storeId) !== false)
      .reduce((sum, { stations }) => sum + stations, 0)
  }

  const heldBy = (stationId: string, campaignId: string) => {
    let uses = 0
    let value = 0
    for (const lease of rows.outstandingOfCampaign(campaignId)) {
      if (lease.stationId !== stationId) continue
      const left = leftOf(lease)
      uses += left.uses
      value += left.value ?? 0
    }
    return { uses, value }
  }

  return (unit, { station, request, intentHash }) => {
    const { leaseId, campaignId, wantUses, wantValue } = request
    const { stationId } = station
    const before = rows.find(leaseId)
    if (before) {
      const isSame = before.stationId === stationId && Buffer.compare(before.intentHash, intentHash) === 0
      return isSame ? { kind: 'lent', response: lentAs(before) } : { kind: 'differs' }
    }
    if (isTooOld(leaseId, unit.now)) return { kind: 'too_old' }
    const campaign = definitions.current(unit).get(campaignId)
    if (!campaign) return { kind: 'unknown_campaign' }
    const { rules } = campaign
    if (rules && !isLimitedAsAWhole(rules.limits)) return { kind: 'not_limited' }
    const refusal = refusalOf(campaign, station.store.storeId, unit.now)
    if (refusal || !rules) return nothing(leaseId, unit.now, refusal ?? { reason: 'unsupported_rules', params: {} })

    const counted = usage.counters(campaignId) ?? NOTHING_COUNTED
    const isQuiet = counted.recalledAt !== null && unit.now - counted.recalledAt < QUIET_AFTER_RECALL_MS
    const share = isQuiet
      ? NOTHING_LENT
      : leaseShare({
          limits: rules.limits,
          counted,
          lent: { uses: counted.lentUses, value: counted.lentValue },
          heldHere: heldBy(stationId, campaignId),
          stations: stationsFor(campaign),
          want: wantValue === undefined ? { wantUses } : { wantUses, wantValue },
        })
    const { campaignUses = NO_LIMIT, campaignValue = NO_LIMIT } = rules.limits
    const lent = { uses: share.uses, value: share.value ?? 0 }
    const isTaken = share.uses > 0 && usage.lend(campaignId, lent, { uses: campaignUses, value: campaignValue })
    if (!isTaken) return nothing(leaseId, unit.now, { reason: 'campaign_limit_reached', params: {} })

    const lease = {
      leaseId,
      campaignId,
      stationId,
      intentHash,
      uses: share.uses,
      value: share.value,
      lentAt: unit.now,
      spendUntil: spendUntil(rules, station.settings.offline.maxReplicaAgeHours, unit.now),
      changeSeq: unit.nextChange(),
    }
    rows.insert(lease)
    return { kind: 'lent', response: lentAs({ ...lease, state: 'out' }) }
  }
}

/** As long as a station may decide on its copy at all, and not beyond the campaign's end. */
function spendUntil(rules: CampaignRules, maxReplicaAgeHours: number, now: number): number {
  return Math.min(now + maxReplicaAgeHours * HOUR_MS, Date.parse(rules.validUntil))
}

/** Why nothing of a campaign is lent to a store, whatever is left of it. */
function refusalOf(campaign: Campaign, storeId: string, now: number): Refusal | null {
  if (campaign.rules?.offline.mode === 'require_online') return { reason: 'offline_not_allowed', params: {} }
  if (storesOf(campaign)?.includes(storeId) === false) return { reason: 'wrong_store', params: {} }
  const standing = standingReason(campaign, null, now)
  return standing?.reason === 'not_yet_valid' ? standingReason(campaign, null, now + LENT_AHEAD_MS) : standing
}

function lentAs(lease: Pick<LeaseRow, 'leaseId' | 'uses' | 'value' | 'spendUntil' | 'state'>): LeaseResponse {
  const { leaseId, uses, value, spendUntil, state } = lease
  return {
    leaseId,
    uses,
    ...(value === null ? {} : { value }),
    spendUntil: new Date(spendUntil).toISOString(),
    state,
  }
}

/** Not kept: a station that got nothing asks again, under this id or another. */
function nothing(leaseId: string, now: number, { reason, params }: Refusal): LendAnswer {
  const response: LeaseResponse = {
    leaseId,
    uses: 0,
    spendUntil: new Date(now).toISOString(),
    state: 'returned',
    reason,
    reasonGroup: reasonGroup(reason),
    params,
  }
  return { kind: 'lent', response }
}
