import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rmdir, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { HidDevice, SerialDevice } from '../protocol.ts'
import type { ScannerDevice } from './device.ts'

const GADGETS = '/sys/kernel/config/usb_gadget'
const ENGLISH = '0x409'

/** Controllers of dummy_hcd that a gadget is bound to. */
const boundControllers = new Set<string>()
let lastGadget = 0

/** Names of the functions that the kernel numbered, e.g. `acm.0` → /dev/ttyGS0. */
abstract class UsbGadget implements ScannerDevice {
  readonly #folder: string
  readonly #identity: SerialDevice
  readonly #functionName: string
  #controller: string | null = null
  #made = false

  constructor(identity: SerialDevice, functionKind: string) {
    lastGadget += 1
    this.#folder = join(GADGETS, `scanner${lastGadget}`)
    this.#identity = identity
    this.#functionName = `${functionKind}.${lastGadget}`
  }

  protected get functionFolder(): string {
    return join(this.#folder, 'functions', this.#functionName)
  }

  /** Settings of the function, before it is bound. */
  protected abstract configure(): Promise<void>
  /** The gadget's own end, opened once bound. */
  protected abstract openEnd(): Promise<FileHandle>

  #end: FileHandle | null = null

  async plug(): Promise<object> {
    if (!this.#made) await this.#make()
    const controllers = await readdir('/sys/class/udc')
    const controller = controllers.sort().find((name) => !boundControllers.has(name))
    if (!controller) throw new Error('every emulated USB port is taken')
    boundControllers.add(controller)
    this.#controller = controller
    await writeFile(join(this.#folder, 'UDC'), controller)
    return { controller }
  }

  async unplug(): Promise<void> {
    if (!this.#controller) return
    await this.#end?.close()
    this.#end = null
    await writeFile(join(this.#folder, 'UDC'), '\n')
    boundControllers.delete(this.#controller)
    this.#controller = null
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.#end ??= await this.openEnd()
    await this.#end.write(bytes)
  }

  async remove(): Promise<void> {
    await this.unplug()
    if (!this.#made) return
    // configfs folders go in the order that links allow, and only empty of what was made in them.
    await unlink(join(this.#folder, 'configs/c.1', this.#functionName))
    await rmdir(join(this.#folder, 'configs/c.1'))
    await rmdir(this.functionFolder)
    await rmdir(join(this.#folder, 'strings', ENGLISH))
    await rmdir(this.#folder)
  }

  async #make(): Promise<void> {
    const { vendorId, productId, serial, product } = this.#identity
    const put = (name: string, value: string) => writeFile(join(this.#folder, name), value)
    await mkdir(this.#folder)
    await put('idVendor', `0x${vendorId.toString(16)}`)
    await put('idProduct', `0x${productId.toString(16)}`)
    await mkdir(join(this.#folder, 'strings', ENGLISH))
    await put(`strings/${ENGLISH}/serialnumber`, serial)
    await put(`strings/${ENGLISH}/manufacturer`, 'Tapcoupon test rig')
    await put(`strings/${ENGLISH}/product`, product)
    await mkdir(this.functionFolder)
    await this.configure()
    await mkdir(join(this.#folder, 'configs/c.1'))
    await symlink(this.functionFolder, join(this.#folder, 'configs/c.1', this.#functionName))
    this.#made = true
  }
}

/** A USB HID device on the emulated bus: enumerated by usbhid, as a real scanner is. */
export class UsbHidGadget extends UsbGadget {
  readonly #device: HidDevice

  constructor(device: HidDevice) {
    super(device, 'hid')
    this.#device = device
  }

  protected async configure(): Promise<void> {
    const put = (name: string, value: string | Buffer) => writeFile(join(this.functionFolder, name), value)
    await put('report_length', String(this.#device.reportSize))
    await put('report_desc', Buffer.from(this.#device.descriptor, 'hex'))
  }

  protected openEnd(): Promise<FileHandle> {
    return openDevice(this.functionFolder, constants.O_RDWR)
  }
}

/** A USB-CDC ACM scanner: /dev/ttyACM* for the counter, /dev/ttyGS* for the rig. */
export class UsbSerialGadget extends UsbGadget {
  constructor(device: SerialDevice) {
    super(device, 'acm')
  }

  protected async configure(): Promise<void> {}

  protected async openEnd(): Promise<FileHandle> {
    const number = await readText(join(this.functionFolder, 'port_num'))
    const path = `/dev/ttyGS${number}`
    await promisify(execFile)('stty', ['-F', path, 'raw', '-echo'])
    return await open(path, constants.O_RDWR | constants.O_NOCTTY)
  }
}

/** The device node that the kernel made for a function: `dev` holds its major and minor number. */
async function openDevice(folder: string, flags: number): Promise<FileHandle> {
  const [, minor] = (await readText(join(folder, 'dev'))).split(':')
  return await open(`/dev/hidg${minor}`, flags)
}

async function readText(path: string): Promise<string> {
  const file = await open(path)
  try {
    return (await file.readFile('utf8')).trim()
  } finally {
    await file.close()
  }
}
