import { LeaseState } from '../../../core/contract/leases.ts'
import { isOutstanding, type LeaseRow, type LeaseRows } from '../deciding/leaseRows.ts'
import type { CampaignCounters } from '../deciding/usageRows.ts'
import type { Call, Row, Statement } from './connection.ts'
import { put } from './put.ts'
import { Missing, type Wants } from './wants.ts'

const LOAD: Statement = {
  name: 'load_leases',
  text: `SELECT (SELECT json_agg(json_build_array(lease_id, campaign_id, station_id, encode(intent_hash, 'hex'), uses, value,
        drawn_uses, drawn_value, lent_at, spend_until, state, recalled_at, change_seq) ORDER BY lease_id)
      FROM leases WHERE lease_id = ANY ($1::TEXT[]) OR station_id = ANY ($3::TEXT[])
        OR (campaign_id = ANY ($2::TEXT[]) AND state IN ('out', 'recalled'))),
    (SELECT json_agg(json_build_array(store_id, stations)) FROM (SELECT store_id, count(*) AS stations FROM stations
      WHERE cardinality($2::TEXT[]) > 0 AND state = 'enrolled' AND role = 'counter' AND public_key IS NOT NULL
      GROUP BY store_id) AS counters)`,
}

type LeaseColumns = readonly [
  ...[string, string, string, string, number, number | null, number, number],
  ...[number, number, string, number | null, number],
]
export type LeasesLoaded = readonly [readonly LeaseColumns[] | null, readonly (readonly [string, number])[] | null]
export const NO_LEASES: LeasesLoaded = [null, null]

/** Loads leases by id, station and campaign; null when none is wanted. */
export function loadLeases({ leases, lends, leasesOf }: Wants): Call | null {
  if (leases.size + lends.size + leasesOf.size === 0) return null
  return { statement: LOAD, values: [[...leases], [...lends], [...leasesOf]] }
}

const INSERT: Statement = {
  name: 'new_leases',
  text: `INSERT INTO leases (lease_id, campaign_id, station_id, intent_hash, uses, value, lent_at, spend_until, state, change_seq)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::BYTEA[], $5::BIGINT[], $6::BIGINT[], $7::BIGINT[],
      $8::BIGINT[], $9::TEXT[], $10::BIGINT[])`,
}
const UPDATE: Statement = {
  name: 'put_leases',
  text: `UPDATE leases AS l SET drawn_uses = x.drawn_uses, drawn_value = x.drawn_value, state = x.state,
      recalled_at = x.recalled_at, ended_at = x.ended_at, ended_by = x.ended_by, ended_reason = x.ended_reason,
      change_seq = x.change_seq
    FROM unnest($1::TEXT[], $2::BIGINT[], $3::BIGINT[], $4::TEXT[], $5::BIGINT[], $6::BIGINT[], $7::TEXT[], $8::TEXT[],
      $9::BIGINT[]) AS x (lease_id, drawn_uses, drawn_value, state, recalled_at, ended_at, ended_by, ended_reason, change_seq)
    WHERE l.lease_id = x.lease_id`,
}

interface Ended {
  readonly at: number
  readonly by: string | null
  readonly reason: string | null
}

interface Kept {
  lease: LeaseRow
  readonly isNew: boolean
  isChanged: boolean
  ended: Ended | null
}

export interface LeaseSet {
  readonly leases: LeaseRows
  writes(): readonly Call[]
}

/** What is lent, in memory for one transaction. `counters`: of a campaign, null when it counts nothing. */
export function leaseSet(
  wants: Wants,
  [loaded, countersLoaded]: LeasesLoaded,
  isStation: (stationId: string) => boolean,
  counters: (campaignId: string) => CampaignCounters | null,
): LeaseSet {
  const kept = new Map<string, Kept>()
  for (const row of loaded ?? []) {
    const [leaseId, campaignId, stationId, intent, uses, value, drawnUses, drawnValue] = row
    const [, , , , , , , , lentAt, spendUntil, state, recalledAt, changeSeq] = row
    const lease = {
      ...{ leaseId, campaignId, stationId, intentHash: Buffer.from(intent, 'hex'), uses, value, drawnUses, drawnValue },
      ...{ lentAt, spendUntil, state: LeaseState.parse(state), recalledAt, changeSeq },
    }
    kept.set(leaseId, { lease, isNew: false, isChanged: false, ended: null })
  }
  const change = (leaseId: string, to: Partial<LeaseRow>): void => {
    const row = kept.get(leaseId)
    if (!row) return
    row.lease = { ...row.lease, ...to }
    row.isChanged = true
  }
  const all = (): LeaseRow[] => [...kept.values()].map(({ lease }) => lease)
  const find = (leaseId: string): LeaseRow | null => {
    const row = kept.get(leaseId)
    if (!row && !wants.leases.has(leaseId)) throw new Missing('leases', leaseId)
    return row?.lease ?? null
  }

  return {
    leases: {
      find,
      insert(lease) {
        const row = { ...lease, drawnUses: 0, drawnValue: 0, state: 'out' as const, recalledAt: null }
        kept.set(lease.leaseId, { lease: row, isNew: true, isChanged: false, ended: null })
      },
      draw(leaseId, value) {
        const lease = find(leaseId)
        if (!lease || !isOutstanding(lease) || lease.drawnUses >= lease.uses) return false
        if (lease.value !== null && lease.drawnValue + value > lease.value) return false
        change(leaseId, { drawnUses: lease.drawnUses + 1, drawnValue: lease.drawnValue + value })
        return true
      },
      setRecalled(leaseId, at, changeSeq) {
        if (find(leaseId)?.state === 'out') change(leaseId, { state: 'recalled', recalledAt: at, changeSeq })
      },
      end(leaseId, { state, at, by, reason, changeSeq }) {
        const lease = find(leaseId)
        if (!lease || !isOutstanding(lease)) return
        change(leaseId, { state, changeSeq })
        const row = kept.get(leaseId)
        if (row) row.ended = { at, by, reason }
      },
      outstandingOfCampaign(campaignId) {
        if (!wants.lends.has(campaignId)) {
          // Where nothing is lent there is nothing to lock: a campaign that has ended is asked about all the time.
          const lent = counters(campaignId)
          if (!lent || (lent.lentUses === 0 && lent.lentValue === 0)) return []
          throw new Missing('lends', campaignId)
        }
        return all().filter((lease) => lease.campaignId === campaignId && isOutstanding(lease))
      },
      ofStation(stationId) {
        if (!wants.leasesOf.has(stationId)) throw new Missing('leasesOf', stationId)
        return all().filter((lease) => lease.stationId === stationId)
      },
      isStation,
      countersByStore() {
        // Loaded with whatever is lent; who lends has asked for a campaign's leases before.
        return (countersLoaded ?? []).map(([storeId, stations]) => ({ storeId, stations }))
      },
    },
    writes() {
      const fresh: Row[] = []
      const old: Row[] = []
      for (const { lease, isNew, isChanged, ended } of kept.values()) {
        const { leaseId, campaignId, stationId, intentHash, uses, value, drawnUses, drawnValue } = lease
        const { lentAt, spendUntil, state, recalledAt, changeSeq } = lease
        if (isNew)
          fresh.push([leaseId, campaignId, stationId, intentHash, uses, value, lentAt, spendUntil, 'out', changeSeq])
        if (!isChanged) continue
        const { at = null, by = null, reason = null } = ended ?? {}
        old.push([leaseId, drawnUses, drawnValue, state, recalledAt, at, by, reason, changeSeq])
      }
      return [...put(INSERT, fresh), ...put(UPDATE, old)]
    },
  }
}
