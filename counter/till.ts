import { unreachable } from '../core/outcome.ts'
import { approve } from './session/approve.ts'
import {
  type Effect,
  type Refusal,
  refusal,
  type Session,
  type SessionEvent,
  type UndoEnded,
  type VisitModel,
} from './session/model.ts'
import type { Notices } from './session/notices.ts'
import type { SessionParts } from './session/parts.ts'
import { newSession, reduce } from './session/reducer.ts'
import { search } from './session/search.ts'
import { undo } from './session/undo.ts'

/** A currency nobody sells in, until the station knows its own (ISO 4217: no currency involved). */
export const NO_CURRENCY = 'XXX'

/** A reader that said it reads and then nothing: the tap still ends in a name. */
const READING_DEADLINE_MS = 10_000

const SHOWS_ITS_END: readonly VisitModel['phase'][] = ['offers', 'approved', 'refused', 'undone']
const BEGINS: readonly VisitModel['phase'][] = ['idle', 'reading', 'searching']

export interface TillEvents {
  /** The session is another one. */
  changed(): void
  /** Something was journaled and may be sent. */
  journaled(): void
  readIgnored(): void
  readonly notices: Pick<Notices, 'visitEnded'>
}

/** Runs the visit's state machine: each event through the reducer, each effect through the work behind it. */
export class Till {
  readonly #parts: SessionParts
  readonly #events: TillEvents
  readonly #work = new Set<Promise<void>>()
  #session: Session
  #undoEnds: ((ended: UndoEnded) => void) | null = null
  #undoReason = ''
  #stopped = false

  constructor(parts: SessionParts, initial: { currency: string; oneTap: boolean }, events: TillEvents) {
    this.#parts = parts
    this.#events = events
    const last = parts.store.journal.lastApproval()
    this.#session = newSession(initial.currency, initial.oneTap, last)
    if (last) this.#expireUndo(last.redemptionId, last.approval.undoUntil)
  }

  get session(): Session {
    return this.#session
  }

  /** null: accepted. What was refused changed nothing. */
  dispatch(event: SessionEvent): Refusal | null {
    if (this.#stopped) return refusal('in_progress')
    const { session, effects, refused } = reduce(this.#session, event)
    if (refused) return refused
    const changed = session !== this.#session
    if (SHOWS_ITS_END.includes(this.#session.visit.phase) && BEGINS.includes(session.visit.phase)) {
      this.#events.notices.visitEnded()
    }
    this.#dismiss(this.#session.visit, session.visit)
    this.#session = session
    for (const effect of effects) this.#run(effect)
    if (changed) this.#events.changed()
    return null
  }

  /** Takes the approval on the screen back; resolves when it is, or when it cannot be. */
  async undo(redemptionId: string, reason: string): Promise<Refusal | null> {
    if (this.#session.visit.phase === 'undoing') return refusal('in_progress')
    return new Promise((resolve) => {
      this.#undoReason = reason
      this.#undoEnds = (ended) => resolve(ended.kind === 'refused' ? ended.refused : null)
      const refused = this.dispatch({ type: 'undo', redemptionId, now: this.#parts.clock.now() })
      if (refused) resolve(refused)
    })
  }

  /** A POS gives its sale up: the approval is taken back, whatever is on the screen. Refused only by the disk. */
  takeBack(ask: Omit<Parameters<typeof undo>[1], 'insist'>): Promise<UndoEnded> {
    const taken = undo(this.#parts, { ...ask, insist: true })
    const done: Promise<void> = taken.then(() => {
      this.#work.delete(done)
      this.#events.journaled()
    })
    this.#work.add(done)
    return taken
  }

  /** Resolves when nothing that was begun is still under way; nothing is begun any more. */
  async stop(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work)
    this.#stopped = true
  }

  #run(effect: Effect): void {
    const { scheduler, store, events, cashier, storageFailed } = this.#parts
    switch (effect.type) {
      case 'search':
        this.#follow(search(this.#parts, effect), (found) => ({ type: 'searched', question: effect.question, found }))
        return
      case 'redeem': {
        const { redemptionId } = effect
        this.#follow(approve(this.#parts, effect), (decided) => {
          if (decided.kind === 'approved') this.#expireUndo(redemptionId, decided.approval.undoUntil)
          return { type: 'decided', redemptionId, decided }
        })
        return
      }
      case 'undo': {
        const { redemptionId } = effect
        const { visit } = this.#session
        if (visit.phase !== 'undoing') return
        const ask = { redemptionId, reason: this.#undoReason, approval: visit.approval }
        this.#follow(undo(this.#parts, ask), (ended) => {
          this.#undoEnds?.(ended)
          return { type: 'undoEnded', redemptionId, ended }
        })
        return
      }
      case 'awaitRead':
        scheduler.after(READING_DEADLINE_MS, () =>
          this.dispatch({ type: 'readingTimedOut', question: effect.question }),
        )
        return
      case 'journalRefusal': {
        const operatorId = cashier()?.operatorId ?? null
        const written = store.journal.record(events.mediumRefused(effect.presented, effect.refused, operatorId))
        if (!written.ok) storageFailed(written.detail)
        this.#events.journaled()
        return
      }
      case 'noticeReadIgnored':
        this.#events.readIgnored()
        return
      default:
        unreachable(effect)
    }
  }

  #follow<Result>(work: Promise<Result>, toEvent: (result: Result) => SessionEvent): void {
    const done: Promise<void> = work.then((result) => {
      this.#work.delete(done)
      this.dispatch(toEvent(result))
      // The screens are told first: what happened now may leave when they have it.
      queueMicrotask(() => this.#events.journaled())
    })
    this.#work.add(done)
  }

  /** Remembers that an approval has been seen. Left unwritten on a full disk, it is only shown once more. */
  #dismiss(before: VisitModel, after: VisitModel): void {
    if (before.phase !== 'approved' || after.phase === 'undoing') return
    if (after.phase === 'approved' && after.redemptionId === before.redemptionId) return
    this.#parts.store.journal.dismissApproval(before.redemptionId)
  }

  #expireUndo(redemptionId: string, undoUntil: number | null): void {
    if (undoUntil === null) return
    const { clock, station } = this.#parts
    // However the clock was set meanwhile: never longer than a window.
    const left = Math.min(Math.max(0, undoUntil - clock.now()), station().settings.undoWindowSeconds * 1_000)
    this.#parts.scheduler.after(left, () => this.dispatch({ type: 'undoExpired', redemptionId }))
  }
}
