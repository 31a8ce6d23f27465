import type { Status } from '@pokusew/pcsclite/cardReader.cjs'
import type { Reader } from 'nfc-pcsc'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { ReadFailure } from '../../core/readers/reader.ts'
import type { Emission } from '../emission.ts'
import { type CardOutcome, cardOutcome, GET_UID, GET_UID_RESPONSE_MAX } from './codec.ts'
import { IN_USE, isSharingViolation } from './faults.ts'

/** A card that has not connected, or not answered, by then has failed: the customer is still holding it. */
const CARD_DEADLINE_MS = 1_000

/** Another program's transaction is short; its exclusive hold is not (pcsc-lite waits in steps of 100 ms). */
const SHARING_RETRY_MS = 100

/** One card in the field, from its arrival to its one outcome. */
interface Presentation {
  /** Connects tried after nfc-pcsc's own. */
  retries: number
  answered: boolean
  cancelDeadline: () => void
}

/**
 * One reader and the card in its field. Edge-triggered on PRESENT, because PC/SC also reports every connect and
 * disconnect. nfc-pcsc connects by itself and loses the error when that fails, so a card that is present but unread is
 * noticed here, and every card ends in one read or one failure.
 */
export class CardSlot {
  readonly #reader: Reader
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  #presentation: Presentation | null = null
  #ended = false

  constructor(reader: Reader, emission: Emission, scheduler: Scheduler) {
    this.#reader = reader
    this.#emission = emission
    this.#scheduler = scheduler
    reader.autoProcessing = false
    // nfc-pcsc's own listener on `status` came first: it is connecting when ours runs.
    reader.reader.on('status', (status) => this.#onStatus(status))
    reader.reader.on('connectFailed', (error) => this.#onConnectFailed(error))
    reader.on('card', () => void this.#onConnected())
    // Unheard, one of these would end the process.
    reader.on('error', () => this.#finish('medium_unreadable'))
    this.#ready()
  }

  /** The reader is gone. */
  end(): void {
    if (this.#ended) return
    this.#finish('medium_unreadable')
    this.#ended = true
    this.#emission.health({ readerId: this.#name, transport: 'pcsc', name: this.#name, state: 'absent' })
  }

  get #name(): string {
    return this.#reader.name.slice(0, 256)
  }

  #ready(): void {
    this.#emission.health({ readerId: this.#name, transport: 'pcsc', name: this.#name, state: 'ready' })
  }

  #onStatus(status: Status): void {
    const { state, SCARD_STATE_PRESENT, SCARD_STATE_EMPTY } = this.#reader.reader
    const changes = state ^ status.state
    if (changes & status.state & SCARD_STATE_EMPTY) {
      // Gone before it was read; after its outcome this is the ordinary end of a tap.
      this.#finish('medium_unreadable')
    } else if (changes & status.state & SCARD_STATE_PRESENT && this.#emission.enabled) {
      const presentation: Presentation = { retries: 0, answered: false, cancelDeadline: () => {} }
      presentation.cancelDeadline = this.#scheduler.after(CARD_DEADLINE_MS, () => {
        if (this.#presentation === presentation) this.#finish('medium_unreadable')
      })
      this.#presentation = presentation
      this.#emission.reading(this.#name)
    }
  }

  /** One more try for a card that would not connect; until the deadline while somebody else has the reader. */
  #onConnectFailed(error: unknown): void {
    const presentation = this.#presentation
    if (!presentation || presentation.answered) return
    const inUse = isSharingViolation(error)
    if (inUse) this.#emission.health({ readerId: this.#name, transport: 'pcsc', name: this.#name, ...IN_USE })
    if (!inUse && presentation.retries > 0) {
      this.#finish('medium_unreadable')
      return
    }
    presentation.retries += 1
    this.#scheduler.after(inUse ? SHARING_RETRY_MS : 0, () => {
      if (this.#presentation !== presentation) return
      // A rejection has been heard as `connectFailed` already.
      void this.#reader.connect().then(
        () => this.#onConnected(),
        () => {},
      )
    })
  }

  async #onConnected(): Promise<void> {
    const presentation = this.#presentation
    if (presentation && !presentation.answered) {
      presentation.answered = true
      this.#ready()
      let outcome = await this.#ask()
      if (outcome.kind !== 'medium' && !isFinal(outcome) && this.#presentation === presentation) {
        // Once more, over a new connection: another program may have reset the card.
        await this.#disconnect()
        outcome = await this.#reader.connect().then(
          () => this.#ask(),
          () => outcome,
        )
      }
      if (this.#presentation === presentation) this.#conclude(outcome)
    }
    // The reader stays free for others; a next card that is here already has the connection for itself.
    if (this.#presentation === null || this.#presentation === presentation) await this.#disconnect()
  }

  async #ask(): Promise<CardOutcome> {
    try {
      return cardOutcome(this.#reader.reader.atr, await this.#reader.transmit(GET_UID, GET_UID_RESPONSE_MAX))
    } catch {
      return { kind: 'removed' }
    }
  }

  #conclude(outcome: CardOutcome): void {
    if (outcome.kind !== 'medium') {
      this.#finish(outcome.kind === 'failed' ? outcome.reason : 'medium_unreadable')
      return
    }
    this.#forget()
    this.#emission.read(this.#name, outcome.medium, 'tap')
  }

  /** The presentation under way, if any, has failed. */
  #finish(reason: ReadFailure['reason']): void {
    if (!this.#presentation) return
    this.#forget()
    this.#emission.failed(this.#name, reason)
  }

  #forget(): void {
    this.#presentation?.cancelDeadline()
    this.#presentation = null
  }

  async #disconnect(): Promise<void> {
    if (!this.#reader.connection) return
    try {
      await this.#reader.disconnect()
    } catch {
      // The card has gone, and its connection with it.
    }
  }
}

/** A random UID stays random however often it is asked for. */
function isFinal(outcome: CardOutcome): boolean {
  return outcome.kind === 'failed' && outcome.reason === 'medium_unstable'
}
