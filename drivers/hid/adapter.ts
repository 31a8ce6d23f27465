import { constants } from 'node:fs'
import { access, readFile, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { MediumReader, ReaderEvents } from '../../core/readers/reader.ts'
import { Emission } from '../emission.ts'
import { errorCode, type Fault, loadFault } from '../nativeFault.ts'
import { scannedMedium } from '../scannedMedium.ts'
import { CONTINUATION_DEADLINE_MS, HidCodec, type HidScan } from './codec.ts'
import { DEFAULT_LAYOUT, layoutOf, SCANNER_USAGE, SCANNER_USAGE_PAGE } from './layout.ts'

/** The transport itself, reported beside its scanners: `ready` while it has any. */
export const HID_TRANSPORT_ID = 'hid'

/** hidapi tells no hotplug: the bus is listed this often. A scanner that was plugged in is ready within it. */
const DISCOVERY_MS = 1_000

/** The part of node-hid that is used. */
export interface HidModule {
  devicesAsync(): Promise<HidDeviceInfo[]>
  readonly HIDAsync: { open(path: string): Promise<HidDevice> }
}
export interface HidDeviceInfo {
  readonly vendorId: number
  readonly productId: number
  readonly path?: string | undefined
  readonly serialNumber?: string | undefined
  readonly product?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}
export interface HidDevice {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  close(): Promise<void>
}

const loadNodeHid = async (): Promise<HidModule> => {
  const module = await import('node-hid')
  return module.default ?? module
}

interface OpenScanner {
  readonly readerId: string
  readonly name: string
  /** null: it is listed but could not be opened; opening is tried at every discovery. */
  device: HidDevice | null
  cancelExpiry: () => void
}

/** USB scanners in HID POS mode (usage page 0x8C, usage 2), found and found again by listing the bus. */
export class HidReader implements MediumReader {
  readonly transport = 'hid'
  readonly #clock: Clock
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #load: () => Promise<HidModule>
  readonly #scanners = new Map<string, OpenScanner>()
  #cancelDiscovery = () => {}
  #discovering: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(clock: Clock, ids: Ids, scheduler: Scheduler, load: () => Promise<HidModule> = loadNodeHid) {
    this.#clock = clock
    this.#emission = new Emission(clock, ids)
    this.#scheduler = scheduler
    this.#load = load
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#report({ state: 'opening' })
    this.#discovering = this.#begin()
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelDiscovery()
    await this.#discovering
    await Promise.all([...this.#scanners.keys()].map((path) => this.#close(path)))
    this.#emission.close()
  }

  async #begin(): Promise<void> {
    let module: HidModule
    try {
      // Listing is what loads the binding.
      module = await this.#load()
      await module.devicesAsync()
    } catch (error) {
      this.#report(loadFault(error, 'libudev1 libusb-1.0-0'))
      return
    }
    await this.#discover(module)
  }

  async #discover(module: HidModule): Promise<void> {
    try {
      const listed = (await module.devicesAsync()).filter(isScanner)
      const paths = new Set(listed.map(({ path }) => path))
      for (const path of [...this.#scanners.keys()]) {
        if (!paths.has(path)) await this.#close(path)
      }
      for (const info of listed) await this.#openIfClosed(module, info)
      this.#report({ state: this.#scanners.size > 0 ? 'ready' : 'absent' })
    } catch {
      this.#report({
        state: 'error',
        code: 'hid_listing_failed',
        fix: 'The USB devices of this machine cannot be listed. Is udev running? It is tried again every second.',
      })
    }
    if (this.#stopped) return
    this.#cancelDiscovery = this.#scheduler.after(DISCOVERY_MS, () => {
      this.#discovering = this.#discover(module)
    })
  }

  async #openIfClosed(module: HidModule, info: HidDeviceInfo & { path: string }): Promise<void> {
    if (this.#stopped || this.#scanners.get(info.path)?.device) return
    const scanner: OpenScanner = {
      readerId: await readerIdOf(info),
      name: (info.product ?? '').slice(0, 256) || 'HID scanner',
      device: null,
      cancelExpiry: () => {},
    }
    this.#scanners.set(info.path, scanner)
    const fault = await accessFault(info)
    if (fault) {
      this.#health(scanner, fault)
      return
    }
    try {
      const codec = new HidCodec(await layoutAt(info.path))
      const device = await module.HIDAsync.open(info.path)
      scanner.device = device
      device.on('error', () => void this.#close(info.path))
      device.on('data', (report) => this.#onReport(scanner, codec, report))
      this.#health(scanner, { state: 'ready' })
    } catch {
      this.#health(scanner, {
        state: 'busy',
        code: 'open_failed',
        fix: 'The scanner does not open. Is another program using it? Unplug it and plug it in again.',
      })
    }
  }

  #onReport(scanner: OpenScanner, codec: HidCodec, report: Uint8Array): void {
    scanner.cancelExpiry()
    this.#deliver(scanner, codec.push(report, this.#clock.monotonic()))
    if (!codec.pending) return
    scanner.cancelExpiry = this.#scheduler.after(CONTINUATION_DEADLINE_MS, () =>
      this.#deliver(scanner, codec.expire(Number.POSITIVE_INFINITY)),
    )
  }

  #deliver(scanner: OpenScanner, scans: readonly HidScan[]): void {
    for (const scan of scans) {
      this.#emission.reading(scanner.readerId)
      const outcome = scan.kind === 'symbol' ? scannedMedium(scan.symbol) : null
      if (outcome?.ok) this.#emission.read(scanner.readerId, outcome.value, 'scan')
      else this.#emission.failed(scanner.readerId, 'medium_unreadable')
    }
  }

  async #close(path: string): Promise<void> {
    const scanner = this.#scanners.get(path)
    if (!scanner) return
    this.#scanners.delete(path)
    scanner.cancelExpiry()
    this.#health(scanner, { state: 'absent' })
    try {
      await scanner.device?.close()
    } catch {
      // Unplugged: there is nothing left to close.
    }
  }

  #health(scanner: OpenScanner, fault: Fault): void {
    this.#emission.health({ readerId: scanner.readerId, transport: 'hid', name: scanner.name, ...fault })
  }

  #report(fault: Fault): void {
    this.#emission.health({ readerId: HID_TRANSPORT_ID, transport: 'hid', name: 'USB scanners (HID POS)', ...fault })
  }
}

function isScanner(info: HidDeviceInfo): info is HidDeviceInfo & { path: string } {
  return info.usagePage === SCANNER_USAGE_PAGE && info.usage === SCANNER_USAGE && Boolean(info.path)
}

/** VID:PID:serial; identical scanners without serial numbers differ by the USB port they are on. */
async function readerIdOf(info: HidDeviceInfo & { path: string }): Promise<string> {
  const product = [info.vendorId, info.productId].map((id) => id.toString(16).padStart(4, '0')).join(':')
  const serial = info.serialNumber?.trim()
  const place = serial || (await usbPort(info.path)) || info.path
  return `${product}:${place}`.slice(0, 256)
}

/** The kernel's name for the port, e.g. `1-1.2`; null where there is no sysfs. */
async function usbPort(path: string): Promise<string | null> {
  try {
    const device = await realpath(`/sys/class/hidraw/${basename(path)}/device`)
    return device.split('/').findLast((part) => /^\d+-\d+(?:\.\d+)*$/.test(part)) ?? null
  } catch {
    return null
  }
}

async function layoutAt(path: string) {
  try {
    return layoutOf(await readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`)) ?? DEFAULT_LAYOUT
  } catch {
    // node-hid exposes no descriptor, and without sysfs nobody else does.
    return DEFAULT_LAYOUT
  }
}

/** hidapi's own message for a missing permission is not one a person can act on. */
async function accessFault(info: HidDeviceInfo & { path: string }): Promise<Fault | null> {
  try {
    await access(info.path, constants.R_OK | constants.W_OK)
    return null
  } catch (error) {
    // Not every system names its devices by files.
    if (errorCode(error) !== 'EACCES') return null
    return {
      state: 'denied',
      code: 'permission_denied',
      fix: 'This user may not open the scanner. Install the rule and plug the scanner in again: sudo cp resources/udev/70-tapcoupon-readers.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger',
    }
  }
}
