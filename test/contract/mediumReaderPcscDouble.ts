import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { CardReader } from '@pokusew/pcsclite/cardReader.cjs'
import type { NFC, Reader } from 'nfc-pcsc'
import type { Card, Reader as NativeReader } from 'pcsc-mini'

const EMPTY = 0x10
const PRESENT = 0x20
const IN_USE = 0x100
const DIRECT = 3

/** A card in the shape of pcsc-mini. `answer` may throw, hang or be short. */
export interface DoubleCard {
  readonly atr: Uint8Array
  answer(attempt: number): Promise<Uint8Array> | Uint8Array
  /** Called before each connect; throws to refuse it. */
  connect?(attempt: number): void
}

/** Names pcsc-mini's error codes as it does. */
export const pcscError = (code: string): Error => Object.assign(new Error(`[ ${code} ]`), { code })

/** One reader as pcsc-mini shows it, with a field to hold cards to. Like the real one it tells of every connect. */
export class DoubleSlot extends EventEmitter {
  readonly #name: string
  #card: DoubleCard | null = null
  #connects = 0
  #answers = 0
  /** Escape commands that the reader itself has been sent, in hex. */
  readonly controls: string[] = []
  /** Connections that nobody has given back. */
  openConnections = 0

  constructor(name: string) {
    super()
    this.#name = name
  }

  name(): string {
    return this.#name
  }

  insert(card: DoubleCard): void {
    this.#card = card
    this.#connects = 0
    this.#answers = 0
    this.tell(PRESENT)
  }

  remove(): void {
    this.#card = null
    this.tell(EMPTY)
  }

  /** The ATR in an event has the right length and no content, as in pcsc-mini 0.1.3. */
  tell(state: number): void {
    this.emit('change', { raw: state }, new Uint8Array(this.#card?.atr.length ?? 0))
  }

  async connect(mode?: number): Promise<unknown> {
    const card = this.#card
    if (mode === DIRECT) return this.#connectToReader()
    if (!card) throw pcscError('NoSmartCard')
    this.#connects += 1
    card.connect?.(this.#connects)
    this.openConnections += 1
    this.tell(PRESENT | IN_USE)
    const gone = () => {
      if (this.#card !== card) throw pcscError('RemovedCard')
    }
    return {
      protocol: () => 2,
      state: async () => ({ atr: card.atr }),
      transmitProtocol: async () => {
        gone()
        this.#answers += 1
        return await card.answer(this.#answers)
      },
      disconnect: async () => {
        this.openConnections -= 1
        gone()
        this.tell(PRESENT)
      },
    } satisfies Partial<Record<keyof Card, unknown>>
  }

  #connectToReader(): unknown {
    this.openConnections += 1
    return {
      protocol: () => 0,
      control: async (_code: number, command: Uint8Array) => {
        this.controls.push(Buffer.from(command).toString('hex'))
        return Uint8Array.of(0x90, 0x00)
      },
      disconnect: async () => {
        this.openConnections -= 1
      },
    } satisfies Partial<Record<keyof Card, unknown>>
  }
}

const RealReader: new (reader: CardReader) => Reader = createRequire(import.meta.url)('nfc-pcsc/dist/Reader.js').default

/** The service: real nfc-pcsc readers over our real CardReader, over slots that are doubles. */
export class DoubleService {
  running = true
  #slots: readonly DoubleSlot[]
  #current: EventEmitter | null = null
  attempts = 0
  /** Of the connection there is; a new one has lost none. */
  lostConnections = 0

  constructor(...slots: DoubleSlot[]) {
    this.#slots = slots
  }

  readonly load = async (): Promise<{ NFC: new () => NFC }> => {
    const service = this
    class DoubleNfc extends EventEmitter {
      readonly pcsc = Object.defineProperty(new EventEmitter(), 'lostConnections', {
        get: () => service.lostConnections,
      })

      constructor() {
        super()
        service.attempts += 1
        service.lostConnections = 0
        setImmediate(() => {
          if (!service.running) return void this.emit('error', pcscError('NoService'))
          service.#current = this
          this.pcsc.emit('started')
          for (const slot of service.#slots) {
            this.emit('reader', new RealReader(new CardReader(slot as unknown as NativeReader)))
            slot.tell(EMPTY)
          }
        })
      }

      close() {
        if (service.#current === this) service.#current = null
        for (const slot of service.#slots) slot.removeAllListeners()
      }
    }
    return { NFC: DoubleNfc as unknown as new () => NFC }
  }

  /** Like `systemctl stop pcscd`. */
  stop(): void {
    this.running = false
    const current = this.#current
    for (const slot of this.#slots) slot.emit('disconnect')
    current?.emit('error', pcscError('CommError'))
  }
}
