import type { RedemptionQuery } from '../../core/contract/redemptionList.ts'
import type { ReconciledSpan } from '../../core/counter/dayDesk.ts'
import {
  type ReconciledTotals,
  reconcile,
  type SaleEntry,
  type ServerEntry,
} from '../../core/counter/reconciliation.ts'
import type { Store } from '../../core/objective.ts'
import { accepted, type Outcome } from '../../core/outcome.ts'
import { isoDate } from '../../core/qualification/localMoment.ts'
import { businessDayAt } from '../../core/qualification/periods.ts'
import type { ManagerLine } from '../offline/managerLine.ts'
import type { Refusal } from '../session/model.ts'
import type { DayBook, Span } from '../store/dayBook.ts'
import type { PosAccess } from '../store/posBook.ts'

const DAY_MS = 86_400_000
/** A local day lies within these of the same date in UTC: zones go from −12 to +14 hours, and a business day may begin at 23. */
const MARGIN_MS = 38 * 3_600_000
const PAGE = 200
/** 20,000 redemptions of one counter: more than it can give in a day. */
const MOST_PAGES = 100

export interface BooksParts {
  readonly journal: DayBook
  readonly line: Pick<ManagerLine, 'redemptions'>
  readonly stationId: string
  readonly store: Store
  /** Everyone that was ever let in. */
  readonly accesses: readonly PosAccess[]
  /** Corrected time, epoch milliseconds. */
  readonly now: number
}

/** The epoch day of a date; the caller has checked that it is one. */
export const epochDay = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS)

/** Every moment that may belong to these business days, wherever the store is. */
export function around(fromDay: number, untilDay: number): Span {
  return { from: fromDay * DAY_MS - MARGIN_MS, until: (untilDay + 1) * DAY_MS + MARGIN_MS }
}

/** Counter, server and POS over one span, side by side. Without the server's answer, the other two. */
export async function reconciledBooks(
  span: ReconciledSpan,
  parts: BooksParts,
): Promise<{ readonly totals: ReconciledTotals; readonly refused: Refusal | null }> {
  const { journal, store, accesses, now } = parts
  const { shift } = span
  const day = epochDay(span.day)
  const isIn = (at: number): boolean =>
    shift ? at >= shift.from && at <= shift.until : businessDayAt(at, store) === day
  const wide = shift ? { from: shift.from, until: shift.until + 1 } : around(day, day)
  const asked = await serverEntries(span, parts)
  const names = new Map(accesses.map(({ posId, name }) => [posId, name]))
  const totals = reconcile({
    approvals: journal.approvalsIn(wide).filter(({ at }) => isIn(at)),
    server: asked.ok ? asked.value.filter(({ at }) => isIn(at)) : null,
    sales: journal.salesIn(wide).flatMap((sale): SaleEntry[] => {
      if (!isIn(sale.at)) return []
      const { saleId, posId, at, ended, approval } = sale
      const posName = names.get(posId) ?? posId
      const approved = approval?.shown.totalDiscount ?? 0
      const redemptionId = approval?.redemptionId ?? null
      return [
        { saleId, posName, at, how: ended?.how ?? 'open', discount: ended?.discount ?? null, approved, redemptionId },
      ]
    }),
    hasPos: accesses.some(({ revokedAt }) => revokedAt === null),
    now,
  })
  return { totals, refused: asked.ok ? null : asked.refused }
}

/** What the server has of this counter on the business days that the span touches. */
async function serverEntries(
  { day, shift }: ReconciledSpan,
  { line, stationId, store }: BooksParts,
): Promise<Outcome<readonly ServerEntry[], { readonly refused: Refusal }>> {
  const from = shift ? isoDate(businessDayAt(shift.from, store)) : day
  const until = shift ? isoDate(businessDayAt(shift.until, store)) : day
  const found: ServerEntry[] = []
  let query: Partial<RedemptionQuery> = { from, until, stationId, limit: PAGE }
  for (let page = 0; page < MOST_PAGES; page++) {
    const answered = await line.redemptions(query)
    if (!answered.ok) return answered
    const { redemptions, cursor } = answered.value
    for (const { redemptionId, at, outcome, totalDiscount } of redemptions) {
      if (outcome === 'refused') continue
      const stands = outcome === 'approved' || outcome === 'forced'
      found.push({ redemptionId, at: Date.parse(at), discount: stands ? totalDiscount : 0, stands })
    }
    if (cursor === null) return accepted(found)
    query = { ...query, cursor }
  }
  return accepted(found)
}
