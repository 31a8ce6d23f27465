import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'
import { RedemptionResponse } from '../../core/contract/redemptions.ts'
import { SearchResponse } from '../../core/contract/search.ts'
import type { CounterState, PurchaseLine } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { ShownApproval } from '../../counter/store/counterStore.ts'
import type { DemoServer } from './demoServer.ts'

export const LINES: readonly PurchaseLine[] = [
  {
    lineId: 'l1',
    label: '',
    category: 'bakery',
    quantity: { value: 1, scale: 0 },
    unitPrice: 5_000,
    lineTotal: 5_000,
  },
]

const OBJECTIVE = {
  currency: 'JPY',
  items: LINES.map(({ label: _, ...item }) => item),
  total: LINES.reduce((sum, { lineTotal }) => sum + lineTotal, 0),
}

/** Uses left of each usable coupon of a customer, as the server sees it for this purchase. */
export async function usesLeft(server: DemoServer, medium: RawMedium): Promise<Map<string, number>> {
  const { type, identifier } = medium
  const { body } = await server.post('/v1/search', { medium: { type, identifier }, objective: OBJECTIVE })
  return new Map(SearchResponse.parse(body).usable.map((coupon) => [coupon.acquisitionId, coupon.usesLeft]))
}

export interface CounterLedger {
  /** Decided and about to be shown, or shown: by redemption. */
  readonly shown: ReadonlyMap<string, ShownApproval>
  readonly undone: ReadonlySet<string>
  /** Every redemption that was ever asked for. */
  readonly intents: readonly string[]
  /** Rows that still have something to do. */
  readonly unfinished: number
}

/** What the counter's journal says, read from the file while the counter may be running. */
export function counterLedger(dataDir: string): CounterLedger {
  const db = new DatabaseSync(join(dataDir, 'journal.db'), { readOnly: true })
  try {
    const rows = (sql: string) => db.prepare(sql).all() as Record<string, string | number>[]
    const text = (value: string | number | undefined) => String(value)
    return {
      shown: new Map(
        rows("SELECT redemption_id, shown FROM intent WHERE state = 'shown'").map((row) => [
          text(row.redemption_id),
          JSON.parse(text(row.shown)) as ShownApproval,
        ]),
      ),
      undone: new Set(
        rows("SELECT redemption_id FROM undo WHERE state IN ('rolled_back', 'annulled')").map((row) =>
          text(row.redemption_id),
        ),
      ),
      intents: rows('SELECT redemption_id FROM intent').map((row) => text(row.redemption_id)),
      unfinished: Number(
        rows(`SELECT (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM intent WHERE state = 'open')
                + (SELECT COUNT(*) FROM undo WHERE state = 'pending') AS n`)[0]?.n,
      ),
    }
  } finally {
    db.close()
  }
}

/** How many pages `journal.db` has, the log beside it included. */
export function pagesOf(dataDir: string): number {
  const db = new DatabaseSync(join(dataDir, 'journal.db'), { readOnly: true })
  try {
    return Number((db.prepare('PRAGMA page_count').get() as { page_count: number }).page_count)
  } finally {
    db.close()
  }
}

/** What a cashier has seen on the screen as approved, and then as undone. */
export function seenOnScreen(states: readonly CounterState[]): { approved: Set<string>; undone: Set<string> } {
  const approved = new Set<string>()
  const undone = new Set<string>()
  for (const { visit } of states) {
    if (visit.phase === 'approved') approved.add(visit.redemptionId)
    if (visit.phase === 'undone') undone.add(visit.redemptionId)
  }
  return { approved, undone }
}

/**
 * What the server holds is what was shown, or was rolled back (CONTRACT.md §4.5): for every redemption that was ever asked
 * for, and for every coupon of every customer, to the single use.
 */
export async function expectBooksToAgree(
  server: DemoServer,
  ledger: CounterLedger,
  customers: readonly RawMedium[],
  before: ReadonlyMap<RawMedium, ReadonlyMap<string, number>>,
): Promise<void> {
  const used = new Map<string, number>()
  for (const redemptionId of ledger.intents) {
    const { status, body } = await server.get(`/v1/redemptions/${redemptionId}`)
    const held = status === 200 ? RedemptionResponse.parse(body) : null
    const active = held?.status === 'approved' && held.state === 'active'
    const shown = ledger.shown.get(redemptionId)
    expect({ redemptionId, active }).toEqual({ redemptionId, active: !!shown && !ledger.undone.has(redemptionId) })
    if (!active || !shown) continue
    expect(held.totalDiscount).toBe(shown.totalDiscount)
    for (const { acquisitionId } of shown.lines) used.set(acquisitionId, (used.get(acquisitionId) ?? 0) + 1)
  }
  for (const medium of customers) {
    const now = await usesLeft(server, medium)
    for (const [acquisitionId, left] of before.get(medium) ?? []) {
      const uses = used.get(acquisitionId) ?? 0
      // A used one may have become unusable for today, by a limit of its campaign; then the use itself was counted above.
      const expected = uses === 0 ? [left] : [undefined, left - uses]
      expect({ acquisitionId, usesLeft: now.get(acquisitionId), expected }).toEqual({
        acquisitionId,
        usesLeft: expected.includes(now.get(acquisitionId)) ? now.get(acquisitionId) : expected[0],
        expected,
      })
    }
  }
}
