import type { Database } from 'better-sqlite3'
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

const HOUR_MS = 3_600_000

/** Stations ask before a campaign starts, so that the line may break in its first minute. */
const LENT_AHEAD_MS = 24 * HOUR_MS

/** After a recall the last uses stay where everybody can reach them for a while, instead of going out again at once. */
const QUIET_AFTER_RECALL_MS = 10 * 60_000

/** Beyond every count and every sum that can be reached. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER

export type Lend = (unit: Unit, command: LendCommand) => LendAnswer

interface Usage {
  readonly uses: number
  readonly value: number
  readonly lent_uses: number
  readonly lent_value: number
  readonly recalled_at: number | null
}

/** Lends a part of a limited campaign to a station, inside the open transaction. */
export function lending(db: Database, rows: LeaseRows, definitions: Definitions): Lend {
  const readUsage = db.prepare<[string], Usage>(
    'SELECT uses, value, lent_uses, lent_value, recalled_at FROM campaign_usage WHERE campaign_id = ?',
  )
  const takeFromPool = db.prepare<[number, number, string, number, number, number, number]>(
    `UPDATE campaign_usage SET lent_uses = lent_uses + ?, lent_value = lent_value + ?
     WHERE campaign_id = ? AND uses + lent_uses + ? <= ? AND value + lent_value + ? <= ?`,
  )
  const counters = db.prepare<[], { store_id: string; stations: number }>(
    `SELECT store_id, count(*) AS stations FROM stations
     WHERE state = 'enrolled' AND role = 'counter' AND public_key IS NOT NULL GROUP BY store_id`,
  )

  /** Counters where the campaign can be used. */
  const stationsFor = (campaign: Campaign): number => {
    const stores = storesOf(campaign)
    return counters
      .all()
      .filter(({ store_id: storeId }) => stores?.includes(storeId) !== false)
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
    const campaign = definitions.current().get(campaignId)
    if (!campaign) return { kind: 'unknown_campaign' }
    const { rules } = campaign
    if (rules && !isLimitedAsAWhole(rules.limits)) return { kind: 'not_limited' }
    const refusal = refusalOf(campaign, station.store.storeId, unit.now)
    if (refusal || !rules) return nothing(leaseId, unit.now, refusal ?? { reason: 'unsupported_rules', params: {} })

    const usage = readUsage.get(campaignId) ?? { uses: 0, value: 0, lent_uses: 0, lent_value: 0, recalled_at: null }
    const isQuiet = usage.recalled_at !== null && unit.now - usage.recalled_at < QUIET_AFTER_RECALL_MS
    const share = isQuiet
      ? NOTHING_LENT
      : leaseShare({
          limits: rules.limits,
          counted: usage,
          lent: { uses: usage.lent_uses, value: usage.lent_value },
          heldHere: heldBy(stationId, campaignId),
          stations: stationsFor(campaign),
          want: wantValue === undefined ? { wantUses } : { wantUses, wantValue },
        })
    const { campaignUses = NO_LIMIT, campaignValue = NO_LIMIT } = rules.limits
    const value = share.value ?? 0
    const isTaken =
      share.uses > 0 &&
      takeFromPool.run(share.uses, value, campaignId, share.uses, campaignUses, value, campaignValue).changes === 1
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
