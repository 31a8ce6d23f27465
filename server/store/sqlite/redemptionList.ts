import type { Database } from 'better-sqlite3'
import type { RedemptionEntry, RedemptionOutcome } from '../../../core/contract/redemptionList.ts'
import { Entry } from '../../../core/media/medium.ts'
import { Store } from '../../../core/objective.ts'
import { isoDate } from '../../../core/qualification/localMoment.ts'
import { isKnownReason, reasonGroup } from '../../../core/reasonCodes.ts'
import type { Definitions } from '../deciding/definitions.ts'
import type { LineState } from '../deciding/redemptionRows.ts'
import type { RedemptionListPage, RedemptionListQuery, RedemptionPlace } from '../officeReads.ts'

/** Rows that are looked through for one page: a few milliseconds, in which nobody else is answered. */
const LOOKED_THROUGH = 2_000

const DAY_MS = 86_400_000

interface Row {
  readonly redemption_id: string
  readonly day: number
  readonly store_id: string
  readonly station_id: string
  readonly status: 'approved' | 'refused'
  readonly state: 'active' | 'rolled_back' | 'held'
  readonly origin: 'online' | 'offline'
  readonly decided_at: number
  readonly entry: string | null
  readonly operator_id: string | null
  readonly sale_ref: string | null
  readonly reason: string | null
}

interface LineRow {
  readonly campaign_id: string
  readonly discount: number
  readonly state: LineState
}

interface Asked {
  readonly from: number
  readonly until: number
  readonly afterDay: number
  readonly afterId: string
  readonly storeId: string | null
  readonly limit: number
}

export interface RedemptionList {
  page(query: RedemptionListQuery): RedemptionListPage
}

/** Redemptions by business day, newest first. */
export function redemptionList(db: Database, definitions: Definitions): RedemptionList {
  // The index alone says what is to be looked at.
  const places = db.prepare<[Asked], { day: number; redemption_id: string; store_id: string }>(
    `SELECT day, redemption_id, store_id FROM redemptions INDEXED BY redemptions_by_day
     WHERE day >= @from AND day <= @until AND (day, redemption_id) < (@afterDay, @afterId)
     ORDER BY day DESC, redemption_id DESC LIMIT @limit`,
  )
  const find = db.prepare<[string], Row>(
    `SELECT redemption_id, day, store_id, station_id, status, state, origin, decided_at, entry, operator_id, sale_ref,
       decision ->> 'reason' AS reason FROM redemptions WHERE redemption_id = ?`,
  )
  const linesOf = db.prepare<[string], LineRow>(
    'SELECT campaign_id, discount, state FROM redemption_lines WHERE redemption_id = ? ORDER BY acquisition_id',
  )
  const stationName = db.prepare<[string], string>('SELECT name FROM stations WHERE station_id = ?').pluck()
  const operatorName = db.prepare<[string], string>('SELECT name FROM operators WHERE operator_id = ?').pluck()
  const storeOf = db.prepare<[string], string>('SELECT store FROM stores WHERE store_id = ?').pluck()

  const toEntry = (row: Row, lines: readonly LineRow[], outcome: RedemptionOutcome): RedemptionEntry => {
    const store = Store.safeParse(JSON.parse(storeOf.get(row.store_id) ?? 'null'))
    const entry = Entry.safeParse(row.entry)
    const campaigns = definitions.current()
    return {
      redemptionId: row.redemption_id,
      at: new Date(row.decided_at).toISOString(),
      day: isoDate(row.day),
      storeId: row.store_id,
      storeName: store.success ? store.data.name : row.store_id,
      currency: store.success ? store.data.currency : 'XXX',
      stationId: row.station_id,
      stationName: stationName.get(row.station_id) ?? row.station_id,
      outcome,
      origin: row.origin,
      entry: entry.success ? entry.data : null,
      operatorName: row.operator_id === null ? null : (operatorName.get(row.operator_id) ?? null),
      saleId: saleIdOf(row.sale_ref),
      reason: row.reason,
      reasonGroup: row.reason === null ? null : reasonGroup(isKnownReason(row.reason) ? row.reason : 'invalid_request'),
      totalDiscount: lines.reduce((sum, line) => sum + (line.state === 'rolled_back' ? 0 : line.discount), 0),
      lines: lines.map(({ campaign_id, discount, state }) => {
        const campaign = campaigns.get(campaign_id)
        const titles = { ...campaign?.titles }
        return { campaignId: campaign_id, title: campaign?.title ?? '', titles, discount, state }
      }),
    }
  }

  return {
    page({ scope, after, limit, from, until, storeId, stationId, campaignId, outcome }) {
      const wanted = scope.storeId ?? storeId ?? null
      const found: RedemptionEntry[] = []
      if (scope.storeId !== null && storeId !== undefined && storeId !== scope.storeId) {
        return { redemptions: found, next: null }
      }
      const looked = places.all({
        from: from === undefined ? 0 : dayNumber(from),
        until: until === undefined ? LAST_DAY : dayNumber(until),
        afterDay: after?.day ?? LAST_DAY,
        afterId: after?.redemptionId ?? AFTER_EVERY_ID,
        storeId: wanted,
        limit: LOOKED_THROUGH,
      })
      let last: RedemptionPlace | null = null
      for (const place of looked) {
        if (found.length === limit) return { redemptions: found, next: last }
        last = { day: place.day, redemptionId: place.redemption_id }
        if (wanted !== null && place.store_id !== wanted) continue
        const row = find.get(place.redemption_id)
        if (!row || (stationId !== undefined && row.station_id !== stationId)) continue
        const lines = linesOf.all(row.redemption_id)
        if (campaignId !== undefined && !lines.some((line) => line.campaign_id === campaignId)) continue
        const is = outcomeOf(row, lines)
        if (outcome === undefined || outcome === is) found.push(toEntry(row, lines, is))
      }
      return { redemptions: found, next: looked.length === LOOKED_THROUGH ? last : null }
    },
  }
}

const LAST_DAY = 10_000_000
/** Sorts after every UUID. */
const AFTER_EVERY_ID = 'g'

/** Days since 1970 of an ISO date. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS)

function outcomeOf({ status, state }: Row, lines: readonly LineRow[]): RedemptionOutcome {
  if (status === 'refused') return 'refused'
  if (state === 'rolled_back') return 'rolled_back'
  return lines.some((line) => line.state === 'forced') ? 'forced' : 'approved'
}

function saleIdOf(saleRef: string | null): string | null {
  if (saleRef === null) return null
  const { saleId } = JSON.parse(saleRef) as { saleId?: string }
  return saleId ?? null
}
