import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The USB device behind a serial port, a scanner or a converter (FTDI, Prolific, CH340, CP210x), as Linux shows it. */
export interface UsbPort {
  /** Four hex digits each, as in sysfs. */
  readonly vendorId: string
  readonly productId: string
  /** Empty where the device says none. */
  readonly serialNumber: string
  readonly manufacturer: string
  readonly product: string
}

/** Where the system keeps what; another place in tests. */
export interface SystemFolders {
  readonly dev: string
  readonly sys: string
}

export const SYSTEM_FOLDERS: SystemFolders = { dev: '/dev', sys: '/sys' }

/** null: no USB port, or a system without sysfs. `path` may be a link that udev made. */
export async function usbPortAt(path: string, folders = SYSTEM_FOLDERS): Promise<UsbPort | null> {
  const folder = await usbFolder(path, folders)
  if (folder === null) return null
  const [vendorId = '', productId = '', serialNumber = '', manufacturer = '', product = ''] = await Promise.all(
    ['idVendor', 'idProduct', 'serial', 'manufacturer', 'product'].map((file) => text(folder, file)),
  )
  return { vendorId, productId, serialNumber, manufacturer, product }
}

/** The ids alone: the kernel holds an answer for a device's strings back while anything is plugged in or out. */
export async function usbIdsAt(path: string, folders = SYSTEM_FOLDERS) {
  const folder = await usbFolder(path, folders)
  if (folder === null) return null
  const [vendorId = '', productId = ''] = await Promise.all([text(folder, 'idVendor'), text(folder, 'idProduct')])
  return { vendorId: Number.parseInt(vendorId, 16), productId: Number.parseInt(productId, 16) }
}

/** The interface, or a converter's port, hangs below the device that has the ids. */
async function usbFolder(path: string, { sys }: SystemFolders): Promise<string | null> {
  const node = basename(await realpath(path).catch(() => path))
  let folder = await realpath(join(sys, 'class/tty', node, 'device')).catch(() => null)
  for (let up = 0; folder !== null && up < 4; up += 1) {
    if ((await text(folder, 'idVendor')) !== '') return folder
    folder = dirname(folder)
  }
  return null
}

const text = (folder: string, file: string) =>
  readFile(join(folder, file), 'utf8').then(
    (said) => said.trim().slice(0, 128),
    () => '',
  )

/**
 * The name of a port that stays the same however devices are plugged in: udev's link by the serial number, else the one
 * by the USB port; two converters without serial numbers share the link by id, and the last one has it. The node's
 * own name where udev made no links.
 */
export async function lastingPath(node: string, serialNumber: string, { dev } = SYSTEM_FOLDERS): Promise<string> {
  const kinds = serialNumber === '' ? ['by-path', 'by-id'] : ['by-id', 'by-path']
  for (const kind of kinds) {
    const folder = join(dev, 'serial', kind)
    const links = (await readdir(folder).catch(() => [])).sort()
    for (const link of links) {
      const path = join(folder, link)
      if ((await realpath(path).catch(() => null)) === node) return path
    }
  }
  return node
}
