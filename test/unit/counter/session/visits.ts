import type { SearchResponse } from '../../../../core/contract/search.ts'
import type { Purchase, PurchaseLine } from '../../../../core/counter/state.ts'
import type { Presented, Session, SessionEvent, Step } from '../../../../counter/session/model.ts'
import { newSession, reduce } from '../../../../counter/session/reducer.ts'
import type { ShownApproval } from '../../../../counter/store/counterStore.ts'

/** A UUIDv7 that a person can tell from another. */
export const id = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const card = (n = 1): Presented => ({
  type: 'nfc-uid',
  keys: [{ v: 1, key: n.toString(16).padStart(64, '0') }],
  entry: 'tap',
})

export const line = (lineTotal: number, lineId = 'l1'): PurchaseLine => ({
  lineId,
  label: '',
  category: 'drinks',
  quantity: { value: 1, scale: 0 },
  unitPrice: lineTotal,
  lineTotal,
})

export const purchase = (total = 1_000): Purchase => ({ currency: 'JPY', lines: [line(total)], total })

export function found(coupons = 1): SearchResponse {
  const usable = Array.from({ length: coupons }, (_, index) => ({
    acquisitionId: id(100 + index),
    campaignId: id(200 + index),
    campaignVersion: 1,
    title: `Coupon ${index}`,
    titles: {},
    discount: { total: 100, allocations: [{ lineId: 'l1', amount: 100 }] },
    usesLeft: 1,
    expiresAt: null,
    exclusive: false,
  }))
  return { usable, unusable: [], best: [], asOf: '2026-11-22T03:00:00.000Z' }
}

export const approval = (undoUntil: number | null = 10_000): ShownApproval => ({
  certainty: 'confirmed',
  lines: [{ acquisitionId: id(100), discount: { total: 100, allocations: [] }, title: 'Coupon 0', titles: {} }],
  totalDiscount: 100,
  undoUntil,
})

/** An open till with nothing on it. */
export const openTill = (more: Partial<Session> = {}): Session => ({ ...newSession('JPY', false), open: true, ...more })

/** Applies events one after another; the last step's effects and refusal. */
export function play(session: Session, ...events: SessionEvent[]): Step {
  let step: Step = { session, effects: [] }
  for (const event of events) step = reduce(step.session, event)
  return step
}

/** The till while this customer's coupons are on the screen. */
export function showingOffers(presented = card(), coupons = 2): Session {
  const searching = play(openTill({ purchase: purchase() }), {
    type: 'presented',
    presented,
    redemptionId: id(1),
  }).session
  return play(searching, {
    type: 'searched',
    question: searching.question,
    found: { kind: 'offers', source: 'server', response: found(coupons), waitedMs: 100 },
  }).session
}

/** The till while the server is asked to approve redemption `id(9)`. */
export const approving = (): Session =>
  play(showingOffers(), { type: 'approve', redemptionId: id(9), select: 'best', expectedTotalDiscount: 100 }).session

export const approved = (undoUntil: number | null = 10_000): Session =>
  play(approving(), {
    type: 'decided',
    redemptionId: id(9),
    decided: { kind: 'approved', approval: approval(undoUntil) },
  }).session
