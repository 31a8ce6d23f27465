import type { Status } from '@pokusew/pcsclite/cardReader.cjs'
import type { Reader } from 'nfc-pcsc'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { Indication, ReadFailure } from '../../core/readers/reader.ts'
import { DISABLED } from '../deviceSource.ts'
import type { Emission } from '../emission.ts'
import { hiddenHex } from '../masking.ts'
import type { Fault } from '../nativeFault.ts'
import { RESPONSE_MAX } from './apdu.ts'
import type { ReaderIdentity } from './cardReaders.ts'
import type { CardOutcome } from './codec.ts'
import { IN_USE, isSharingViolation } from './faults.ts'
import { type CardPlan, readCard } from './readCard.ts'

/**
 * A card that has not connected, or not answered, by then has failed: the customer is still holding it. A slow reader
 * powers a card up in most of a second, and is asked twice.
 */
const CARD_DEADLINE_MS = 2_000

/** Another program's transaction is short; its exclusive hold is not (pcsc-lite waits in steps of 100 ms). */
const SHARING_RETRY_MS = 100

/** PC/SC's own flag for a reader that somebody else has to themselves (winscard.h). */
const SCARD_STATE_EXCLUSIVE = 0x80

/** One card in the field, from its arrival to its one outcome. */
interface Presentation {
  /** Connects tried after nfc-pcsc's own. */
  retries: number
  answered: boolean
  /** Commands and answers, for support. */
  readonly exchanges: (readonly [command: Uint8Array, answer: Uint8Array])[]
  cancelDeadline: () => void
}

/**
 * One reader and the card in its field. Edge-triggered on PRESENT, because PC/SC also reports every connect and
 * disconnect. nfc-pcsc connects by itself and loses the error when that fails, so a card that is present but unread is
 * noticed here, and every card ends in one read or one failure.
 */
export class CardSlot {
  readonly #reader: Reader
  readonly #identity: ReaderIdentity
  readonly #plan: CardPlan
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  #presentation: Presentation | null = null
  #ended = false
  #inConflict = false
  #unknown = false

  constructor(reader: Reader, identity: ReaderIdentity, plan: CardPlan, emission: Emission, scheduler: Scheduler) {
    this.#reader = reader
    this.#identity = identity
    this.#plan = plan
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
    this.#health({ state: 'absent' })
  }

  get readerId(): string {
    return this.#identity.known.readerId
  }

  /**
   * The service has said neither that there is a card nor that there is none. It is so for a moment while a card is
   * powered up, and pcsc-mini 0.1.3 may miss what comes after: it does not pass on pcscd's count of events.
   */
  get isUnknown(): boolean {
    return this.#unknown
  }

  /** Whether a card is being read. */
  get isReading(): boolean {
    return this.#presentation !== null
  }

  /** The slot's USB port. */
  get port(): string | null {
    return this.#identity.port
  }

  /** Its plugging on the USB. */
  get plugging(): string | null {
    return this.#identity.plugging
  }

  /** Lights and buzzer, by an escape command to the reader and not to the card; false: it has none, or refused. */
  async indicate(outcome: Indication): Promise<boolean> {
    const bytes = this.#identity.model?.indicate?.(outcome)
    // A card that is being read has the connection.
    if (!bytes || this.#presentation || this.#ended) return false
    const { reader } = this.#reader
    const direct = { share_mode: reader.SCARD_SHARE_DIRECT }
    return await new Promise<boolean>((resolve) => {
      reader.connect(direct, (refused) => {
        if (refused) return resolve(false)
        reader.control(bytes, reader.IOCTL_CCID_ESCAPE, RESPONSE_MAX, (error) =>
          reader.disconnect(reader.SCARD_LEAVE_CARD, () => resolve(!error)),
        )
      })
    })
  }

  #health(fault: Fault): void {
    this.#inConflict = fault.state === 'conflict'
    const disabled = this.#emission.isDisabled(this.readerId) && fault.state === 'ready'
    const shown = disabled ? DISABLED : fault
    this.#emission.health({ ...this.#identity.known, transport: 'pcsc', ...shown })
  }

  /** After the disabled readers have changed. */
  reconsider(): void {
    if (!this.#ended && !this.#inConflict) this.#ready()
  }

  #ready(): void {
    this.#health({ state: 'ready' })
  }

  #onStatus(status: Status): void {
    if (this.#ended) return
    const { state, SCARD_STATE_PRESENT, SCARD_STATE_EMPTY } = this.#reader.reader
    const changes = state ^ status.state
    this.#unknown = (status.state & (SCARD_STATE_PRESENT | SCARD_STATE_EMPTY)) === 0
    const exclusive = (status.state & SCARD_STATE_EXCLUSIVE) !== 0
    if (exclusive && !this.#presentation) this.#health(IN_USE)
    else if (this.#inConflict && !exclusive && !this.#presentation) this.#ready()
    if (changes & status.state & SCARD_STATE_EMPTY) {
      // Gone before it was read; after its outcome this is the ordinary end of a tap.
      this.#finish('medium_unreadable')
    } else if (changes & status.state & SCARD_STATE_PRESENT && this.#emission.listensTo(this.readerId)) {
      const presentation: Presentation = { retries: 0, answered: false, exchanges: [], cancelDeadline: () => {} }
      presentation.cancelDeadline = this.#scheduler.after(CARD_DEADLINE_MS, () => {
        if (this.#presentation === presentation) this.#finish('medium_unreadable')
      })
      this.#presentation = presentation
      this.#emission.reading(this.readerId)
    }
  }

  /** One more try for a card that would not connect; until the deadline while somebody else has the reader. */
  #onConnectFailed(error: unknown): void {
    const presentation = this.#presentation
    if (!presentation || presentation.answered) return
    const inUse = isSharingViolation(error)
    if (inUse) this.#health(IN_USE)
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
      let outcome = await this.#ask(presentation)
      if (outcome.kind !== 'medium' && !isFinal(outcome) && this.#presentation === presentation) {
        // Once more, over a new connection: another program may have reset the card.
        await this.#disconnect()
        outcome = await this.#reader.connect().then(
          () => this.#ask(presentation),
          () => outcome,
        )
      }
      if (this.#presentation === presentation) this.#conclude(outcome)
    }
    // The reader stays free for others; a next card that is here already has the connection for itself.
    if (this.#presentation === null || this.#presentation === presentation) await this.#disconnect()
  }

  #ask(presentation: Presentation): Promise<CardOutcome> {
    const transmit = async (command: Uint8Array) => {
      // Decided by now: the card is let go.
      if (this.#presentation !== presentation) throw new Error('over')
      const answer = await this.#reader.transmit(command, RESPONSE_MAX)
      presentation.exchanges.push([command, answer])
      return answer
    }
    return readCard({ atr: this.#reader.reader.atr, transmit }, this.#plan)
  }

  #conclude(outcome: CardOutcome): void {
    if (outcome.kind !== 'medium') {
      this.#finish(outcome.kind === 'failed' ? outcome.reason : 'medium_unreadable')
      return
    }
    const trace = this.#trace()
    this.#forget()
    this.#emission.read(this.readerId, outcome.medium, 'tap', { trace })
  }

  /** The presentation under way, if any, has failed. */
  #finish(reason: ReadFailure['reason']): void {
    if (!this.#presentation) return
    const trace = this.#trace()
    this.#forget()
    this.#emission.failed(this.readerId, reason, trace)
  }

  /** Commands are ours and shown; of answers only the status word. */
  #trace() {
    const exchanges = this.#presentation?.exchanges ?? []
    return () => ({
      hex: exchanges
        .map(([command, answer]) => `> ${hiddenHex(command, 0, 0)}\n< ${hiddenHex(answer, 0, answer.length - 2)}`)
        .join('\n'),
      text: '',
    })
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
