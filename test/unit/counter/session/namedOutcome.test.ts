import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CouponGateway } from '../../../../core/ports/couponGateway.ts'
import { REDEEM_DEADLINE_MS, SEARCH_DEADLINE_MS } from '../../../../counter/deadlines.ts'
import type { SessionEvent, VisitModel } from '../../../../counter/session/model.ts'
import { Till } from '../../../../counter/till.ts'
import { newParts, type TestParts } from '../counterParts.ts'
import { approval, card, found, id, purchase } from './visits.ts'

/** What becomes of one question to the server: `ms` null never ends. */
interface Fate {
  readonly ms: number | null
  readonly how:
    | 'approved'
    | 'refused'
    | 'broken'
    | 'gone'
    | 'late'
    | 'throttled'
    | 'in_progress'
    | 'revoked'
    | 'strange'
}

const fate: fc.Arbitrary<Fate> = fc.record({
  ms: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 900 }) },
    { weight: 2, arbitrary: fc.integer({ min: 1_000, max: 20_000 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  how: fc.constantFrom<Fate['how']>(
    'approved',
    'approved',
    'approved',
    'refused',
    'broken',
    'gone',
    'late',
    'throttled',
    'in_progress',
    'revoked',
    'strange',
  ),
})

type Act =
  | { readonly act: 'tap'; readonly oneTap: boolean }
  | { readonly act: 'approve' | 'undo' | 'next' | 'again' | 'reading' }
  | { readonly act: 'wait'; readonly ms: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('tap' as const), oneTap: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constantFrom('approve' as const, 'undo' as const, 'next' as const, 'again' as const, 'reading' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4_000 }) }) },
)

/** A server that does with each question what fate says; answers come late, never, or not as they should. */
function play({ gateway, time }: TestParts, fates: readonly Fate[]): void {
  let asked = 0
  const ending = ({ how }: Fate, answered: unknown): unknown => {
    switch (how) {
      case 'approved':
        return { kind: 'answered', answer: answered }
      case 'refused':
        return { kind: 'rejected', problem: { type: 'about:blank', title: '', status: 422, reason: 'invalid_request' } }
      case 'in_progress':
        return { kind: 'rejected', problem: { type: 'about:blank', title: '', status: 409, reason: 'in_progress' } }
      case 'broken':
        return { kind: 'unreachable', cause: 'server_error' }
      case 'gone':
        return { kind: 'unreachable', cause: 'connection' }
      case 'late':
        return { kind: 'unreachable', cause: 'deadline' }
      case 'strange':
        return { kind: 'unreachable', cause: 'not_ours' }
      case 'throttled':
        return { kind: 'throttled', retryAfterMs: 700 }
      case 'revoked':
        return { kind: 'revoked' }
    }
  }
  const on = (call: keyof CouponGateway, answer: (...asked: never[]) => unknown) =>
    gateway.on(call, ((...asking: never[]) => {
      const next = fates[asked++ % fates.length] as Fate
      return new Promise((resolve) => {
        if (next.ms !== null) time.after(next.ms, () => resolve(ending(next, answer(...asking))))
      })
    }) as never)
  on('search', () => found(1))
  on('redeem', ({ redemptionId }: { redemptionId: string }) => ({
    redemptionId,
    changeSeq: 1,
    status: 'approved',
    lines: approval().lines.map(({ acquisitionId, discount }) => ({ acquisitionId, discount })),
    totalDiscount: 100,
    state: 'active',
  }))
  on('rollback', () => ({ state: 'rolled_back' }))
}

/** Nobody is told yet how it ends. */
const isOpen = ({ phase }: VisitModel): boolean =>
  phase === 'reading' || phase === 'searching' || phase === 'approving' || phase === 'undoing'

/** The longest a phase may keep the customer. */
const PATIENCE_MS: Partial<Record<VisitModel['phase'], number>> = {
  reading: 10_000,
  searching: SEARCH_DEADLINE_MS,
  approving: REDEEM_DEADLINE_MS,
  undoing: REDEEM_DEADLINE_MS,
}

it('every tap ends in one named outcome within its deadline, whatever becomes of the answers', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { minLength: 1, maxLength: 12 }),
      fc.array(act, { minLength: 1, maxLength: 14 }),
      async (fates, acts) => {
        const parts = newParts()
        play(parts, fates)
        const { time, store } = parts
        let ids = 0
        let since = time.now()
        let before = ''
        const shown: string[] = []
        const events = { journaled: () => {}, readIgnored: () => {}, notices: { visitEnded: () => {} } }
        const till: Till = new Till(
          parts,
          { currency: 'JPY', oneTap: false },
          {
            ...events,
            changed: () => {
              const { visit } = till.session
              // Another report of a reader, or another purchase, is another question.
              const question = `${visit.phase} ${till.session.question}`
              if (question !== before) since = time.now()
              before = question
              if (visit.phase === 'approved' && shown.at(-1) !== visit.redemptionId) shown.push(visit.redemptionId)
            },
          },
        )
        const asked: string[] = []
        const dispatch = (event: SessionEvent) => till.dispatch(event)
        dispatch({ type: 'opened', open: true })
        dispatch({ type: 'purchaseSet', purchase: purchase(1_000) })

        const step = async (ms: number) => {
          for (let passed = 0; passed < ms; passed += 50) {
            await time.pass(Math.min(50, ms - passed))
            const { visit } = till.session
            const patience = PATIENCE_MS[visit.phase]
            if (patience !== undefined) expect(time.now() - since, visit.phase).toBeLessThanOrEqual(patience)
          }
        }

        for (const one of acts) {
          const redemptionId = id(5_000 + ids++)
          const { visit } = till.session
          switch (one.act) {
            case 'reading':
              dispatch({ type: 'reading', readerId: 'r1' })
              break
            case 'tap':
              dispatch({ type: 'oneTapSet', oneTap: one.oneTap })
              dispatch({ type: 'purchaseSet', purchase: purchase(1_000) })
              dispatch({ type: 'presented', presented: card(1), redemptionId })
              // The reader's report comes twice; the second is a tap while busy, or the same question again.
              dispatch({ type: 'presented', presented: card(1), redemptionId: id(9_000 + ids) })
              break
            case 'approve':
              dispatch({ type: 'approve', redemptionId, select: 'best', expectedTotalDiscount: null })
              break
            case 'undo':
              if (visit.phase === 'approved') void till.undo(visit.redemptionId, 'wrong card')
              break
            case 'next':
              dispatch({ type: 'next' })
              break
            case 'again':
              // What was decided is said a second time.
              if (visit.phase === 'approved') {
                dispatch({
                  type: 'decided',
                  redemptionId: visit.redemptionId,
                  decided: { kind: 'approved', approval: approval(null) },
                })
                expect(till.session.visit).toBe(visit)
              }
              break
            case 'wait':
              await step(one.ms)
          }
          const now = till.session.visit
          if (now.phase === 'approving') asked.push(now.redemptionId)
        }
        await step(12_000)
        const { visit } = till.session
        expect(isOpen(visit)).toBe(false)
        if (visit.phase === 'refused') expect(visit.refused.reason).not.toBe('')
        // Answers that come after it all are nobody's.
        await time.pass(60_000)
        const after = till.session.visit
        expect(after.phase).toBe(visit.phase)

        // In the journal: each redemption that was asked for ended once, by its name.
        const journaled = store.journal.due(time.now(), 500, 1e7)
        for (const redemptionId of new Set(asked)) {
          const ends = journaled.filter(
            ({ type, body }) => body.redemptionId === redemptionId && (type === 'redemption' || type === 'refusal'),
          )
          expect(ends, redemptionId).toHaveLength(1)
          if (ends[0]?.type === 'refusal') expect(ends[0].body.reason).toBeTruthy()
        }
        for (const redemptionId of shown) expect(store.journal.shown(redemptionId)).not.toBeNull()
        expect(parts.inFlight.size).toBe(0)
        await till.stop()
      },
    ),
    { numRuns: 40 },
  )
})
