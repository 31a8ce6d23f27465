import { deviceKey } from '../deviceKey.ts'
import type { FoundDevice } from '../deviceSource.ts'
import { modelOfUsb, otherModeOf } from '../models/index.ts'
import { SCANNER_USAGE, SCANNER_USAGE_PAGE } from './layout.ts'
import type { HidDeviceInfo } from './nodeHid.ts'

type Listed = HidDeviceInfo & { readonly path: string }

/** Generic Desktop, Keyboard. */
const KEYBOARD_USAGE_PAGE = 0x01
const KEYBOARD_USAGE = 0x06

/**
 * The scanners in a list of HID devices: those with a scanner's collection, and those of known makers that are plugged
 * in in another mode, which are named with what to do about it. Other keyboards and devices are left alone.
 * `portOf` names the USB port of a path; `known` are the keys given before, so that a device keeps its own.
 */
export async function scannersIn(
  listed: readonly HidDeviceInfo[],
  portOf: (path: string) => Promise<string | null>,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<FoundDevice[]> {
  const devices = listed.filter((info): info is Listed => Boolean(info.path))
  const scanners = devices.filter(isScanner)
  const inPosMode = new Set(scanners.map(productOf))
  const keyboards = devices.filter((info) => !isScanner(info) && !inPosMode.has(productOf(info)) && inOtherMode(info))
  const taken = new Set<string>()
  const found = new Map<string, FoundDevice>()
  // Those that have a key first: a twin that was plugged in later must not take it.
  const order = [...scanners, ...keyboards].sort((a, b) => Number(known.has(b.path)) - Number(known.has(a.path)))
  for (const info of order) {
    // One device may be listed once for each of its collections.
    if (found.has(info.path)) continue
    const port = await portOf(info.path)
    const model = modelOfUsb(info.vendorId, info.productId)
    const place = port ?? info.path
    const identity = { vendorId: info.vendorId, productId: info.productId, serial: info.serialNumber, place }
    const before = known.get(info.path)
    const readerId = before !== undefined && !taken.has(before) ? before : deviceKey(identity, taken)
    const mode = isScanner(info) ? null : otherModeOf(model, info.vendorId, info.productId)
    // The interfaces of one keyboard are one device.
    if (taken.has(readerId)) continue
    taken.add(readerId)
    found.set(info.path, {
      path: info.path,
      readerId,
      name: (info.product ?? '').slice(0, 256) || 'USB scanner',
      ...(port === null ? {} : { portPath: `usb ${port}` }),
      ...(model === null ? {} : { model: model.family }),
      ...(mode?.programmingCode === undefined ? {} : { programmingCode: mode.programmingCode }),
      ...(mode === null ? {} : { fault: { state: 'absent', code: mode.code, fix: mode.fix } }),
    })
  }
  return [...found.values()]
}

function isScanner({ vendorId, productId, usagePage, usage }: HidDeviceInfo): boolean {
  if (usage !== SCANNER_USAGE || usagePage === undefined) return false
  return usagePage === SCANNER_USAGE_PAGE || usagePage === modelOfUsb(vendorId, productId)?.hid?.usagePage
}

/** Of a family whose product ids tell the mode: any interface; else only what the system lists as a keyboard. */
function inOtherMode(info: HidDeviceInfo): boolean {
  const mode = otherModeOf(modelOfUsb(info.vendorId, info.productId), info.vendorId, info.productId)
  if (mode === null) return false
  return mode.usb[1] !== undefined || (info.usagePage === KEYBOARD_USAGE_PAGE && info.usage === KEYBOARD_USAGE)
}

const productOf = ({ vendorId, productId }: HidDeviceInfo) => `${vendorId}:${productId}`
