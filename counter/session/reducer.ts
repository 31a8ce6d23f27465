import type { Purchase } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { ShownApproval } from '../store/counterStore.ts'
import { ignoredAside, isTaken, keptAside, setAside } from './aside.ts'
import {
  type Decided,
  type Effect,
  type Offers,
  type Presented,
  type Refusal,
  refusal,
  type Session,
  type SessionEvent,
  type Step,
  type UndoEnded,
  type VisitModel,
} from './model.ts'
import { searched } from './searched.ts'
import { cannot, step } from './steps.ts'

/** A till that has just been switched on. `last`: an approval that its screen may not have shown before it went off. */
export function newSession(
  currency: string,
  oneTap: boolean,
  last: { readonly redemptionId: string; readonly approval: ShownApproval } | null = null,
): Session {
  return {
    visit: last ? { phase: 'approved', ...last } : { phase: 'idle' },
    question: 0,
    purchase: emptyPurchase(currency),
    purchaseSpent: false,
    oneTap,
    open: false,
  }
}

const emptyPurchase = (currency: string): Purchase => ({ currency, lines: [], total: 0 })

/** One step of the till: pure, so that every order of taps, touches and late answers can be tried. */
export function reduce(session: Session, event: SessionEvent): Step {
  switch (event.type) {
    case 'reading':
      if (isBusy(session.visit) || isTaken(session) || !session.open) return step(session)
      return newVisit(session, { phase: 'reading', readerId: event.readerId }, (question) => [
        { type: 'awaitRead', question },
      ])
    case 'readFailed':
      return readFailed(session, event.refused)
    case 'readingTimedOut':
      return session.visit.phase === 'reading' && session.question === event.question
        ? readFailed(session, refusal('medium_unreadable'))
        : step(session)
    case 'presented':
      return presented(session, event.presented, event.redemptionId)
    case 'purchaseSet':
      return purchaseSet(session, event.purchase)
    case 'select':
      return select(session, event.acquisitionIds)
    case 'approve':
      return approve(session, event)
    case 'searched':
      return event.question === session.question ? searched(session, event.found) : step(session)
    case 'decided':
      return decided(session, event.redemptionId, event.decided)
    case 'undo':
      return undo(session, event.redemptionId, event.now)
    case 'undoEnded':
      return undoEnded(session, event.redemptionId, event.ended)
    case 'undoExpired': {
      const { visit } = session
      if (visit.phase !== 'approved' || visit.redemptionId !== event.redemptionId) return step(session)
      return step({ ...session, visit: { ...visit, approval: { ...visit.approval, undoUntil: null } } })
    }
    case 'lookAgain': {
      const { visit } = session
      if (!session.open) return cannot(session, refusal('operator_not_allowed'))
      return visit.phase === 'refused' && visit.presented ? search(session, visit.presented) : cannot(session)
    }
    case 'serveAside':
      return serveAside(session)
    case 'next':
      if (isBusy(session.visit)) return cannot(session)
      return step({
        ...session,
        visit: { phase: 'idle' },
        question: session.question + 1,
        purchase: emptyPurchase(session.purchase.currency),
        purchaseSpent: false,
      })
    case 'oneTapSet':
      return step({ ...session, oneTap: event.oneTap })
    case 'opened': {
      if (event.open === session.open) return step(session)
      // What is being approved or undone goes on and is shown; anything else ends with the cashier's session.
      const visit: VisitModel = isBusy(session.visit) || event.open ? session.visit : { phase: 'idle' }
      return step({ ...session, open: event.open, visit, question: session.question + 1 })
    }
    default:
      return unreachable(event)
  }
}

/** While the server is asked for something that cannot be taken back lightly, the visit is nobody else's. */
export const isBusy = (visit: VisitModel): boolean => visit.phase === 'approving' || visit.phase === 'undoing'

/** Nothing is being read, looked for or decided: the readers may be taken for something else. */
export const mayPause = (visit: VisitModel): boolean =>
  !isBusy(visit) && visit.phase !== 'reading' && visit.phase !== 'searching'

/** Decided, and only still on the screen: the next card begins another visit. */
export const isOver = ({ phase }: VisitModel): boolean =>
  phase === 'approved' || phase === 'refused' || phase === 'undone'

/** Nobody is being served: nothing on the screen, nothing entered. */
export const isBetweenVisits = ({ visit, purchase, open }: Session): boolean =>
  visit.phase === 'idle' && (purchase.lines.length === 0 || !open)

/** Another customer: what was on the screen is over, and so is a purchase that has had its discount. */
function newVisit(session: Session, visit: VisitModel, effects: (question: number) => readonly Effect[]): Step {
  const question = session.question + 1
  const purchase = session.purchaseSpent ? emptyPurchase(session.purchase.currency) : session.purchase
  return step({ ...session, visit, question, purchase, purchaseSpent: false }, effects(question))
}

function readFailed(session: Session, refused: Refusal): Step {
  if (isBusy(session.visit) || isTaken(session) || !session.open) return step(session, [{ type: 'noticeReadIgnored' }])
  return newVisit(
    session,
    { phase: 'refused', presented: null, refused: { ...refused, title: null, bestRemaining: null } },
    () => [{ type: 'journalRefusal', refused, presented: null }],
  )
}

function presented(session: Session, presented: Presented, redemptionId: string): Step {
  if (isBusy(session.visit) || !session.open) return step(session, [{ type: 'noticeReadIgnored' }])
  const { visit } = session
  if ((visit.phase === 'searching' || visit.phase === 'offers') && isTaken(session)) {
    const aside = setAside(visit, presented)
    if (aside) return step({ ...session, visit: aside })
    // The same card once more: its answer is on its way.
    if (visit.phase === 'searching') return step(session)
  }
  const kept = isTaken(session) ? keptAside(visit) : {}
  const fresh = newVisit(session, { phase: 'searching', presented, ...kept }, () => [])
  // With nothing entered there is nothing to take a discount from: the coupons are shown instead.
  const byItself = session.oneTap && fresh.session.purchase.lines.length > 0
  return search(fresh.session, presented, byItself ? redemptionId : undefined)
}

/** The cashier turns to the other medium; the first customer's visit is over. Nothing is approved by itself. */
function serveAside(session: Session): Step {
  const { visit } = session
  if (!session.open) return cannot(session, refusal('operator_not_allowed'))
  return visit.phase === 'offers' && visit.aside ? search(session, visit.aside) : cannot(session)
}

function search(session: Session, presented: Presented, redemptionId?: string): Step {
  const question = session.question + 1
  const { purchase, visit } = session
  const tap = redemptionId === undefined ? {} : { redemptionId }
  const { aside } = keptAside(visit)
  const kept = aside && aside !== presented ? { aside } : {}
  return step({ ...session, question, visit: { phase: 'searching', presented, ...tap, ...kept } }, [
    { type: 'search', question, presented, purchase, select: null },
  ])
}

function purchaseSet(session: Session, purchase: Purchase): Step {
  const { visit } = session
  const next = { ...session, purchase, purchaseSpent: false }
  switch (visit.phase) {
    case 'approving':
    case 'undoing':
      return cannot(session)
    case 'searching':
    case 'offers':
      return search(next, visit.presented)
    case 'refused':
      return visit.presented && session.open ? search(next, visit.presented) : step(next)
    case 'approved':
    case 'undone':
      // The next sale has begun.
      return step({ ...next, visit: { phase: 'idle' }, question: session.question + 1 })
    case 'idle':
    case 'reading':
      return step(next)
    default:
      return unreachable(visit)
  }
}

function select(session: Session, acquisitionIds: readonly string[]): Step {
  const { visit } = session
  if (visit.phase !== 'offers') return cannot(session)
  const known = new Set(visit.offers.usable.map((coupon) => coupon.acquisitionId))
  const different = new Set(acquisitionIds).size === acquisitionIds.length
  if (!different || !acquisitionIds.every((id) => known.has(id))) return cannot(session, refusal('invalid_request'))
  const question = session.question + 1
  const offers = { ...visit.offers, selected: [...acquisitionIds], selection: null }
  const next = { ...session, question, visit: { ...visit, offers } }
  if (acquisitionIds.length === 0) return step(next)
  const { presented } = visit
  return step(next, [
    {
      type: 'search',
      question,
      presented,
      purchase: session.purchase,
      select: { acquisitionIds: [...acquisitionIds] },
    },
  ])
}

function approve(session: Session, event: Extract<SessionEvent, { type: 'approve' }>): Step {
  const { visit } = session
  if (!session.open) return cannot(session, refusal('operator_not_allowed'))
  const presented = visit.phase === 'offers' || visit.phase === 'refused' ? visit.presented : null
  if (!presented) return cannot(session)
  const offers = visit.phase === 'offers' ? visit.offers : noOffersYet(presented)
  const waitedMs = visit.phase === 'offers' ? visit.waitedMs : 0
  const { redemptionId, select: chosen, expectedTotalDiscount } = event
  const { purchase } = session
  const next: Session = {
    ...session,
    question: session.question + 1,
    visit: { phase: 'approving', presented, offers, redemptionId },
  }
  return step(next, [
    { type: 'redeem', redemptionId, presented, purchase, select: chosen, expectedTotalDiscount, offers, waitedMs },
    ...ignoredAside(visit),
  ])
}

function decided(session: Session, redemptionId: string, outcome: Decided): Step {
  const { visit } = session
  if (visit.phase !== 'approving' || visit.redemptionId !== redemptionId) return step(session)
  return outcome.kind === 'approved'
    ? step({ ...session, purchaseSpent: true, visit: { phase: 'approved', redemptionId, approval: outcome.approval } })
    : step({ ...session, visit: { phase: 'refused', presented: visit.presented, refused: outcome.refused } })
}

function undo(session: Session, redemptionId: string, now: number): Step {
  const { visit } = session
  if (!session.open) return cannot(session, refusal('operator_not_allowed'))
  if (visit.phase !== 'approved' || visit.redemptionId !== redemptionId)
    return cannot(session, refusal('invalid_request'))
  const { undoUntil } = visit.approval
  if (undoUntil === null || now >= undoUntil) return cannot(session, refusal('too_old'))
  return step({ ...session, visit: { phase: 'undoing', redemptionId, approval: visit.approval } }, [
    { type: 'undo', redemptionId },
  ])
}

function undoEnded(session: Session, redemptionId: string, ended: UndoEnded): Step {
  const { visit } = session
  if (visit.phase !== 'undoing' || visit.redemptionId !== redemptionId) return step(session)
  const { approval } = visit
  if (ended.kind === 'refused') {
    return step({ ...session, visit: { phase: 'approved', redemptionId, approval: { ...approval, undoUntil: null } } })
  }
  const { totalDiscount } = approval
  return step({
    ...session,
    purchaseSpent: false,
    visit: { phase: 'undone', redemptionId, certainty: ended.certainty, totalDiscount },
  })
}

const noOffersYet = ({ type, entry }: Presented): Offers => ({
  medium: { type, entry },
  source: 'server',
  usable: [],
  unusable: [],
  best: [],
  selected: [],
  selection: null,
})
