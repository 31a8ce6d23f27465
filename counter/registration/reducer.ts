import type { TakeOutcome, Taking } from '../../core/counter/registration.ts'
import { unreachable } from '../../core/outcome.ts'
import { type Refusal, refusal } from '../session/model.ts'
import type { Menu, Refused, Terminal, TerminalEffect, TerminalEvent, TerminalModel, TerminalStep } from './model.ts'

/** Nobody touches it for so long: the next customer must not see what the last one has. */
export const MENU_MS = 45_000
/** A word that must be read, not studied. */
export const REFUSED_MS = 15_000
/** A reader that began a card and says nothing more. */
export const READING_MS = 5_000

export const newTerminal = (): Terminal => ({ visit: { phase: 'idle' }, question: 0, ended: 0, open: false })

/** While the server is asked to give something, the visit is nobody else's. */
export const isTaking = ({ visit }: Terminal): boolean => visit.phase === 'menu' && visit.taking !== null

/** One step of a registration terminal: pure, so that every order of taps, touches and late answers can be tried. */
export function reduceTerminal(terminal: Terminal, event: TerminalEvent): TerminalStep {
  switch (event.type) {
    case 'opened':
      return event.open === terminal.open ? step(terminal) : go({ ...terminal, open: event.open }, { phase: 'idle' })
    case 'reading':
      if (!terminal.open || isTaking(terminal)) return step(terminal)
      return go(terminal, { phase: 'reading' }, wait(READING_MS))
    case 'readFailed':
      if (!terminal.open || isTaking(terminal)) return step(terminal)
      return go(terminal, refusedVisit(event.refused), wait(REFUSED_MS))
    case 'presented': {
      if (!terminal.open || isTaking(terminal)) return step(terminal)
      const { presented } = event
      // Anybody can type somebody else's number; nobody takes or reads coupons by it here.
      if (presented.entry === 'keyed' || presented.entry === 'lookup') {
        return go(terminal, refusedVisit(refusal('medium_too_weak')), wait(REFUSED_MS))
      }
      return go(terminal, { phase: 'looking', presented }, (question) => ({ type: 'look', question, presented }))
    }
    case 'found': {
      const { visit } = terminal
      if (visit.phase !== 'looking' || event.question !== terminal.question) return step(terminal)
      const { found } = event
      if (!found.ok) {
        const blocked = found.refused.reason === 'medium_blocked' ? visit.presented : null
        return go(terminal, refusedVisit(found.refused, blocked), wait(blocked ? MENU_MS : REFUSED_MS))
      }
      return go(terminal, menu({ presented: visit.presented, holdings: found.value }), wait(MENU_MS))
    }
    case 'take':
      return take(terminal, event.campaignId, event.acquisitionId)
    case 'redeemCode':
      return redeemCode(terminal, event.code, event.acquisitionId)
    case 'phoneCode':
    case 'staffCode':
      return askForCode(terminal, event.type)
    case 'taken':
      return taken(terminal, event)
    case 'phoneCodeCame':
    case 'staffCodeCame':
      return codeCame(terminal, event)
    case 'stay':
      return canStay(terminal) ? go(terminal, terminal.visit, wait(MENU_MS)) : step(terminal)
    case 'finish':
      return isTaking(terminal) ? cannot(terminal) : go(terminal, { phase: 'idle' })
    case 'timedOut': {
      if (event.question !== terminal.question) return step(terminal)
      return terminal.visit.phase === 'reading'
        ? go(terminal, refusedVisit(refusal('medium_unreadable')), wait(REFUSED_MS))
        : go(terminal, { phase: 'idle' })
    }
    default:
      return unreachable(event)
  }
}

/** Somebody who is still there keeps what they see, but for what is on its way. */
function canStay(terminal: Terminal): boolean {
  const { visit } = terminal
  if (visit.phase === 'refused') return visit.blocked !== null && !visit.asking
  return visit.phase === 'menu' && !isTaking(terminal)
}

/** A code that leads to this customer elsewhere: on their phone, or at the office. */
function askForCode(terminal: Terminal, type: 'phoneCode' | 'staffCode'): TerminalStep {
  const { visit } = terminal
  if (visit.phase === 'refused' && type === 'staffCode' && visit.blocked && !visit.asking) {
    const { blocked: presented } = visit
    return go(terminal, { ...visit, asking: true }, (question) => ({ type, question, presented }))
  }
  if (visit.phase !== 'menu' || visit.taking) return cannot(terminal)
  const { presented } = visit
  const taking: Taking = { what: type === 'phoneCode' ? 'phone' : 'staff' }
  return go(terminal, { ...visit, taking, outcome: null }, (question) => ({ type, question, presented }))
}

function codeCame(
  terminal: Terminal,
  event: Extract<TerminalEvent, { type: 'phoneCodeCame' | 'staffCodeCame' }>,
): TerminalStep {
  const { visit } = terminal
  if (event.question !== terminal.question) return step(terminal)
  if (visit.phase === 'refused' && event.type === 'staffCodeCame') {
    const came = event.came.ok ? { staffCode: event.came.value } : { refused: event.came.refused }
    return go(terminal, { ...visit, asking: false, ...came }, wait(MENU_MS))
  }
  if (visit.phase !== 'menu') return step(terminal)
  const { type, came } = event
  const what: Taking = { what: type === 'phoneCodeCame' ? 'phone' : 'staff' }
  if (!came.ok) return ended(terminal, visit, refusedOutcome(terminal, what, came.refused))
  const shown = {
    phone: type === 'phoneCodeCame' && event.came.ok ? event.came.value : null,
    staffCode: type === 'staffCodeCame' && event.came.ok ? event.came.value : null,
  }
  return go(terminal, { ...visit, taking: null, outcome: null, ...shown }, wait(MENU_MS))
}

function take(terminal: Terminal, campaignId: string, newId: string): TerminalStep {
  const { visit } = terminal
  if (visit.phase !== 'menu' || visit.taking) return cannot(terminal)
  if (!visit.holdings.takeable.some((offer) => offer.campaignId === campaignId)) {
    return cannot(terminal, refusal('invalid_request'))
  }
  return ask(terminal, visit, { what: 'coupon', campaignId }, `coupon ${campaignId}`, newId, { campaignId })
}

function redeemCode(terminal: Terminal, code: string, newId: string): TerminalStep {
  const { visit } = terminal
  if (visit.phase !== 'menu' || visit.taking) return cannot(terminal)
  return ask(terminal, visit, { what: 'code' }, `code ${code}`, newId, { code })
}

function ask(
  terminal: Terminal,
  visit: Menu,
  taking: Taking,
  name: string,
  newId: string,
  of: { readonly campaignId: string } | { readonly code: string },
): TerminalStep {
  const acquisitionId = visit.asked.get(name) ?? newId
  const asked = new Map(visit.asked).set(name, acquisitionId)
  const { presented } = visit
  return go(terminal, { ...visit, taking, asked, outcome: null, phone: null, staffCode: null }, (question) => ({
    type: 'take',
    question,
    presented,
    acquisitionId,
    of,
  }))
}

function taken(terminal: Terminal, event: Extract<TerminalEvent, { type: 'taken' }>): TerminalStep {
  const { visit } = terminal
  if (visit.phase !== 'menu' || !visit.taking || event.question !== terminal.question) return step(terminal)
  const { taken: answer, after } = event
  const { taking } = visit
  // An answer that never came leaves it open whether the coupon was taken: the same id is asked for again.
  if (!answer.ok) return ended(terminal, visit, refusedOutcome(terminal, taking, answer.refused))
  const holdings = after ?? visit.holdings
  // The id is spent: taking another one, where that is allowed, is another request.
  const next = { ...visit, holdings, asked: new Map<string, string>() }
  if (answer.value.status === 'refused') {
    const { reason, reasonGroup, params } = answer.value
    return ended(terminal, next, refusedOutcome(terminal, taking, { reason, reasonGroup, params }))
  }
  const campaignId = taking.what === 'coupon' ? taking.campaignId : answer.value.campaignId
  const of =
    visit.holdings.takeable.find((offer) => offer.campaignId === campaignId) ??
    holdings.held.find((coupon) => coupon.campaignId === campaignId)
  const { title = null, titles = {} } = of ?? {}
  return ended(terminal, next, { result: 'taken', title, titles, nth: terminal.ended + 1 })
}

const refusedOutcome = ({ ended }: Terminal, what: Taking, { reason, reasonGroup, params }: Refusal): TakeOutcome => ({
  result: 'refused',
  what,
  refused: { reason, reasonGroup, params },
  nth: ended + 1,
})

function ended(terminal: Terminal, visit: Menu, outcome: TakeOutcome): TerminalStep {
  return go({ ...terminal, ended: outcome.nth }, { ...visit, taking: null, outcome }, wait(MENU_MS))
}

const menu = (of: Pick<Menu, 'presented' | 'holdings'>): Menu => ({
  phase: 'menu',
  taking: null,
  outcome: null,
  phone: null,
  staffCode: null,
  asked: new Map(),
  ...of,
})

const refusedVisit = (refused: Refusal, blocked: Refused['blocked'] = null): Refused => ({
  phase: 'refused',
  refused,
  blocked,
  asking: false,
  staffCode: null,
})

const wait =
  (ms: number) =>
  (question: number): TerminalEffect => ({ type: 'wait', question, ms })

const step = (terminal: Terminal): TerminalStep => ({ terminal, effects: [] })

const cannot = (terminal: Terminal, refused: Refusal = refusal('in_progress')): TerminalStep => ({
  terminal,
  effects: [],
  refused,
})

/** Another moment: answers and timers of the one before are nobody's. */
function go(terminal: Terminal, visit: TerminalModel, effect?: (question: number) => TerminalEffect): TerminalStep {
  const question = terminal.question + 1
  return { terminal: { ...terminal, visit, question }, effects: effect ? [effect(question)] : [] }
}
