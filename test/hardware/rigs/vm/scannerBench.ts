import type { GuestLink } from './guestLink.ts'
import type { HidDevice, SerialDevice, Stamped } from './protocol.ts'

/** A scanner in the guest. Times are the guest's monotonic clock, taken just before the kernel is told. */
export class GuestScanner {
  readonly #link: GuestLink
  readonly #device: number

  constructor(link: GuestLink, device: number) {
    this.#link = link
    this.#device = device
  }

  plug(): Promise<Stamped> {
    return this.#link.request({ op: 'plug', device: this.#device })
  }

  unplug(): Promise<Stamped> {
    return this.#link.request({ op: 'unplug', device: this.#device })
  }

  /** Sends reports (HID) or bytes (serial), in order. The time is the last one's. */
  send(chunks: readonly Uint8Array[], pauseMs = 0): Promise<Stamped> {
    const hex = chunks.map((chunk) => Buffer.from(chunk).toString('hex'))
    return this.#link.request({ op: 'send', device: this.#device, chunks: hex, pauseMs })
  }

  remove(): Promise<null> {
    return this.#link.request({ op: 'remove', device: this.#device })
  }
}

/** Makes scanners in the guest; each starts unplugged. */
export class ScannerBench {
  readonly #link: GuestLink

  constructor(link: GuestLink) {
    this.#link = link
  }

  /** HID without a USB bus: straight from the kernel's uhid. */
  async uhid(device: HidDevice): Promise<GuestScanner> {
    return new GuestScanner(this.#link, await this.#link.request<number>({ op: 'uhidCreate', device }))
  }

  /** HID on an emulated USB bus. At most four USB scanners are plugged in at once. */
  async usbHid(device: HidDevice): Promise<GuestScanner> {
    return new GuestScanner(this.#link, await this.#link.request<number>({ op: 'usbHidCreate', device }))
  }

  /** USB-CDC on an emulated USB bus. */
  async usbSerial(device: SerialDevice): Promise<GuestScanner> {
    return new GuestScanner(this.#link, await this.#link.request<number>({ op: 'usbSerialCreate', device }))
  }
}
