import type { Notice } from '../core/counter/state.ts'
import type { Notices } from './session/notices.ts'
import type { EventDraft, Journal } from './store/counterStore.ts'

export interface JournalingParts {
  readonly journal: Pick<Journal, 'record'>
  readonly notices: Notices
  readonly clock: { system(): number }
  /** There is something to send. */
  readonly toSend: () => void
  /** The state is another one. */
  readonly changed: () => void
}

/** Writes down what is no approval, and tells the cashier what they must know: above all that the disk takes nothing. */
export class Journaling {
  readonly #parts: JournalingParts

  constructor(parts: JournalingParts) {
    this.#parts = parts
  }

  /** false: the disk did not take it, and the cashier has been told. */
  readonly record = (event: EventDraft): boolean => {
    const written = this.#parts.journal.record(event)
    if (!written.ok) this.storageFailed()
    this.journaled()
    return written.ok
  }

  /** Something is in the journal that was not there before. */
  readonly journaled = (): void => {
    this.#parts.toSend()
    this.#parts.changed()
  }

  readonly storageFailed = (): void => this.notice('storage_failed', {})

  readonly notice = (code: Notice['code'], params: Notice['params']): void => {
    const { notices, clock, changed } = this.#parts
    notices.add(code, params, clock.system())
    changed()
  }
}
