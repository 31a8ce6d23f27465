import { constants } from 'node:fs'
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SerialPortInfo } from '../../core/readers/protocol.ts'
import { modelOfUsb } from '../models/index.ts'
import { serialGroupFault } from '../permissions.ts'
import { lastingPath, SYSTEM_FOLDERS, type SystemFolders, usbPortAt } from './usbPorts.ts'

/** The part of a port that serialport lists. */
export interface ListedPort {
  readonly path: string
  readonly manufacturer?: string | undefined
  readonly serialNumber?: string | undefined
  readonly vendorId?: string | undefined
  readonly productId?: string | undefined
  readonly friendlyName?: string | undefined
}

/** Nodes that a scanner may be behind, for machines whose ports serialport cannot list. */
const USB_PORTS = /^tty(?:ACM|USB)\d+$/

/** What a person chooses from: each port by its most lasting name, with the maker's words. */
export async function listedPorts(
  listed: readonly ListedPort[],
  folders: SystemFolders = SYSTEM_FOLDERS,
): Promise<SerialPortInfo[]> {
  const nodes = process.platform === 'linux' ? await readdir(folders.dev).catch(() => []) : []
  const unlisted = nodes
    .filter((node) => USB_PORTS.test(node))
    .map((node): ListedPort => ({ path: join(folders.dev, node) }))
    .filter(({ path }) => !listed.some((port) => port.path === path))
  return await Promise.all([...listed, ...unlisted].slice(0, 256).map((port) => info(port, folders)))
}

async function info(port: ListedPort, folders: SystemFolders): Promise<SerialPortInfo> {
  const accessible = await access(port.path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => process.platform === 'win32',
  )
  const usb = await usbPortAt(port.path, folders)
  const vendorId = port.vendorId || usb?.vendorId
  const productId = port.productId || usb?.productId
  const serialNumber = port.serialNumber || usb?.serialNumber
  const said = [usb?.manufacturer, usb?.product].filter((words) => words).join(' ')
  const { fix } = accessible ? {} : serialGroupFault(port.path)
  return {
    path: await lastingPath(port.path, serialNumber ?? '', folders),
    name: (port.friendlyName || said || port.manufacturer || port.path).slice(0, 256),
    ...(vendorId ? { vendorId: vendorId.slice(0, 16) } : {}),
    ...(productId ? { productId: productId.slice(0, 16) } : {}),
    ...(serialNumber ? { serialNumber: serialNumber.slice(0, 128) } : {}),
    accessible,
    ...(fix === undefined ? {} : { fix }),
    ...(isScanner(port.path, vendorId, productId) ? { preset: 'usb-cdc' } : {}),
  }
}

/** A port that a scanner itself is, and not a converter with some scanner behind it, takes any line settings. */
function isScanner(path: string, vendorId = '', productId = ''): boolean {
  return /ttyACM\d+$/.test(path) || modelOfUsb(Number.parseInt(vendorId, 16), Number.parseInt(productId, 16)) !== null
}
