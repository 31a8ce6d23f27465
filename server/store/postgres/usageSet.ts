import type { CampaignCounters, UsageRows } from '../deciding/usageRows.ts'
import { NO_LIMIT } from '../deciding/uses.ts'
import type { Call, Row, Statement } from './connection.ts'
import type { HolderColumns } from './holderSet.ts'
import { mustFindAll, put } from './put.ts'
import { Missing, type Wants } from './wants.ts'

const NEW_USAGE: Statement = {
  name: 'new_usage',
  text: `INSERT INTO holder_usage (holder_id, campaign_id, period, uses, change_seq)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[], $5::BIGINT[])`,
}
const USAGE: Statement = {
  name: 'put_usage',
  text: mustFindAll(
    `UPDATE holder_usage AS u SET uses = x.uses, change_seq = x.change_seq
     FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[])
       AS x (holder_id, campaign_id, period, uses, was, change_seq)
     WHERE u.holder_id = x.holder_id AND u.campaign_id = x.campaign_id AND u.period = x.period AND u.uses = x.was`,
    'holder_usage',
  ),
}
/**
 * The one place where processes meet: sums of a batch, within the limits that each of its decisions was made by. `most`: how
 * far a batch went above what it found.
 */
const COUNTERS: Statement = {
  name: 'count_campaigns',
  text: mustFindAll(
    `UPDATE campaign_usage AS c SET uses = greatest(c.uses + x.uses, 0), value = greatest(c.value + x.value, 0),
       lent_uses = c.lent_uses + x.lent_uses, lent_value = c.lent_value + x.lent_value, issued = greatest(c.issued + x.issued, 0),
       forced_uses = greatest(c.forced_uses + x.forced_uses, 0), forced_value = greatest(c.forced_value + x.forced_value, 0),
       recalled_at = coalesce(x.recalled_at, c.recalled_at)
     FROM (SELECT * FROM unnest($1::TEXT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[], $7::BIGINT[],
         $8::BIGINT[], $9::BIGINT[], $10::BIGINT[], $11::BIGINT[], $12::BIGINT[], $13::BIGINT[], $14::BIGINT[], $15::BIGINT[])
       AS x (campaign_id, uses, value, lent_uses, lent_value, issued, forced_uses, forced_value, recalled_at,
         most_uses, most_value, most_issued, limit_uses, limit_value, limit_issued)) AS x
     WHERE c.campaign_id = x.campaign_id AND c.uses + c.lent_uses + x.most_uses <= x.limit_uses
       AND c.value + c.lent_value + x.most_value <= x.limit_value AND c.issued + x.most_issued <= x.limit_issued`,
    'campaign_usage',
  ),
}
/** In one order, so that two batches of the same campaigns never wait for each other in a circle. */
const HOLD: Statement = {
  name: 'hold_campaigns',
  text: `SELECT count(*) FROM (SELECT 1 FROM campaign_usage WHERE campaign_id = ANY ($1::TEXT[])
    ORDER BY campaign_id FOR NO KEY UPDATE) AS held`,
}

interface Counted {
  readonly key: Row
  uses: number
  /** In the database; null: not there. */
  readonly was: number | null
  changeSeq: number | null
}

interface Counters {
  uses: number
  value: number
  lentUses: number
  lentValue: number
  issued: number
  recalledAt: number | null
}

type Forced = { uses: number; value: number }

interface Moved {
  readonly found: Readonly<Counters>
  readonly now: Counters
  readonly forced: Forced
  /** The most that was reached where a limit was looked at, above what was found; and that limit. */
  readonly most: { uses: number; value: number; issued: number }
  readonly limit: { uses: number; value: number; issued: number }
  touched: boolean
}

export interface UsageSet {
  readonly usage: UsageRows
  /** Coupons of a campaign that were issued. */
  issuedOf(campaignId: string): number
  /** Moves the count of issued coupons, whatever limits them. */
  countIssued(campaignId: string, by: 1 | -1): void
  /** Counts that changed, for the log of changes. */
  changed(): readonly { readonly key: Row; readonly changeSeq: number }[]
  writes(): readonly Call[]
  /** Moves of campaigns' counters: the last statements before the commit. */
  lastWrites(): readonly Call[]
}

/** How much holders and campaigns have used, in memory for one transaction. */
export function usageSet(
  wants: Wants,
  [, , held, , usageLoaded, countersLoaded]: HolderColumns,
  mustHave: (holderId: string) => void,
): UsageSet {
  const counts = new Map<string, Counted>()
  const nameOf = (holderId: string, campaignId: string, period: string) => `${holderId} ${campaignId} ${period}`
  for (const [holderId, campaignId, period, uses] of usageLoaded ?? []) {
    const key = [holderId, campaignId, period]
    counts.set(nameOf(holderId, campaignId, period), { key, uses, was: uses, changeSeq: null })
  }
  const campaigns = new Map<string, Moved>()
  for (const [campaignId, uses, value, lentUses, lentValue, recalledAt, issued] of countersLoaded ?? []) {
    const found = { uses, value, lentUses, lentValue, issued, recalledAt }
    campaigns.set(campaignId, {
      found,
      now: { ...found },
      forced: { uses: 0, value: 0 },
      most: { uses: 0, value: 0, issued: 0 },
      limit: { uses: NO_LIMIT, value: NO_LIMIT, issued: NO_LIMIT },
      touched: false,
    })
  }
  const heldCampaigns = new Set(held?.map(([, , campaignId]) => campaignId))

  const countOf = (holderId: string, campaignId: string, period: string): Counted | undefined => {
    mustHave(holderId)
    if (!wants.periods.has(period)) throw new Missing('periods', period)
    return counts.get(nameOf(holderId, campaignId, period))
  }
  const find = (campaignId: string): Moved | undefined => {
    const moved = campaigns.get(campaignId)
    if (!moved && !wants.campaigns.has(campaignId) && !heldCampaigns.has(campaignId)) {
      throw new Missing('campaigns', campaignId)
    }
    return moved
  }
  const move = (campaignId: string): Moved | undefined => {
    const moved = find(campaignId)
    if (moved) moved.touched = true
    return moved
  }
  /** Adds to what counts against the limits, and remembers how far that went. */
  const addWithin = (
    campaignId: string,
    what: 'count' | 'lend',
    uses: number,
    value: number,
    limit: Forced,
  ): boolean => {
    const moved = find(campaignId)
    if (!moved) return false
    const { now, found, most } = moved
    const usesThen = now.uses + now.lentUses + uses
    const valueThen = now.value + now.lentValue + value
    if (usesThen > limit.uses || valueThen > limit.value) return false
    moved.touched = true
    if (what === 'count') {
      now.uses += uses
      now.value += value
    } else {
      now.lentUses += uses
      now.lentValue += value
    }
    if (limit.uses < NO_LIMIT) {
      moved.limit.uses = limit.uses
      most.uses = Math.max(most.uses, usesThen - found.uses - found.lentUses)
    }
    if (limit.value < NO_LIMIT) {
      moved.limit.value = limit.value
      most.value = Math.max(most.value, valueThen - found.value - found.lentValue)
    }
    return true
  }

  const usage: UsageRows = {
    ofCampaign(campaignId) {
      const now = find(campaignId)?.now
      return now ? { uses: now.uses + now.lentUses, value: now.value + now.lentValue } : null
    },
    counters: (campaignId): CampaignCounters | null => find(campaignId)?.now ?? null,
    ofHolder: (holderId, campaignId, period) => countOf(holderId, campaignId, period)?.uses ?? 0,
    countInCampaign: (campaignId, value, limit) => addWithin(campaignId, 'count', 1, value, limit),
    uncountInCampaign(campaignId, value) {
      const now = move(campaignId)?.now
      if (!now) return
      now.uses = Math.max(now.uses - 1, 0)
      now.value = Math.max(now.value - value, 0)
    },
    countOfHolder(holderId, campaignId, period, changeSeq, limit) {
      const count = countOf(holderId, campaignId, period)
      if (count) {
        if (count.uses >= limit) return false
        count.uses += 1
        count.changeSeq = changeSeq
        return true
      }
      const key = [holderId, campaignId, period]
      counts.set(nameOf(holderId, campaignId, period), { key, uses: 1, was: null, changeSeq })
      return true
    },
    uncountOfHolder(holderId, campaignId, period, changeSeq) {
      const count = countOf(holderId, campaignId, period)
      if (!count || count.uses === 0) return
      count.uses -= 1
      count.changeSeq = changeSeq
    },
    countForced(campaignId, value, by) {
      const forced = move(campaignId)?.forced
      if (!forced) return
      forced.uses += by
      forced.value += by * value
    },
    issue(campaignId, limit) {
      const moved = find(campaignId)
      if (!moved || moved.now.issued >= limit) return false
      moved.touched = true
      moved.now.issued += 1
      if (limit < NO_LIMIT) {
        moved.limit.issued = limit
        moved.most.issued = Math.max(moved.most.issued, moved.now.issued - moved.found.issued)
      }
      return true
    },
    lend: (campaignId, lent, limit) => addWithin(campaignId, 'lend', lent.uses, lent.value, limit),
    takeBack(campaignId, lent) {
      const now = move(campaignId)?.now
      if (!now) return
      now.lentUses -= lent.uses
      now.lentValue -= lent.value
    },
    noteRecall(campaignId, at) {
      const now = move(campaignId)?.now
      if (now) now.recalledAt = at
    },
  }

  const touched = (): Counted[] => [...counts.values()].filter(({ changeSeq }) => changeSeq !== null)

  return {
    usage,
    issuedOf: (campaignId) => find(campaignId)?.now.issued ?? 0,
    countIssued(campaignId, by) {
      const now = move(campaignId)?.now
      if (now) now.issued = Math.max(now.issued + by, 0)
    },
    changed: () => touched().map(({ key, changeSeq }) => ({ key, changeSeq: changeSeq ?? 0 })),
    writes() {
      const fresh: Row[] = []
      const old: Row[] = []
      for (const { key, uses, was, changeSeq } of touched()) {
        if (was === null) fresh.push([...key, uses, changeSeq])
        else old.push([...key, uses, was, changeSeq])
      }
      return [...put(NEW_USAGE, fresh), ...put(USAGE, old)]
    },
    lastWrites() {
      const moves = [...campaigns].filter(([, { touched }]) => touched)
      const rows = moves.map(
        ([campaignId, { now, found, forced, most, limit }]): Row => [
          campaignId,
          now.uses - found.uses,
          now.value - found.value,
          now.lentUses - found.lentUses,
          now.lentValue - found.lentValue,
          now.issued - found.issued,
          forced.uses,
          forced.value,
          now.recalledAt === found.recalledAt ? null : now.recalledAt,
          most.uses,
          most.value,
          most.issued,
          // Where nothing was counted against a limit, none is asked for.
          most.uses > 0 ? limit.uses : NO_LIMIT,
          most.value > 0 ? limit.value : NO_LIMIT,
          most.issued > 0 ? limit.issued : NO_LIMIT,
        ],
      )
      const hold = rows.length > 1 ? [{ statement: HOLD, values: [rows.map(([campaignId]) => campaignId)] }] : []
      return [...hold, ...put(COUNTERS, rows)]
    },
  }
}
