import { z } from 'zod'
import { Amount } from '../money.ts'

/** An approval that is neither completed nor voided by its POS for so long is on the manager's list. */
export const SALE_OVERDUE_MS = 15 * 60_000

/** One approval of this counter, as its journal has it. Times are epoch milliseconds. */
export interface ApprovalEntry {
  readonly redemptionId: string
  readonly at: number
  readonly discount: Amount
  readonly undone: boolean
  /** The server has not been told of it, or of its undoing, yet. */
  readonly waiting: boolean
  readonly saleId: string | null
}

/** The same as the server has it. */
export interface ServerEntry {
  readonly redemptionId: string
  readonly at: number
  /** What it gives now: of what was undone, nothing. */
  readonly discount: Amount
  readonly stands: boolean
}

/** One sale as its POS reported it. */
export interface SaleEntry {
  readonly saleId: string
  readonly posName: string
  readonly at: number
  readonly how: 'open' | 'completed' | 'voided'
  /** What the POS says that it gave; null: it has not said. */
  readonly discount: Amount | null
  /** What was approved for it and stands. */
  readonly approved: Amount
  readonly redemptionId: string | null
}

/**
 * - `waiting`: the server has not been told yet; it will be by itself.
 * - `missing_on_server`: the server has answered for it and does not list it.
 * - `only_on_server`: the server has it from this counter, and this counter showed nothing.
 * - `amount_differs`: counter and server have other amounts.
 * - `undone_here`: taken back here, and the server counts it still.
 * - `undone_on_server`: taken back at head office, and it stands here.
 * - `no_sale`: approved, and its POS neither completed nor voided the sale.
 * - `pos_differs`: the POS gave another discount than was approved.
 * - `by_hand`: approved for a purchase that was entered here, so that no POS knows of it.
 */
export const DIFFERENCE_KINDS = [
  'no_sale',
  'pos_differs',
  'missing_on_server',
  'only_on_server',
  'amount_differs',
  'undone_here',
  'undone_on_server',
  'by_hand',
  'waiting',
] as const
export const Difference = z.object({
  kind: z.enum(DIFFERENCE_KINDS),
  at: z.number(),
  redemptionId: z.string().nullable(),
  saleId: z.string().nullable(),
  posName: z.string().nullable(),
  /** What each side has; null: it has nothing of it, or was not asked. */
  counter: Amount.nullable(),
  server: Amount.nullable(),
  pos: Amount.nullable(),
})
export type Difference = z.infer<typeof Difference>

const Sum = z.object({ count: z.int(), discount: Amount })

/** What counter, server and POS have of one business day or shift, side by side. */
export const ReconciledTotals = z.object({
  /** Approvals that stand. */
  counter: Sum,
  /** null: the server was not asked, or did not answer. */
  server: Sum.nullable(),
  /** Completed sales with a discount; null: no POS is let in here, and none reported anything. */
  pos: Sum.nullable(),
  /** The most urgent kind first, the oldest first within it. */
  differences: z.array(Difference),
})
export type ReconciledTotals = z.infer<typeof ReconciledTotals>

/**
 * Puts three books side by side. `server` null: not asked. `hasPos`: a POS is in use, so that an approval without one is
 * worth a word. An approval and its sale may be of different days: both sides are given whole, whatever day they are of.
 */
export function reconcile(books: {
  readonly approvals: readonly ApprovalEntry[]
  readonly server: readonly ServerEntry[] | null
  readonly sales: readonly SaleEntry[]
  readonly hasPos: boolean
  readonly now: number
}): ReconciledTotals {
  const { approvals, server, sales, hasPos } = books
  const completed = sales.filter(({ how, discount }) => how === 'completed' && (discount ?? 0) > 0)
  const differences = [...withPos(books), ...(server ? withServer(approvals, server) : [])]
  return {
    counter: sumOf(approvals.filter(({ undone }) => !undone)),
    server: server && sumOf(server.filter(({ stands }) => stands)),
    pos: hasPos || sales.length > 0 ? sumOf(completed.map(({ discount }) => ({ discount: discount ?? 0 }))) : null,
    differences: differences.sort(
      (a, b) => DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind) || a.at - b.at,
    ),
  }
}

const sumOf = (entries: readonly { readonly discount: Amount }[]) => ({
  count: entries.length,
  discount: entries.reduce((sum, { discount }) => sum + discount, 0),
})

const NOTHING = { redemptionId: null, saleId: null, posName: null, counter: null, server: null, pos: null }

function* withPos({ approvals, sales, hasPos, now }: Parameters<typeof reconcile>[0]): Generator<Difference> {
  for (const { saleId, posName, redemptionId, at, how, discount, approved } of sales) {
    const found = { ...NOTHING, at, saleId, posName, redemptionId, counter: approved, pos: discount }
    if (how === 'open' && approved > 0 && now - at >= SALE_OVERDUE_MS) yield { ...found, kind: 'no_sale' }
    if (how === 'completed' && discount !== approved) yield { ...found, kind: 'pos_differs' }
  }
  if (!hasPos) return
  for (const { redemptionId, at, discount, undone, saleId } of approvals) {
    if (saleId === null && !undone) yield { ...NOTHING, kind: 'by_hand', at, redemptionId, counter: discount }
  }
}

function* withServer(approvals: readonly ApprovalEntry[], server: readonly ServerEntry[]): Generator<Difference> {
  const theirs = new Map(server.map((entry) => [entry.redemptionId, entry]))
  for (const { redemptionId, at, discount, undone, waiting, saleId } of approvals) {
    const own = { ...NOTHING, at, redemptionId, saleId, counter: undone ? 0 : discount }
    const entry = theirs.get(redemptionId)
    theirs.delete(redemptionId)
    const stands = entry?.stands === true
    const found = { ...own, server: stands ? entry.discount : null }
    if (undone) {
      if (stands) yield { ...found, kind: waiting ? 'waiting' : 'undone_here' }
    } else if (!entry) yield { ...found, kind: waiting ? 'waiting' : 'missing_on_server' }
    else if (!stands) yield { ...found, kind: 'undone_on_server' }
    else if (entry.discount !== discount) yield { ...found, kind: 'amount_differs' }
  }
  for (const { redemptionId, at, discount, stands } of theirs.values()) {
    if (stands) yield { ...NOTHING, kind: 'only_on_server', at, redemptionId, server: discount }
  }
}
