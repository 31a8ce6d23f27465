import { accessIs } from './accessIs.ts'
import { acr122u } from './acr122u.ts'
import { acr1252u } from './acr1252u.ts'
import { datalogic } from './datalogic.ts'
import { honeywell } from './honeywell.ts'
import type { HidModel, ReaderModel, UsbIds } from './model.ts'
import { newland } from './newland.ts'
import { sony } from './sony.ts'
import { zebra } from './zebra.ts'

/** Every family that is known, in the order in which they are asked. A new one is a file beside these and its name here. */
export const MODELS: readonly ReaderModel[] = [honeywell, zebra, newland, accessIs, datalogic, acr122u, acr1252u, sony]

/** The family of a USB device; null: it works by the standards, if it works. */
export function modelOfUsb(vendorId: number, productId: number): ReaderModel | null {
  return MODELS.find(({ usb }) => usb.some((ids) => matches(ids, vendorId, productId))) ?? null
}

/** The family of a PC/SC reader, from the name its driver gives it. */
export function modelOfCardReader(name: string): ReaderModel | null {
  return MODELS.find(({ pcsc }) => pcsc?.name.test(name)) ?? null
}

/** A scanner of the family that is plugged in in a mode which HID POS cannot use; null: nothing is known against it. */
export function otherModeOf(
  model: ReaderModel | null,
  vendorId: number,
  productId: number,
): NonNullable<HidModel['otherModes']>[number] | null {
  return model?.hid?.otherModes?.find(({ usb }) => matches(usb, vendorId, productId)) ?? null
}

function matches([vendor, products]: UsbIds, vendorId: number, productId: number): boolean {
  return vendor === vendorId && (products === undefined || products.includes(productId))
}
