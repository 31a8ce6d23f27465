import { CampaignRules } from '../../core/campaigns/rules.ts'
import type { CampaignReport, DayReport, Figures, ReportQuery, StoreReport } from '../../core/contract/reports.ts'
import { isoDate } from '../../core/qualification/localMoment.ts'
import type { CampaignRecord } from '../store/campaignCommands.ts'
import type { DailyFigures, FiguresQuery, OfficeReads, StoreScope } from '../store/officeReads.ts'
import { NOTHING, sumOf, toFigures } from './figures.ts'

const DAY_MS = 86_400_000

/** Days since 1970 of an ISO date. */
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** What reports are made from: read once, it is a row for each campaign, store and day, and no more. */
export interface ReportSource {
  readonly query: ReportQuery
  readonly currency: string
  readonly currencies: readonly string[]
  readonly stores: ReadonlyMap<string, string>
  readonly campaigns: ReadonlyMap<string, ReportedCampaign>
  readonly rows: readonly DailyFigures[]
  readonly uses: Awaited<ReturnType<OfficeReads['campaignUses']>>
  readonly now: number
}

interface ReportedCampaign {
  readonly title: string
  readonly titles: Readonly<Record<string, string>>
  readonly currency: string | null
  readonly rules: CampaignRules | null
  readonly isApproved: boolean
}

/** Reads what a report is made from. `scope`: the one store that the asker looks after. */
export async function reportSource(
  store: OfficeReads,
  campaigns: readonly CampaignRecord[],
  query: ReportQuery,
  scope: StoreScope,
  by: FiguresQuery['by'],
  now: number,
): Promise<ReportSource> {
  const storeId = scope.storeId ?? query.storeId ?? null
  const [rows, stores, uses] = await Promise.all([
    store.dailyFigures({
      from: dayNumber(query.from),
      until: dayNumber(query.until),
      campaignId: query.campaignId ?? null,
      storeId,
      by,
    }),
    store.stores(scope),
    store.campaignUses(),
  ])
  const currencies = stores.map((record) => record.store.currency)
  const known = new Map(campaigns.map((campaign) => [campaign.campaignId, reported(campaign)]))
  return {
    query: storeId === null ? query : { ...query, storeId },
    currency: query.currency ?? mostCommon(currencies),
    currencies: [...new Set([...currencies, ...[...known.values()].flatMap(({ currency }) => currency ?? [])])].sort(),
    stores: new Map(stores.map((record) => [record.store.storeId, record.store.name])),
    campaigns: known,
    rows,
    uses,
    now,
  }
}

/** A line for every day of the range. */
export function dayReport(source: ReportSource): DayReport {
  const { query } = source
  const byDay = new Map<number, Figures>()
  for (const row of figuresOf(source)) byDay.set(row.day, sumOf([byDay.get(row.day) ?? NOTHING, row.figures]))
  const days: DayReport['days'] = []
  for (let day = dayNumber(query.from); day <= dayNumber(query.until); day += 1) {
    days.push({ day: isoDate(day), ...(byDay.get(day) ?? NOTHING) })
  }
  return { ...headOf(source), days, total: sumOf(byDay.values()) }
}

/** A line for every store where something happened, most redemptions first. */
export function storeReport(source: ReportSource): StoreReport {
  const byStore = new Map<string, Figures>()
  for (const row of figuresOf(source)) {
    byStore.set(row.storeId, sumOf([byStore.get(row.storeId) ?? NOTHING, row.figures]))
  }
  const stores = [...byStore]
    .map(([storeId, figures]) => ({ storeId, name: source.stores.get(storeId) ?? storeId, ...figures }))
    .sort((a, b) => b.redeemed - a.redeemed || a.name.localeCompare(b.name))
  return { ...headOf(source), stores, total: sumOf(byStore.values()) }
}

/** A line for every campaign of which something happened, largest discount first, with its budget. */
export function campaignReport(source: ReportSource): CampaignReport {
  const byCampaign = new Map<string, Figures>()
  for (const row of figuresOf(source)) {
    byCampaign.set(row.campaignId, sumOf([byCampaign.get(row.campaignId) ?? NOTHING, row.figures]))
  }
  const campaigns = [...byCampaign]
    .map(([campaignId, figures]) => {
      const { title, titles, currency, rules } = source.campaigns.get(campaignId) ?? UNKNOWN
      const { issuedUses: _, ...use } = source.uses.get(campaignId) ?? NO_USE
      const { campaignUses = null, campaignValue = null, circulation = null } = rules?.limits ?? {}
      return {
        campaignId,
        title,
        titles: { ...titles },
        currency,
        ...figures,
        use,
        budget: { campaignUses, campaignValue, circulation },
      }
    })
    .sort((a, b) => b.discount - a.discount || b.redeemed - a.redeemed || (a.campaignId < b.campaignId ? 1 : -1))
  return { ...headOf(source), campaigns, total: sumOf(byCampaign.values()) }
}

const UNKNOWN: ReportedCampaign = { title: '', titles: {}, currency: null, rules: null, isApproved: false }

const NO_USE = {
  uses: 0,
  value: 0,
  lentUses: 0,
  lentValue: 0,
  forcedUses: 0,
  forcedValue: 0,
  issued: 0,
  issuedUses: 0,
}

interface Placed {
  readonly day: number
  readonly campaignId: string
  readonly storeId: string
  readonly figures: Figures
}

/** What was counted, and what expired: the uses left of campaigns that were over within the range. */
function figuresOf(source: ReportSource): readonly Placed[] {
  const { rows, campaigns, currency } = source
  const counted = rows.map(({ day, campaignId, storeId, ...row }) => {
    const worth = campaigns.get(campaignId)?.currency === currency
    return { day, campaignId, storeId, figures: toFigures({ day, campaignId, storeId, ...row }, worth) }
  })
  return [...counted, ...expiredOf(source)]
}

function expiredOf({ query, campaigns, uses, now }: ReportSource): readonly Placed[] {
  // Where a coupon would have been used, nobody knows.
  if (query.storeId !== undefined) return []
  const placed: Placed[] = []
  for (const [campaignId, { rules, isApproved }] of campaigns) {
    if (!rules || !isApproved || (query.campaignId !== undefined && query.campaignId !== campaignId)) continue
    const over = Date.parse(rules.validUntil)
    // It was over from that moment on: of midnight, with the day before.
    const day = Math.floor((over - 1) / DAY_MS)
    if (over > now || day < dayNumber(query.from) || day > dayNumber(query.until)) continue
    const use = uses.get(campaignId) ?? NO_USE
    const expired = Math.max(0, use.issuedUses - use.uses)
    if (expired > 0) placed.push({ day, campaignId, storeId: '', figures: { ...NOTHING, expired } })
  }
  return placed
}

function headOf({ query: { from, until }, currency, currencies }: ReportSource) {
  return { from, until, currency, currencies: [...currencies] }
}

function reported({ rules, inForce }: CampaignRecord): ReportedCampaign {
  const known = CampaignRules.safeParse(rules)
  const { title } = rules
  return known.success
    ? {
        title,
        titles: known.data.titles,
        currency: known.data.currency,
        rules: known.data,
        isApproved: inForce !== null,
      }
    : { ...UNKNOWN, title }
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'JPY'
}
