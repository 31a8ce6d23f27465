import { KNOWN_FAMILIES } from './known.ts'
import type { OtherMode, ReaderModel, UsbIds } from './model.ts'

/** The family of a USB device; null: it works by the standards, if it works. */
export function modelOfUsb(vendorId: number, productId: number): ReaderModel | null {
  return KNOWN_FAMILIES.find(({ usb }) => usb.some((ids) => matches(ids, vendorId, productId))) ?? null
}

/** The family of a PC/SC reader, from the name its driver gives it. */
export function modelOfCardReader(name: string): ReaderModel | null {
  return KNOWN_FAMILIES.find(({ pcsc }) => pcsc?.name.test(name)) ?? null
}

/** A scanner of the family that is plugged in in a mode which HID POS cannot use; null: nothing is known against it. */
export function otherModeOf(model: ReaderModel | null, vendorId: number, productId: number): OtherMode | null {
  return model?.hid?.otherModes?.find(({ usb }) => matches(usb, vendorId, productId)) ?? null
}

function matches([vendor, products]: UsbIds, vendorId: number, productId: number): boolean {
  return vendor === vendorId && (products === undefined || products.includes(productId))
}
