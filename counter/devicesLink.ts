import { unreachable } from '../core/outcome.ts'
import type { Channel } from '../core/ports/channel.ts'
import { type DevicesCommand, type DevicesConfiguration, DevicesMessage } from '../core/readers/protocol.ts'
import type { MediumRead, ReaderHealth, ReadFailure } from '../core/readers/reader.ts'

/** What a devices process says because a manager asked. */
export type DevicesAnswer = Extract<
  DevicesMessage,
  { type: 'raw' | 'ports' | 'serialDetected' | 'identified' | 'calibrated' | 'indicated' | 'printed' }
>

/** Of those, what is about readers. */
export type ReaderAnswer = Exclude<DevicesAnswer, { type: 'printed' }>

/** What passes on its way: nothing a later devices process would have to hear of again. */
export type DevicesRequest = Exclude<DevicesCommand, { type: 'configure' | 'dataEventEnabled' }>

export interface DevicesEvents {
  health(): void
  /** A new devices process has its configuration. */
  attached(): void
  answered(answer: DevicesAnswer): void
  reading(readerId: string): void
  read(read: MediumRead): void
  failed(failure: ReadFailure): void
}

/** Ids that have been acted on; more than a devices process could have on its way. */
const REMEMBERED_READS = 256

/** The counter's end of whichever devices process runs now: none, the first, or one that took a dead one's place. */
export class DevicesLink {
  readonly #events: DevicesEvents
  readonly #readers = new Map<string, ReaderHealth>()
  readonly #seen = new Set<string>()
  #wanted: DevicesConfiguration
  #limit = (configuration: DevicesConfiguration) => configuration
  /** What the devices process knows. */
  #configuration: DevicesConfiguration
  #channel: Channel | null = null
  #enabled = false

  constructor(configuration: DevicesConfiguration, events: DevicesEvents) {
    this.#wanted = configuration
    this.#configuration = configuration
    this.#events = events
  }

  attach(channel: Channel): void {
    this.#channel = channel
    this.#readers.clear()
    channel.onMessage((message) => {
      if (this.#channel === channel) this.#received(message)
    })
    channel.onClosed(() => {
      if (this.#channel !== channel) return
      this.#channel = null
      this.#readers.clear()
      this.#events.health()
    })
    this.#post({ type: 'configure', configuration: this.#configuration })
    this.#arm()
    this.#events.attached()
    this.#events.health()
  }

  /** Other readers, names or ports, for the devices process of now and every later one. */
  configure(configuration: DevicesConfiguration): void {
    this.#wanted = configuration
    this.#reconfigure()
  }

  /** Narrows whatever is configured, from now on. */
  limit(limit: (configuration: DevicesConfiguration) => DevicesConfiguration): void {
    this.#limit = limit
    this.#reconfigure()
  }

  #reconfigure(): void {
    const configuration = this.#limit(this.#wanted)
    this.#configuration = configuration
    this.#post({ type: 'configure', configuration })
  }

  /** The readers a cashier works with: not those that are switched off, nor ports that were taken away. */
  readers(): ReaderHealth[] {
    const { serial, disabled = [] } = this.#configuration
    const ports = new Set(serial.map(({ path }) => path))
    return this.all().filter(
      ({ readerId, transport }) => !disabled.includes(readerId) && (transport !== 'serial' || ports.has(readerId)),
    )
  }

  /** Every reader that a devices process has reported. */
  all(): ReaderHealth[] {
    return [...this.#readers.values()]
  }

  /** Slips have somewhere to go. */
  get hasPrinter(): boolean {
    return this.#configuration.printer !== undefined
  }

  setDataEventEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return
    this.#enabled = enabled
    this.#arm()
  }

  /** A read holds all readers where it was read (UPOS autoDisable): a second card cannot land in the same visit. */
  #arm(): void {
    this.#post({ type: 'dataEventEnabled', enabled: this.#enabled, autoDisable: true })
  }

  /** false: no devices process runs. */
  send(command: DevicesRequest): boolean {
    return this.#post(command)
  }

  #post(command: DevicesCommand): boolean {
    this.#channel?.post(command)
    return this.#channel !== null
  }

  #received(raw: unknown): void {
    const parsed = DevicesMessage.safeParse(raw)
    // A process that owns native code may say anything; what cannot be read is no read.
    if (!parsed.success) return
    const message = parsed.data
    switch (message.type) {
      case 'health':
        this.#readers.set(message.health.readerId, message.health)
        this.#events.health()
        return
      case 'reading':
        this.#events.reading(message.readerId)
        return
      case 'read':
        if (this.#isNew(message.read.readId)) this.#events.read(message.read)
        // The visit has taken it, or is busy with it: in the first case the readers wait for the next one again.
        if (this.#enabled) this.#arm()
        return
      case 'failed':
        if (this.#isNew(message.failure.readId)) this.#events.failed(message.failure)
        return
      case 'raw':
      case 'ports':
      case 'serialDetected':
      case 'identified':
      case 'calibrated':
      case 'indicated':
      case 'printed':
        this.#events.answered(message)
        return
      case 'alive':
        return
      default:
        unreachable(message)
    }
  }

  /** One read counts once, however often it arrives. */
  #isNew(readId: string): boolean {
    if (this.#seen.has(readId)) return false
    this.#seen.add(readId)
    const [oldest] = this.#seen
    if (this.#seen.size > REMEMBERED_READS && oldest !== undefined) this.#seen.delete(oldest)
    return true
  }
}
