import { type FileHandle, open } from 'node:fs/promises'
import type { HidDevice } from '../protocol.ts'
import type { ScannerDevice } from './device.ts'

/** linux/uhid.h: event numbers and sizes. All fields are packed, little-endian. */
const UHID_DESTROY = 1
const UHID_STOP = 3
const UHID_GET_REPORT = 9
const UHID_GET_REPORT_REPLY = 10
const UHID_CREATE2 = 11
const UHID_INPUT2 = 12
const UHID_SET_REPORT = 13
const UHID_SET_REPORT_REPLY = 14
const EVENT_SIZE = 4 + 128 + 64 + 64 + 2 + 2 + 4 * 4 + 4096
const BUS_USB = 3
const EIO = 5

/** A HID device made by the kernel's uhid module: reaches hidraw without a USB bus below it. */
export class UhidDevice implements ScannerDevice {
  readonly #device: HidDevice
  #file: FileHandle | null = null
  #served: Promise<void> = Promise.resolve()

  constructor(device: HidDevice) {
    this.#device = device
  }

  async plug(): Promise<object> {
    const file = await open('/dev/uhid', 'r+')
    this.#file = file
    await file.write(createEvent(this.#device))
    this.#served = serve(file)
    return {}
  }

  async unplug(): Promise<void> {
    const file = this.#file
    this.#file = null
    if (!file) return
    await file.write(event(UHID_DESTROY, Buffer.alloc(0)))
    await this.#served
    await file.close()
  }

  async send(report: Uint8Array): Promise<void> {
    const payload = Buffer.alloc(2 + report.length)
    payload.writeUInt16LE(report.length)
    payload.set(report, 2)
    if (!this.#file) throw new Error('not plugged in')
    await this.#file.write(event(UHID_INPUT2, payload))
  }

  async remove(): Promise<void> {
    await this.unplug()
  }
}

function event(type: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(4 + payload.length)
  bytes.writeUInt32LE(type)
  bytes.set(payload, 4)
  return bytes
}

function createEvent(device: HidDevice): Buffer {
  const descriptor = Buffer.from(device.descriptor, 'hex')
  const head = Buffer.alloc(128 + 64 + 64 + 2 + 2 + 4 * 4)
  head.write(device.product, 0, 127)
  head.write(`uhid/${device.serial}`, 128, 63)
  head.write(device.serial, 192, 63)
  head.writeUInt16LE(descriptor.length, 256)
  head.writeUInt16LE(BUS_USB, 258)
  head.writeUInt32LE(device.vendorId, 260)
  head.writeUInt32LE(device.productId, 264)
  return event(UHID_CREATE2, Buffer.concat([head, descriptor]))
}

/** Answers the kernel until the device has stopped: a feature report that nobody answers holds its reader for 5 s. */
async function serve(file: FileHandle): Promise<void> {
  const buffer = Buffer.alloc(EVENT_SIZE)
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
    const type = buffer.readUInt32LE(0)
    if (bytesRead === 0 || type === UHID_STOP) return
    if (type !== UHID_GET_REPORT && type !== UHID_SET_REPORT) continue
    // Both replies start with the request's id and an error number; a read also says how many bytes follow.
    const reply = Buffer.alloc(8)
    reply.writeUInt32LE(buffer.readUInt32LE(4), 0)
    reply.writeUInt16LE(type === UHID_GET_REPORT ? EIO : 0, 4)
    await file.write(event(type === UHID_GET_REPORT ? UHID_GET_REPORT_REPLY : UHID_SET_REPORT_REPLY, reply))
  }
}
