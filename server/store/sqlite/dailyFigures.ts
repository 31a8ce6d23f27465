import type { Database } from 'better-sqlite3'
import type { CampaignUse } from '../../../core/contract/campaigns.ts'
import type { IssueFigures } from '../deciding/acquire.ts'
import type { DailyFigures, FiguresQuery } from '../officeReads.ts'

/** Counts what comes into being; what is redeemed is counted by the database itself, wherever a line changes. */
export function issueFigures(db: Database): IssueFigures {
  const issue = db.prepare<[number, string, string, number, number]>(
    `INSERT INTO daily_figures (day, campaign_id, store_id, issued, issued_uses, acquired) VALUES (?, ?, ?, 1, ?, ?)
     ON CONFLICT (day, campaign_id, store_id) DO UPDATE SET issued = issued + 1,
       issued_uses = issued_uses + excluded.issued_uses, acquired = acquired + excluded.acquired`,
  )
  return {
    issued: (day, campaignId, storeId, uses, taken) => void issue.run(day, campaignId, storeId, uses, Number(taken)),
  }
}

interface Asked {
  readonly from: number
  readonly until: number
  readonly campaignId: string | null
  readonly storeId: string | null
  readonly byDay: number
  readonly byCampaign: number
  readonly byStore: number
}

export interface FigureReads {
  daily(query: FiguresQuery): readonly DailyFigures[]
  uses(): ReadonlyMap<string, CampaignUse & { readonly issuedUses: number }>
}

/** Sums over days, campaigns and stores: a row for each of these, however much happened. */
export function figureReads(db: Database): FigureReads {
  const daily = db.prepare<[Asked], DailyFigures>(
    `SELECT iif(@byDay, day, 0) AS day, iif(@byCampaign, campaign_id, '') AS campaignId,
       iif(@byStore, store_id, '') AS storeId, sum(issued) AS issued, sum(issued_uses) AS issuedUses,
       sum(acquired) AS acquired, sum(redeemed) AS redeemed, sum(discount) AS discount, sum(forced) AS forced,
       sum(forced_discount) AS forcedDiscount, sum(rolled_back) AS rolledBack
     FROM daily_figures WHERE day BETWEEN @from AND @until AND campaign_id <> ''
       AND (@campaignId IS NULL OR campaign_id = @campaignId) AND (@storeId IS NULL OR store_id = @storeId)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  )
  const uses = db.prepare<[], CampaignUse & { campaignId: string; issuedUses: number }>(
    `SELECT u.campaign_id AS campaignId, u.uses, u.value, u.lent_uses AS lentUses, u.lent_value AS lentValue,
       u.forced_uses AS forcedUses, u.forced_value AS forcedValue, u.issued, coalesce(f.issued_uses, 0) AS issuedUses
     FROM campaign_usage u LEFT JOIN
       (SELECT campaign_id, sum(issued_uses) AS issued_uses FROM daily_figures GROUP BY campaign_id) f USING (campaign_id)`,
  )
  return {
    daily: ({ from, until, campaignId, storeId, by }) =>
      daily.all({
        from,
        until,
        campaignId,
        storeId,
        byDay: Number(by.includes('day')),
        byCampaign: Number(by.includes('campaign')),
        byStore: Number(by.includes('store')),
      }),
    uses: () => new Map(uses.all().map(({ campaignId, ...use }) => [campaignId, use])),
  }
}
