import Database from 'better-sqlite3'
import type { CountersReport } from './countersUnderFaults.ts'

export interface CountersVerdict {
  readonly lost: number
  /** Uses that were taken more or less often than lines count them. */
  readonly countedTwice: number
  readonly leaseOverspend: number
  /** Lines beyond what the coupons had, as the server holds them and as the oracle counts them from what was shown. */
  readonly forced: { readonly held: number; readonly expected: number }
  /** What is wrong, in words; empty when the promise was kept. */
  readonly wrong: readonly string[]
}

interface Line {
  readonly redemption_id: string
  readonly acquisition_id: string
  readonly discount: number
}

/** Holds the server's database against what the screens showed. */
export function verdictOn({ seed, shown, usesAtStart, database }: CountersReport): CountersVerdict {
  const db = new Database(database, { readonly: true })
  try {
    const all = <Row>(query: string): Row[] => db.prepare<[], Row>(query).all()
    const active = all<Line>(
      "SELECT redemption_id, acquisition_id, discount FROM redemption_lines WHERE state <> 'rolled_back'",
    )
    const wrong: string[] = []
    const byRedemption = Map.groupBy(active, ({ redemption_id }) => redemption_id)

    let lost = 0
    for (const [id, { lines, undoAsked, undone }] of shown) {
      const held = byRedemption.get(id) ?? []
      if (undone && held.length > 0) wrong.push(`${id} was taken back and is held`)
      if (undoAsked || undone) continue
      const same = held.length === lines.size && held.every((line) => lines.get(line.acquisition_id) === line.discount)
      if (same) continue
      lost += 1
      wrong.push(`${id} was shown as approved and is lost, or held with other lines`)
    }
    for (const id of byRedemption.keys()) if (!shown.has(id)) wrong.push(`${id} is held and was never shown`)

    let countedTwice = 0
    let expected = 0
    const given = Map.groupBy(active, ({ acquisition_id }) => acquisition_id)
    for (const { acquisition_id, uses_left, uses } of all<{ acquisition_id: string; uses_left: number; uses: number }>(
      USES,
    )) {
      const lines = given.get(acquisition_id)?.length ?? 0
      const atStart = usesAtStart.get(acquisition_id) ?? uses
      expected += Math.max(0, lines - atStart)
      if (uses_left === Math.max(0, atStart - lines)) continue
      countedTwice += 1
      wrong.push(`${acquisition_id}: ${lines} lines, ${uses_left} of ${atStart} uses left`)
    }
    const held = db.prepare<[], number>(FORCED).pluck().get() ?? 0
    if (held !== expected) wrong.push(`${held} lines are forced, the oracle counts ${expected}`)

    const leaseOverspend = db.prepare<[], number>(OVERSPENT).pluck().get() ?? 0
    if (leaseOverspend > 0) wrong.push(`${leaseOverspend} leases or limited campaigns are overspent`)
    return {
      lost,
      countedTwice,
      leaseOverspend,
      forced: { held, expected },
      wrong: wrong.map((sentence) => `seed ${seed}: ${sentence}`),
    }
  } finally {
    db.close()
  }
}

/** Of the coupons that anybody used. */
const USES = `
  SELECT acquisition_id, uses_left, coalesce(json_extract(rules, '$.limits.acquisitionUses'), 1) AS uses
  FROM acquisitions JOIN campaigns USING (campaign_id)
  WHERE acquisition_id IN (SELECT acquisition_id FROM redemption_lines)`

const FORCED = `
  SELECT count(*) FROM overuse JOIN redemption_lines USING (redemption_id, acquisition_id)
  WHERE took_use = 0 AND state = 'forced'`

const OVERSPENT = `
  SELECT (SELECT count(*) FROM leases WHERE drawn_uses > uses)
    + (SELECT count(*) FROM overuse WHERE reason = 'lease_exhausted')
    + (SELECT count(*) FROM campaign_usage JOIN campaigns USING (campaign_id)
       WHERE uses + lent_uses > coalesce(json_extract(rules, '$.limits.campaignUses'), 1000000000))`
