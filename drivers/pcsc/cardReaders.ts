import type { ReaderHealth } from '../../core/readers/reader.ts'
import { deviceKey } from '../deviceKey.ts'
import { modelOfCardReader, modelOfUsb } from '../models/index.ts'
import type { CardReaderModel } from '../models/model.ts'
import type { Fault } from '../nativeFault.ts'
import { kernelDriverFault } from '../permissions.ts'
import { CCID_CLASS, NFC_DRIVERS, type UsbDevice } from '../usbPlace.ts'

/** A reader as it is reported, and what its family can do. */
export interface ReaderIdentity {
  readonly known: Pick<ReaderHealth, 'readerId' | 'name' | 'portPath' | 'model' | 'capabilities'>
  readonly model: CardReaderModel | null
  /** The USB port; null: not on USB, or not told. */
  readonly port: string | null
  /** Names this plugging on the USB: another one after a replug. null: not on USB, or not told. */
  readonly plugging: string | null
}

/** Where PC/SC's driver says that a reader is. */
export interface UsbAddress {
  readonly bus: number
  readonly address: number
}

/** The USB device behind a reader, by its address or by the serial number in the name that libccid gives it. */
export function usbDeviceOf(name: string, usb: UsbAddress | null, devices: readonly UsbDevice[]): UsbDevice | null {
  if (usb) return devices.find(({ bus, address }) => bus === usb.bus && address === usb.address) ?? null
  const serial = serialIn(name)
  const [device, ...twins] = serial === null ? [] : devices.filter((each) => each.serial === serial)
  return device && twins.length === 0 ? device : null
}

/** The serial number that libccid puts into the name of a reader that has one, before two numbers. */
function serialIn(name: string): string | null {
  return /\(([^()]+)\) [0-9A-F]{2} [0-9A-F]{2}$/.exec(name)?.[1] ?? null
}

/**
 * Whether a reader was on the USB and is no more: pcscd lets go of a reader that was pulled in the middle of a command only
 * when that has timed out.
 */
export function hasGone(name: string, usb: UsbAddress | null, devices: readonly UsbDevice[]): boolean {
  if (usb) return usbDeviceOf(name, usb, devices) === null
  const serial = serialIn(name)
  return serial !== null && !devices.some((each) => each.serial === serial)
}

/** Names a device's plugging: the kernel gives it another address after a replug. */
export function pluggingOf({ bus, address }: UsbAddress): string {
  return `${bus}/${address}`
}

/**
 * VID:PID:serial, else the USB port, for a reader that is found on the USB; its name in PC/SC otherwise, which ends in
 * numbers that depend on the order of plugging. A reader with several slots has one id for each. `others`: keys of the
 * readers on other ports.
 */
export function identityOf(name: string, device: UsbDevice | null, others: ReadonlySet<string>): ReaderIdentity {
  const family = (device && modelOfUsb(device.vendorId, device.productId)) || modelOfCardReader(name)
  const model = family?.pcsc ?? null
  const slot = Number.parseInt(/ ([0-9A-F]{2})$/.exec(name)?.[1] ?? '0', 16)
  const base = device ? deviceKey({ ...device, place: device.port }, others) : null
  const readerId = base === null ? name.slice(0, 256) : slot === 0 ? base : `${base}#${slot}`
  return {
    known: {
      readerId,
      name: name.slice(0, 256),
      ...(device ? { portPath: `usb ${device.port}` } : {}),
      ...(family ? { model: family.family } : {}),
      ...(model ? { capabilities: { buzzer: model.buzzer, led: model.led } } : {}),
    },
    model,
    port: device?.port ?? null,
    plugging: device && pluggingOf(device),
  }
}

/** A card reader that is plugged in and that PC/SC does not give us, and why. */
export interface UnusedReader {
  readonly known: ReaderIdentity['known']
  readonly fault: Fault
}

/**
 * Readers on the USB that are of no use: the kernel holds them, or the binding's places are all taken. `ports`: those of
 * the readers that are in use; `placesTaken`: whether the binding can watch no more.
 */
export function unusedReaders(
  devices: readonly UsbDevice[],
  ports: ReadonlySet<string>,
  placesTaken: boolean,
  places: number,
): UnusedReader[] {
  const unused: UnusedReader[] = []
  const taken = new Set<string>()
  for (const device of devices) {
    if (ports.has(device.port)) continue
    const driver = device.drivers.find((each) => NFC_DRIVERS.includes(each))
    const isReader = device.interfaceClasses.includes(CCID_CLASS)
    const fault = driver ? kernelDriverFault(driver) : placesTaken && isReader ? slotLimit(places) : null
    if (!fault) continue
    const readerId = deviceKey({ ...device, place: device.port }, taken)
    taken.add(readerId)
    const family = modelOfUsb(device.vendorId, device.productId)
    unused.push({
      known: {
        readerId,
        name: (device.product || 'Card reader').slice(0, 256),
        portPath: `usb ${device.port}`,
        ...(family ? { model: family.family } : {}),
      },
      fault,
    })
  }
  return unused
}

/**
 * The pluggings of card readers that PC/SC should have told of and has not: plugged in, held by no other driver, and without
 * a slot. pcsc-lite tells a client that waits for readers only when their number differs from before, so one that was pulled
 * and another that came at once look like nothing (LudovicRousseau/PCSC issue 190). `told`: those of the slots.
 */
export function untoldReaders(devices: readonly UsbDevice[], told: ReadonlySet<string>): string[] {
  return devices
    .filter(({ interfaceClasses }) => interfaceClasses.includes(CCID_CLASS))
    .filter(({ drivers }) => !drivers.some((driver) => NFC_DRIVERS.includes(driver)))
    .map(pluggingOf)
    .filter((plugging) => !told.has(plugging))
}

function slotLimit(places: number): Fault {
  return {
    state: 'error',
    code: 'slot_limit',
    fix: `Only ${places} card reader slots can be watched at a time (a reader with a SAM takes two), and others came first. Unplug one of them.`,
  }
}
