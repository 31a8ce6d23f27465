import type { ReaderModel } from '../model.ts'

/** Newland FM430 and its kin (1eab): no AIM identifier, data from byte 2 on. */
export const newland: ReaderModel = {
  family: 'Newland',
  usb: [[0x1eab]],
  hid: {
    layout: {
      reportId: 0x02,
      lengthAt: 1,
      aimAt: null,
      dataAt: 2,
      dataSize: 56,
      continued: { at: 63, mask: 0x01 },
    },
    otherModes: [
      {
        usb: [0x1eab],
        code: 'keyboard_mode',
        fix: 'Scan the code "HID POS" in the scanner’s manual; it then works here. As a keyboard it works too, through the keyboard scanner.',
      },
    ],
  },
}
