import { constants } from 'node:fs'
import { access, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { SerialPortInfo } from '../../core/readers/protocol.ts'

/** The part of a port that serialport lists. */
export interface ListedPort {
  readonly path: string
  readonly manufacturer?: string | undefined
  readonly serialNumber?: string | undefined
  readonly vendorId?: string | undefined
  readonly productId?: string | undefined
  readonly friendlyName?: string | undefined
}

/** Links that name a port by its device and not by the order of plugging; where udev runs. */
const BY_ID = '/dev/serial/by-id'

/** Nodes that a scanner may be behind, for machines whose ports serialport cannot list. */
const USB_PORTS = /^tty(?:ACM|USB)\d+$/

/** What a person chooses from: each port by its most lasting name, with the maker's words. */
export async function listedPorts(
  listed: readonly ListedPort[],
  dev = '/dev',
  byId = BY_ID,
): Promise<SerialPortInfo[]> {
  const links = new Map<string, string>()
  for (const link of await readdir(byId).catch(() => [])) {
    const path = join(byId, link)
    const target = await realpath(path).catch(() => null)
    if (target) links.set(target, path)
  }
  const nodes = process.platform === 'linux' ? await readdir(dev).catch(() => []) : []
  const unlisted = nodes
    .filter((node) => USB_PORTS.test(node))
    .map((node): ListedPort => ({ path: join(dev, node) }))
    .filter(({ path }) => !listed.some((port) => port.path === path))
  return await Promise.all([...listed, ...unlisted].slice(0, 256).map((port) => info(port, links)))
}

async function info(port: ListedPort, links: ReadonlyMap<string, string>): Promise<SerialPortInfo> {
  const accessible = await access(port.path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => process.platform === 'win32',
  )
  const { vendorId, productId, serialNumber } = port
  return {
    path: links.get(port.path) ?? port.path,
    name: (port.friendlyName ?? port.manufacturer ?? port.path).slice(0, 256),
    ...(vendorId ? { vendorId: vendorId.slice(0, 16) } : {}),
    ...(productId ? { productId: productId.slice(0, 16) } : {}),
    ...(serialNumber ? { serialNumber: serialNumber.slice(0, 128) } : {}),
    accessible,
  }
}
