import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ApprovalEntry,
  reconcile,
  SALE_OVERDUE_MS,
  type SaleEntry,
  type ServerEntry,
} from '../../../../core/counter/reconciliation.ts'

const NOW = 1_800_000_000_000
const approval = (redemptionId: string, more: Partial<ApprovalEntry> = {}): ApprovalEntry => ({
  redemptionId,
  at: NOW - 1_000,
  discount: 300,
  undone: false,
  waiting: false,
  saleId: `sale of ${redemptionId}`,
  ...more,
})
const known = ({ redemptionId, at, discount }: ApprovalEntry, more: Partial<ServerEntry> = {}): ServerEntry => ({
  redemptionId,
  at,
  discount,
  stands: true,
  ...more,
})
const sold = ({ redemptionId, at, discount, saleId }: ApprovalEntry, more: Partial<SaleEntry> = {}): SaleEntry => ({
  saleId: saleId ?? '',
  posName: 'Till 1',
  at,
  how: 'completed',
  discount,
  approved: discount,
  redemptionId,
  ...more,
})

/** The kinds of difference between books that would agree but for what is given. */
function kinds(books: {
  approvals: readonly ApprovalEntry[]
  server: readonly ServerEntry[] | null
  sales?: readonly SaleEntry[]
  hasPos?: boolean
}) {
  return reconcile({ sales: [], hasPos: false, now: NOW, ...books }).differences.map(({ kind }) => kind)
}

describe('three books', () => {
  it('that agree differ in nothing, and have the same sums', () => {
    const approvals = [approval('a'), approval('b', { discount: 120 }), approval('c', { undone: true })]
    const server = approvals.map((one) => known(one, one.undone ? { stands: false, discount: 0 } : {}))
    const sales = [
      ...approvals.slice(0, 2).map((one) => sold(one)),
      sold(approval('c'), { how: 'voided', discount: null, approved: 0, redemptionId: null }),
    ]
    const sum = { count: 2, discount: 420 }
    expect(reconcile({ approvals, server, sales, hasPos: true, now: NOW })).toEqual({
      counter: sum,
      server: sum,
      pos: sum,
      differences: [],
    })
  })

  it('say what is not known yet as that', () => {
    expect(reconcile({ approvals: [], server: null, sales: [], hasPos: false, now: NOW })).toMatchObject({
      server: null,
      pos: null,
    })
  })

  it.each<[string, Partial<ApprovalEntry>, Partial<ServerEntry> | null, string[]]>([
    ['waits to be sent', { waiting: true }, null, ['waiting']],
    ['was answered for and is not there', {}, null, ['missing_on_server']],
    ['has another amount there', {}, { discount: 299 }, ['amount_differs']],
    ['was taken back here alone', { undone: true }, {}, ['undone_here']],
    ['was taken back here, which waits to be sent', { undone: true, waiting: true }, {}, ['waiting']],
    ['was taken back by head office', {}, { stands: false, discount: 0 }, ['undone_on_server']],
    ['was taken back on both sides', { undone: true }, { stands: false, discount: 0 }, []],
    ['was taken back before the server heard of it', { undone: true }, null, []],
  ])('an approval that %s', (_what, here, there, expected) => {
    const one = approval('a', here)
    expect(kinds({ approvals: [one], server: there ? [known(one, there)] : [] })).toEqual(expected)
  })

  it('a redemption that only the server has', () => {
    expect(kinds({ approvals: [], server: [known(approval('a'))] })).toEqual(['only_on_server'])
    expect(kinds({ approvals: [], server: [known(approval('a'), { stands: false })] })).toEqual([])
  })

  it('an approval whose sale nobody ended is named once it is overdue', () => {
    const late = approval('a', { at: NOW - SALE_OVERDUE_MS })
    const early = approval('b', { at: NOW - SALE_OVERDUE_MS + 1 })
    const sales = [late, early].map((one) => sold(one, { how: 'open', discount: null }))
    const { differences } = reconcile({ approvals: [late, early], server: null, sales, hasPos: true, now: NOW })
    expect(differences).toMatchObject([{ kind: 'no_sale', saleId: 'sale of a', counter: 300, pos: null }])
  })

  it('a POS that gave something else, or something that nobody approved', () => {
    const one = approval('a')
    const sales = [
      sold(one, { discount: 0 }),
      sold(one, { saleId: 'other', discount: 50, approved: 0, redemptionId: null }),
    ]
    const { differences } = reconcile({ approvals: [one], server: null, sales, hasPos: true, now: NOW })
    expect(differences).toMatchObject([
      { kind: 'pos_differs', counter: 300, pos: 0 },
      { kind: 'pos_differs', saleId: 'other', counter: 0, pos: 50 },
    ])
  })

  it('a purchase by hand is worth a word only beside a POS', () => {
    const one = approval('a', { saleId: null })
    expect(kinds({ approvals: [one], server: null, hasPos: true })).toEqual(['by_hand'])
    expect(kinds({ approvals: [one], server: null })).toEqual([])
  })
})

describe('whatever the books hold', () => {
  const entries = fc.uniqueArray(
    fc.record({
      redemptionId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      at: fc.integer({ min: NOW - 3_600_000, max: NOW }),
      discount: fc.integer({ min: 1, max: 500 }),
      undone: fc.boolean(),
      waiting: fc.boolean(),
      saleId: fc.constantFrom(null, 's1'),
      stands: fc.boolean(),
    }),
    { selector: ({ redemptionId }) => redemptionId },
  )

  it('without a difference, counter and server have the same sum', () => {
    fc.assert(
      fc.property(entries, entries, (approvals, server) => {
        const found = reconcile({ approvals, server, sales: [], hasPos: false, now: NOW })
        if (found.differences.length === 0) expect(found.server).toEqual(found.counter)
      }),
    )
  })

  it('the differences make up the difference of the sums', () => {
    fc.assert(
      fc.property(entries, entries, (approvals, server) => {
        const {
          counter,
          server: theirs,
          differences,
        } = reconcile({
          approvals,
          server,
          sales: [],
          hasPos: false,
          now: NOW,
        })
        const apart = differences.reduce((sum, one) => sum + (one.counter ?? 0) - (one.server ?? 0), 0)
        expect(apart).toBe(counter.discount - (theirs?.discount ?? 0))
      }),
    )
  })
})
