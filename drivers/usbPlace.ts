import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A USB device as Linux shows it in sysfs. */
export interface UsbDevice {
  /** The kernel's name for the port, e.g. `1-1.2`: the same for whatever is plugged in there. */
  readonly port: string
  readonly vendorId: number
  readonly productId: number
  /** Strings are read of card readers only, each time they are looked at. */
  readonly serial: string
  readonly product: string
  readonly bus: number
  readonly address: number
  /** Of its interfaces. */
  readonly interfaceClasses: readonly number[]
  /** Kernel drivers that have claimed its interfaces. */
  readonly drivers: readonly string[]
}

/** Smart Card, the class of USB interfaces. */
export const CCID_CLASS = 0x0b

/** Kernel drivers that take NFC readers from pcscd. */
export const NFC_DRIVERS: readonly string[] = ['pn533_usb', 'port100']

const SYSFS = '/sys'

/** The port that a device node's hardware hangs on; null where there is no sysfs or no USB. `kind`, e.g. `hidraw`. */
export async function usbPortOf(kind: 'hidraw' | 'tty', path: string): Promise<string | null> {
  try {
    const node = basename(await realpath(path).catch(() => path))
    const device = await realpath(join(SYSFS, 'class', kind, node, 'device'))
    return device.split('/').findLast((part) => /^\d+-\d+(?:\.\d+)*$/.test(part)) ?? null
  } catch {
    return null
  }
}

/**
 * Every USB device of this machine, but for its hubs' own; null where no USB is to be seen. At once: a new reader must be
 * known before it speaks.
 */
export function usbDevices(sysfs = SYSFS): UsbDevice[] | null {
  const folder = join(sysfs, 'bus/usb/devices')
  const names = attempt(() => readdirSync(folder), [])
  // The controllers' root hubs are always there.
  if (names.length === 0) return null
  const ports = names.filter((name) => /^\d+-\d+(?:\.\d+)*$/.test(name))
  return ports.flatMap((port) => usbDevice(folder, port, names) ?? [])
}

function usbDevice(folder: string, port: string, names: readonly string[]): UsbDevice | null {
  const text = (...file: string[]) => attempt(() => readFileSync(join(folder, ...file), 'utf8').trim(), '')
  const vendorId = Number.parseInt(text(port, 'idVendor'), 16)
  // Pulled while we looked.
  if (Number.isNaN(vendorId)) return null
  const interfaces = names.filter((name) => name.startsWith(`${port}:`))
  const interfaceClasses = interfaces.map((each) => Number.parseInt(text(each, 'bInterfaceClass'), 16) || 0)
  const drivers = interfaces.flatMap((each) =>
    attempt(() => [basename(realpathSync(join(folder, each, 'driver')))], []),
  )
  const isCardReader = interfaceClasses.includes(CCID_CLASS) || drivers.some((driver) => NFC_DRIVERS.includes(driver))
  return {
    port,
    vendorId,
    productId: Number.parseInt(text(port, 'idProduct'), 16) || 0,
    // The kernel answers for a device's strings only when nobody is plugging or pulling it, and until then all readers
    // wait: they are asked for when they are needed, and of card readers only.
    get serial() {
      return isCardReader ? text(port, 'serial') : ''
    },
    get product() {
      return isCardReader ? text(port, 'product') : ''
    },
    bus: Number(text(port, 'busnum')),
    address: Number(text(port, 'devnum')),
    interfaceClasses,
    drivers,
  }
}

function attempt<Value>(look: () => Value, otherwise: Value): Value {
  try {
    return look()
  } catch {
    return otherwise
  }
}
