import { type Effect, type Refusal, refusal, type Session, type Step } from './model.ts'

/** The till is like this now, and this is to be done. */
export const step = (session: Session, effects: readonly Effect[] = []): Step => ({ session, effects })

/** A command that cannot be carried out now: nothing changes. */
export const cannot = (session: Session, why: Refusal = refusal('in_progress')): Step => ({
  session,
  effects: [],
  refused: why,
})
