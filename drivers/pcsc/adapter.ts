import type { NFC, Reader } from 'nfc-pcsc'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { PcscOptions } from '../../core/readers/protocol.ts'
import type { Indication } from '../../core/readers/reader.ts'
import type { DeviceSession, DeviceSource, FoundDevice } from '../deviceSource.ts'
import type { Emission } from '../emission.ts'
import type { HotPlug } from '../hotplug.ts'
import { type Fault, loadFault } from '../nativeFault.ts'
import { SupervisedReader } from '../supervisedReader.ts'
import { type UsbDevice, usbDevices } from '../usbPlace.ts'
import { identityOf, unusedReaders, usbDeviceOf } from './cardReaders.ts'
import { CardSlot } from './cardSlot.ts'
import { serviceFault } from './faults.ts'

/** The service itself, reported beside its readers: `ready` while it has any. */
export const PCSC_SERVICE_ID = 'pcsc'

/** pcsc-mini 0.1.3 watches this many slots and says nothing of others (MAX_READERS of its source). */
const PLACES = 4

/** Readers that PC/SC does not give us are looked for this often. */
const LOOK_MS = 2_000

/** Loads the native binding; rejects where its shared library is missing. */
export type LoadNfc = () => Promise<{ readonly NFC: new () => NFC }>

const loadNfcPcsc: LoadNfc = () => import('nfc-pcsc')

/** The native module would not load. */
class LoadError extends Error {}

export interface PcscParts {
  readonly load?: LoadNfc
  readonly options?: PcscOptions | undefined
  readonly usb?: () => UsbDevice[]
  readonly hotPlug?: HotPlug
}

/**
 * Contactless cards over PC/SC. Every reader the service knows is used. To the supervisor the service is the device:
 * it may be missing, stop and come back.
 */
export class PcscReader extends SupervisedReader {
  readonly #service: PcscService

  constructor(clock: Clock, ids: Ids, scheduler: Scheduler, given: LoadNfc | PcscParts = {}) {
    const parts = typeof given === 'function' ? { load: given } : given
    let service: PcscService | null = null
    super(
      clock,
      ids,
      scheduler,
      (emission) => {
        service = new PcscService(emission, scheduler, parts)
        return service
      },
      parts.hotPlug,
    )
    if (!service) throw new Error('no source was made')
    this.#service = service
  }

  override setDisabled(readerIds: ReadonlySet<string>): void {
    super.setDisabled(readerIds)
    this.#service.reconsider()
  }

  override async indicate(readerId: string, outcome: Indication): Promise<boolean> {
    return await this.#service.indicate(readerId, outcome)
  }
}

class PcscService implements DeviceSource {
  readonly transport = 'pcsc'
  readonly self = null
  readonly polled = false
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #load: LoadNfc
  readonly #options: PcscOptions
  readonly #usb: () => UsbDevice[]
  #session: ServiceSession | null = null

  constructor(emission: Emission, scheduler: Scheduler, { load, options, usb }: PcscParts) {
    this.#emission = emission
    this.#scheduler = scheduler
    this.#load = load ?? loadNfcPcsc
    this.#options = options ?? PcscOptions.parse({})
    this.#usb = usb ?? usbDevices
  }

  async find(): Promise<readonly FoundDevice[]> {
    return [{ path: PCSC_SERVICE_ID, ...SERVICE }]
  }

  async open(_device: FoundDevice, lost: (error?: unknown) => void): Promise<DeviceSession> {
    const module = await this.#load().catch((cause: unknown) => {
      throw new LoadError('nfc-pcsc', { cause })
    })
    const nfc = new module.NFC()
    const session = new ServiceSession(nfc, this.#options, this.#usb, this.#emission, this.#scheduler)
    this.#session = session
    await new Promise<void>((resolve, reject) => {
      nfc.pcsc.on('started', resolve)
      // After the start a rejection is nobody's, and the loss is told.
      nfc.on('error', (error) => {
        reject(error)
        lost(error)
      })
    })
    return session
  }

  faultOf(error: unknown): Fault {
    return error instanceof LoadError ? loadFault(error.cause, 'pcscd libpcsclite1') : serviceFault(error)
  }

  reconsider(): void {
    this.#session?.reconsider()
  }

  async indicate(readerId: string, outcome: Indication): Promise<boolean> {
    return (await this.#session?.indicateOn(readerId, outcome)) ?? false
  }
}

const SERVICE = { readerId: PCSC_SERVICE_ID, name: 'Card readers (PC/SC)' }

/** One connection to the service and the readers it tells of. */
class ServiceSession implements DeviceSession {
  readonly #nfc: NFC
  readonly #options: PcscOptions
  readonly #usb: () => UsbDevice[]
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #slots = new Set<CardSlot>()
  #unused = new Map<string, Parameters<Emission['health']>[0]>()
  #cancelLook = () => {}
  #closed = false

  constructor(nfc: NFC, options: PcscOptions, usb: () => UsbDevice[], emission: Emission, scheduler: Scheduler) {
    this.#nfc = nfc
    this.#options = options
    this.#usb = usb
    this.#emission = emission
    this.#scheduler = scheduler
    nfc.on('reader', (reader) => this.#appeared(reader))
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
    this.#nfc.close()
  }

  reconsider(): void {
    for (const slot of this.#slots) slot.reconsider()
  }

  async indicateOn(readerId: string, outcome: Indication): Promise<boolean> {
    const slot = [...this.#slots].find((each) => each.readerId === readerId)
    return (await slot?.indicate(outcome)) ?? false
  }

  #appeared(reader: Reader): void {
    // nfc-pcsc connects as soon as there is a card, and no event may be missed: nothing is waited for here.
    const { usb } = reader.reader
    const device = usbDeviceOf(reader.name, usb, this.#usb())
    const others = [...this.#slots].filter(({ port }) => port !== device?.port).map(({ readerId }) => readerId)
    const identity = identityOf(reader.name, device, new Set(others))
    const plan = { ...this.#options, rawFelica: identity.model?.rawFelica ?? false }
    const slot = new CardSlot(reader, identity, plan, this.#emission, this.#scheduler)
    this.#slots.add(slot)
    this.#reportPresence()
    reader.on('end', () => {
      slot.end()
      this.#slots.delete(slot)
      if (!this.#closed) this.#reportPresence()
    })
  }

  #reportPresence(): void {
    this.#emission.health({ ...SERVICE, transport: 'pcsc', ...this.fault })
  }

  /** Looks for readers that are plugged in and not ours. */
  #look(): void {
    const ports = new Set([...this.#slots].flatMap(({ port }) => port ?? []))
    const unused = unusedReaders(this.#usb(), ports, this.#slots.size >= PLACES, PLACES)
    const now = new Map(
      unused.map(({ known, fault }) => [known.readerId, { ...known, transport: 'pcsc' as const, ...fault }]),
    )
    for (const [readerId, { readerId: id, transport, name }] of this.#unused) {
      if (!now.has(readerId)) this.#emission.health({ readerId: id, transport, name, state: 'absent' })
    }
    for (const health of now.values()) this.#emission.health(health)
    this.#unused = now
    this.#cancelLook = this.#scheduler.after(LOOK_MS, () => this.#look())
  }

  #end(): void {
    this.#closed = true
    this.#cancelLook()
    for (const slot of this.#slots) slot.end()
    this.#slots.clear()
  }
}
