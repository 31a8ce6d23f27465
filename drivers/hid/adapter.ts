import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { decodeScan } from '../decoding/decodeScan.ts'
import type { DeviceSession, DeviceSource, FoundDevice } from '../deviceSource.ts'
import type { Emission } from '../emission.ts'
import type { HotPlug } from '../hotplug.ts'
import { hiddenHex, maskedText } from '../masking.ts'
import { modelOfUsb } from '../models/index.ts'
import { errorCode, type Fault, loadFault } from '../nativeFault.ts'
import { udevFault } from '../permissions.ts'
import { SupervisedReader } from '../supervisedReader.ts'
import { usbPortOf } from '../usbPlace.ts'
import { CONTINUATION_DEADLINE_MS, HidCodec, type HidScan } from './codec.ts'
import { declaredReports } from './descriptor.ts'
import { DEFAULT_LAYOUT, layoutOf } from './layout.ts'
import type { HidDevice, HidDeviceInfo, HidModule } from './nodeHid.ts'
import { scannersIn } from './scanners.ts'

/** The transport itself, reported beside its scanners: `ready` while it has any. */
export const HID_TRANSPORT_ID = 'hid'

const loadNodeHid = async (): Promise<HidModule> => {
  const module = await import('node-hid')
  return module.default ?? module
}

/** USB scanners in HID POS mode (usage page 0x8C, usage 2), found and found again by listing the bus. */
export class HidReader extends SupervisedReader {
  constructor(
    clock: Clock,
    ids: Ids,
    scheduler: Scheduler,
    load: () => Promise<HidModule> = loadNodeHid,
    hotPlug?: HotPlug,
  ) {
    super(clock, ids, scheduler, (emission) => new HidSource(clock, scheduler, emission, load), hotPlug)
  }
}

/** The native module would not load: nobody will open a scanner in this process. */
class LoadError extends Error {}

class HidSource implements DeviceSource {
  readonly transport = 'hid'
  readonly self = { readerId: HID_TRANSPORT_ID, name: 'USB scanners (HID POS)' }
  readonly polled = true
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #emission: Emission
  readonly #load: () => Promise<HidModule>
  #module: HidModule | null = null
  #listed = new Map<string, HidDeviceInfo>()
  #keys = new Map<string, string>()

  constructor(clock: Clock, scheduler: Scheduler, emission: Emission, load: () => Promise<HidModule>) {
    this.#clock = clock
    this.#scheduler = scheduler
    this.#emission = emission
    this.#load = load
  }

  async find(): Promise<readonly FoundDevice[]> {
    const module = await this.#loaded()
    const listed = await module.devicesAsync()
    const found = await scannersIn(listed, (path) => usbPortOf('hidraw', path), this.#keys)
    this.#listed = new Map(listed.map((info) => [info.path ?? '', info]))
    this.#keys = new Map(found.map(({ path, readerId }) => [path, readerId]))
    return found
  }

  async open({ path, readerId }: FoundDevice, lost: () => void): Promise<DeviceSession> {
    const module = await this.#loaded()
    // hidapi's own message for a missing permission is not one a person can act on.
    await access(path, constants.R_OK | constants.W_OK).catch((error: unknown) => {
      // Not every system names its devices by files.
      if (errorCode(error) === 'EACCES') throw error
    })
    const info = this.#listed.get(path)
    const model = info ? modelOfUsb(info.vendorId, info.productId)?.hid : undefined
    const descriptor = await reportDescriptor(path)
    const declared = descriptor && layoutOf(descriptor)
    const layout = declared ?? model?.layout ?? DEFAULT_LAYOUT
    const codeId = model?.codeIdAt === undefined ? {} : { codeIdAt: model.codeIdAt }
    const codec = new HidCodec({ ...layout, ...codeId }, { guessed: !declared })
    const device = await module.HIDAsync.open(path)
    const session = new ScannerSession(readerId, codec, device, this.#clock, this.#scheduler, this.#emission)
    device.on('error', () => lost())
    device.on('data', (report) => session.received(report))
    const feature = model?.featureReport
    const declares = !descriptor || declaredReports(descriptor).features.has(feature?.[0] ?? -1)
    // It may be in this mode already, and refuse.
    if (feature && declares) void device.sendFeatureReport?.([...feature]).catch(() => {})
    return session
  }

  faultOf(error: unknown, device?: FoundDevice): Fault {
    if (error instanceof LoadError) return loadFault(error.cause, 'libudev1 libusb-1.0-0')
    if (!device) return LISTING_FAILED
    if (errorCode(error) !== 'EACCES') return OPEN_FAILED
    return udevFault(this.#listed.get(device.path)?.vendorId ?? 0)
  }

  async #loaded(): Promise<HidModule> {
    if (this.#module) return this.#module
    try {
      const module = await this.#load()
      // Listing is what loads the binding.
      await module.devicesAsync()
      this.#module = module
      return module
    } catch (error) {
      throw new LoadError('node-hid', { cause: error })
    }
  }
}

class ScannerSession implements DeviceSession {
  readonly #readerId: string
  readonly #codec: HidCodec
  readonly #device: HidDevice
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #emission: Emission
  #cancelExpiry = () => {}
  /** Reports since the last outcome. */
  #reports: Uint8Array[] = []

  constructor(
    readerId: string,
    codec: HidCodec,
    device: HidDevice,
    clock: Clock,
    scheduler: Scheduler,
    emission: Emission,
  ) {
    this.#readerId = readerId
    this.#codec = codec
    this.#device = device
    this.#clock = clock
    this.#scheduler = scheduler
    this.#emission = emission
  }

  received(report: Uint8Array): void {
    this.#cancelExpiry()
    this.#reports.push(report)
    this.#deliver(this.#codec.push(report, this.#clock.monotonic()))
    if (!this.#codec.pending) {
      this.#reports = []
      return
    }
    this.#cancelExpiry = this.#scheduler.after(CONTINUATION_DEADLINE_MS, () =>
      this.#deliver(this.#codec.expire(Number.POSITIVE_INFINITY)),
    )
  }

  cut(): boolean {
    this.#cancelExpiry()
    return this.#codec.pending
  }

  async close(): Promise<void> {
    this.#cancelExpiry()
    // node-hid begins to read a tick after the listener was added; on a device closed by then it would throw at nobody.
    await new Promise(setImmediate)
    await this.#device.close()
  }

  #deliver(scans: readonly HidScan[]): void {
    for (const scan of scans) {
      if (scan.kind === 'ignored') this.#emission.ignored(this.#readerId, this.#trace)
      else if (scan.kind === 'symbol') this.#emission.scanned(this.#readerId, decodeScan(scan.symbol), this.#trace)
      else this.#emission.scanned(this.#readerId, { ok: false, reason: 'medium_unreadable' }, this.#trace)
    }
  }

  readonly #trace = () => {
    const [from, to] = this.#codec.dataRange
    const shown = this.#reports.map((report) => hiddenHex(report, from, Math.min(to, from + dataLength(report, from))))
    const data = this.#reports.map((report) => report.subarray(from, from + dataLength(report, from)))
    return { hex: shown.join('\n'), text: maskedText(Buffer.concat(data).toString('utf8')) }
  }
}

/** Up to the zeros that pad it. */
function dataLength(report: Uint8Array, from: number): number {
  let end = report.length
  while (end > from && report[end - 1] === 0) end -= 1
  return Math.max(0, end - from)
}

async function reportDescriptor(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`)
  } catch {
    // node-hid exposes no descriptor, and without sysfs nobody else does.
    return null
  }
}

const LISTING_FAILED: Fault = {
  state: 'error',
  code: 'hid_listing_failed',
  fix: 'The USB devices of this machine cannot be listed. Is udev running? It is tried again every second.',
}

const OPEN_FAILED: Fault = {
  state: 'busy',
  code: 'open_failed',
  fix: 'The scanner does not open. Is another program using it? Unplug it and plug it in again.',
}
