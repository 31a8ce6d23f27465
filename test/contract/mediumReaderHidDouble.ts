import { EventEmitter } from 'node:events'
import type { HidDevice, HidDeviceInfo, HidModule } from '../../drivers/hid/nodeHid.ts'

/** One report of the default layout. */
export function hidReport(data: string | Uint8Array, { aim = ']C0', continued = false, codeId = '' } = {}): Uint8Array {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  const report = new Uint8Array(64)
  report[0] = 0x02
  report[1] = bytes.length
  report.set(new TextEncoder().encode(aim), 2)
  report.set(bytes, 5)
  report[61] = codeId.charCodeAt(0) || 0
  report[63] = continued ? 1 : 0
  return report
}

class DoubleDevice extends EventEmitter implements HidDevice {
  closed = false
  readonly #bus: HidBus

  constructor(bus: HidBus) {
    super()
    this.#bus = bus
  }

  async sendFeatureReport(report: number[]): Promise<void> {
    this.#bus.featureReports.push(report)
  }

  async close(): Promise<void> {
    this.closed = true
    this.removeAllListeners()
  }
}

/** A USB bus in the shape of node-hid: what its list holds and what a plugged scanner sends. */
export class HidBus implements HidModule {
  readonly #listed = new Map<string, HidDeviceInfo & { path: string }>()
  readonly #open = new Map<string, DoubleDevice>()
  readonly featureReports: number[][] = []
  /** What `open` rejects with, when it does. */
  openError: Error | null = null

  plug(path: string, info: Partial<HidDeviceInfo> = {}): void {
    this.#listed.set(path, {
      path,
      vendorId: 0x0c2e,
      productId: 0x0b61,
      serialNumber: 'S1',
      product: 'Scanner',
      usagePage: 0x8c,
      usage: 0x02,
      ...info,
    })
  }

  /** The kernel ends the read with an error; the next list is without it. */
  unplug(path: string): void {
    this.#listed.delete(path)
    this.#open.get(path)?.emit('error', new Error('could not read from HID device'))
    this.#open.delete(path)
  }

  send(path: string, report: Uint8Array): void {
    this.#open.get(path)?.emit('data', report)
  }

  isOpen(path: string): boolean {
    return this.#open.get(path)?.closed === false
  }

  async devicesAsync(): Promise<HidDeviceInfo[]> {
    return [...this.#listed.values()]
  }

  readonly HIDAsync = {
    open: async (path: string): Promise<HidDevice> => {
      if (this.openError) throw this.openError
      if (this.isOpen(path)) throw new Error('opened twice')
      const device = new DoubleDevice(this)
      this.#open.set(path, device)
      return device
    },
  }
}
