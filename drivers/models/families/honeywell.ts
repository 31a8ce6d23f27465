import { DEFAULT_LAYOUT } from '../../hid/layout.ts'
import type { ReaderModel } from '../model.ts'

const HID_POS_CODE =
  'Scan the code "USB HID POS" (PAP131; older manuals: "HID Bar Code Scanner") in the scanner’s manual, or from the manager’s screen; it then works here with its symbology. As a keyboard it works too, through the keyboard scanner.'

/** Honeywell and Metrologic (0c2e), Hand Held Products (0536), and the same scanners under 23d0. */
export const honeywell: ReaderModel = {
  family: 'Honeywell',
  usb: [[0x0c2e], [0x0536], [0x23d0]],
  hid: {
    layout: DEFAULT_LAYOUT,
    // Some firmware lists its scanner collection on a vendor's page (qzind/tray issue 1312).
    usagePage: 0xff8c,
    codeIdAt: 61,
    // Enters HID POS for as long as the device is powered.
    featureReport: Uint8Array.of(0xfe, 0x01),
    otherModes: [
      // Plug and play code of terminal 131, HID POS (user's guides of 1200g, 1300g, 1450g, 1900). Not tried on a real scanner.
      { usb: [0x0c2e], code: 'keyboard_mode', fix: HID_POS_CODE, programmingCode: 'PAP131.' },
    ],
  },
}
