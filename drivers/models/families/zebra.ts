import type { ReaderModel } from '../model.ts'

/**
 * Zebra and Symbol (05e0). The product id tells the mode: 1200 keyboard, 1300 IBM hand-held, 1900 SNAPI, which needs a
 * handshake with Zebra's own driver; 1701 is the CDC serial port. HID POS is one of the codes in the manual's USB chapter.
 */
export const zebra: ReaderModel = {
  family: 'Zebra',
  usb: [[0x05e0]],
  hid: {
    otherModes: [
      {
        usb: [0x05e0, [0x1900]],
        code: 'wrong_mode',
        fix: 'The scanner is in SNAPI mode, which only Zebra’s own driver understands. Scan the code "USB HID POS" or "HID Keyboard Emulation" in its manual.',
      },
      {
        usb: [0x05e0, [0x1300]],
        code: 'wrong_mode',
        fix: 'The scanner is in IBM hand-held mode. Scan the code "USB HID POS" or "HID Keyboard Emulation" in its manual.',
      },
      {
        usb: [0x05e0],
        code: 'keyboard_mode',
        fix: 'Scan the code "USB HID POS" in the scanner’s manual; it then works here with its symbology. As a keyboard it works too, through the keyboard scanner.',
      },
    ],
  },
}
