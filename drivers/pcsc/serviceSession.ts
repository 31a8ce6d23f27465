import type { NFC, Reader } from 'nfc-pcsc'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { PcscOptions } from '../../core/readers/protocol.ts'
import type { Indication, ReaderHealth } from '../../core/readers/reader.ts'
import type { DeviceSession } from '../deviceSource.ts'
import type { Emission } from '../emission.ts'
import { errorCode, type Fault } from '../nativeFault.ts'
import type { UsbDevice } from '../usbPlace.ts'
import { hasGone, identityOf, pluggingOf, untoldReaders, unusedReaders, usbDeviceOf } from './cardReaders.ts'
import { CardSlot } from './cardSlot.ts'
import type { UntoldReaders } from './untoldReaders.ts'

/** The service itself, reported beside its readers: `ready` while it has any. */
export const PCSC_SERVICE_ID = 'pcsc'
export const SERVICE = { readerId: PCSC_SERVICE_ID, name: 'Card readers (PC/SC)' }

/** pcsc-mini 0.1.3 watches this many slots and says nothing of others (MAX_READERS of its source). */
const PLACES = 4

/** Of the four connections to cards that pcsc-mini has, so many may be lost: two readers may want one at a time. */
const LOST_CONNECTIONS = 2

/** Readers that PC/SC does not give us are looked for this often. */
const LOOK_MS = 400

/** The devices on the USB, now; null where no USB is to be seen. */
export type LookAtUsb = () => UsbDevice[] | null

/** What a connection to the service is made of. */
export interface SessionParts {
  readonly nfc: NFC
  readonly options: PcscOptions
  readonly usb: LookAtUsb
  readonly emission: Emission
  readonly scheduler: Scheduler
  readonly untold: UntoldReaders
  /** The connection is of no more use, and a new one will be. */
  readonly giveUp: () => void
}

/** One connection to the service and the readers it tells of. */
export class ServiceSession implements DeviceSession {
  readonly #parts: SessionParts
  readonly #slots = new Set<CardSlot>()
  #unused = new Map<string, ReaderHealth>()
  #cancelLook = () => {}
  #closed = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    parts.untold.afresh()
    parts.nfc.on('reader', (reader) => this.#appeared(reader))
    this.#look()
  }

  get fault(): Fault {
    return { state: this.#slots.size > 0 ? 'ready' : 'absent' }
  }

  cut(): boolean {
    // Each slot tells of its own card.
    this.#end()
    return false
  }

  async close(): Promise<void> {
    this.#end()
    this.#parts.nfc.close()
  }

  reconsider(): void {
    for (const slot of this.#slots) slot.reconsider()
  }

  async indicateOn(readerId: string, outcome: Indication): Promise<boolean> {
    const slot = [...this.#slots].find((each) => each.readerId === readerId)
    return (await slot?.indicate(outcome)) ?? false
  }

  #appeared(reader: Reader): void {
    const { options, usb, emission, scheduler, giveUp } = this.#parts
    // nfc-pcsc connects as soon as there is a card, and no event may be missed: nothing is waited for here.
    const devices = usb()
    const device = usbDeviceOf(reader.name, reader.reader.usb, devices ?? [])
    if (devices && hasGone(reader.name, reader.reader.usb, devices)) {
      ignore(reader)
      return
    }
    const others = [...this.#slots].filter(({ port }) => port !== device?.port).map(({ readerId }) => readerId)
    const identity = identityOf(reader.name, device, new Set(others))
    const plan = { ...options, rawFelica: identity.model?.rawFelica ?? false }
    const slot = new CardSlot(reader, identity, plan, emission, scheduler)
    this.#slots.add(slot)
    this.#reportPresence()
    reader.reader.on('connectFailed', (error) => {
      if (errorCode(error) === 'TooManyCardConnections') giveUp()
    })
    reader.on('end', () => this.#gone(slot))
  }

  #gone(slot: CardSlot): void {
    slot.end()
    if (this.#slots.delete(slot) && !this.#closed) this.#reportPresence()
  }

  #reportPresence(): void {
    this.#parts.emission.health({ ...SERVICE, transport: 'pcsc', ...this.fault })
  }

  /** Looks for readers that are plugged in and not ours. */
  #look(): void {
    const devices = this.#parts.usb() ?? []
    this.#missGone(devices)
    const ports = new Set([...this.#slots].flatMap(({ port }) => port ?? []))
    this.#reportUnused(devices, ports)
    this.#cancelLook = this.#parts.scheduler.after(LOOK_MS, () => this.#look())
    if (this.#hasFailedUs(devices)) this.#parts.giveUp()
  }

  /** pcscd may take its time to notice that a reader was pulled, or never do. */
  #missGone(devices: readonly UsbDevice[]): void {
    const plugged = new Set(devices.map(pluggingOf))
    for (const slot of [...this.#slots]) if (slot.plugging !== null && !plugged.has(slot.plugging)) this.#gone(slot)
  }

  #reportUnused(devices: readonly UsbDevice[], ports: ReadonlySet<string>): void {
    const { emission } = this.#parts
    const unused = unusedReaders(devices, ports, this.#slots.size >= PLACES, PLACES)
    const now = new Map(
      unused.map(({ known, fault }) => [known.readerId, { ...known, transport: 'pcsc' as const, ...fault }]),
    )
    for (const [readerId, { readerId: id, transport, name }] of this.#unused) {
      if (!now.has(readerId)) emission.health({ readerId: id, transport, name, state: 'absent' })
    }
    for (const health of now.values()) emission.health(health)
    this.#unused = now
  }

  /** Whether a new connection would know more, or could do more, than this one. Never while a card is being read. */
  #hasFailedUs(devices: readonly UsbDevice[]): boolean {
    const slots = [...this.#slots]
    if (slots.some(({ isReading }) => isReading)) return false
    if (this.#parts.nfc.pcsc.lostConnections >= LOST_CONNECTIONS) return true
    // A full house has its own word for readers without a place.
    const pluggings = new Set(slots.flatMap(({ plugging }) => plugging ?? []))
    const readers = slots.length < PLACES ? untoldReaders(devices, pluggings) : []
    const known = slots.filter(({ isUnknown }) => !isUnknown)
    const unknown = slots.filter(({ isUnknown }) => isUnknown)
    return this.#parts.untold.look(
      [...readers, ...unknown.map(({ readerId }) => readerId)],
      known.map(({ readerId }) => readerId),
    )
  }

  #end(): void {
    this.#closed = true
    this.#cancelLook()
    for (const slot of this.#slots) slot.end()
    this.#slots.clear()
  }
}

/** A reader without a slot: nfc-pcsc asks its cards nothing, holds none, and does not end the process with its errors. */
function ignore(reader: Reader): void {
  reader.autoProcessing = false
  reader.on('error', () => {})
  reader.on('card', () => void reader.disconnect().catch(() => {}))
}
