import type { ReaderModel } from '../model.ts'

/** Sony RC-S300 (054c:0dc8, 0dc9): CCID, FeliCa answered through GET DATA; RC-S380 has no PC/SC driver on Linux. */
export const sony: ReaderModel = {
  family: 'Sony PaSoRi',
  usb: [[0x054c]],
  pcsc: { name: /RC-S|FeliCa Port/i, buzzer: false, led: false },
}
