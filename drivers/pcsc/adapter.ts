import type { NFC } from 'nfc-pcsc'
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
import { usbDevices } from '../usbPlace.ts'
import { serviceFault } from './faults.ts'
import { type LookAtUsb, PCSC_SERVICE_ID, SERVICE, ServiceSession } from './serviceSession.ts'
import { UntoldReaders } from './untoldReaders.ts'

/** Loads the native binding; rejects where its shared library is missing. */
export type LoadNfc = () => Promise<{ readonly NFC: new () => NFC }>

const loadNfcPcsc: LoadNfc = () => import('nfc-pcsc')

/** The native module would not load. */
class LoadError extends Error {}

export interface PcscParts {
  readonly load?: LoadNfc
  readonly options?: PcscOptions | undefined
  readonly usb?: LookAtUsb
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

/** Why a connection is given up: for a new one, which is told of every reader and its state. */
class GivenUp extends Error {}

class PcscService implements DeviceSource {
  readonly transport = 'pcsc'
  readonly self = null
  readonly polled = false
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #load: LoadNfc
  readonly #options: PcscOptions
  readonly #usb: LookAtUsb
  readonly #untold = new UntoldReaders()
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
    const session = new ServiceSession({
      nfc,
      options: this.#options,
      usb: this.#usb,
      emission: this.#emission,
      scheduler: this.#scheduler,
      untold: this.#untold,
      giveUp: () => lost(new GivenUp()),
    })
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
    if (error instanceof GivenUp) return { state: 'opening' }
    return error instanceof LoadError ? loadFault(error.cause, 'pcscd libpcsclite1') : serviceFault(error)
  }

  reconsider(): void {
    this.#session?.reconsider()
  }

  async indicate(readerId: string, outcome: Indication): Promise<boolean> {
    return (await this.#session?.indicateOn(readerId, outcome)) ?? false
  }
}
