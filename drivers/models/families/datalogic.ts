import type { ReaderModel } from '../model.ts'

/** Datalogic (05f9). Its layouts are known from descriptors only. */
export const datalogic: ReaderModel = {
  family: 'Datalogic',
  usb: [[0x05f9]],
  hid: {
    otherModes: [
      {
        usb: [0x05f9],
        code: 'keyboard_mode',
        fix: 'Scan the code "USB HID POS" in the scanner’s manual, where it has one; else it works as a keyboard, through the keyboard scanner.',
      },
    ],
  },
}
