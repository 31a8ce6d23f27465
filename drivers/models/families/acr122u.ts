import type { ReaderModel } from '../model.ts'

/** LED state control: bits 0–1 final red and green, 2–3 their mask, 4–5 initial blinking, 6–7 blinking mask. */
const GREEN = 0x0e
const RED = 0x0d
/** Units of 100 ms. */
const SHORT = 0x01
const LONG = 0x03
const BUZZ_DURING_T1 = 0x01

/**
 * ACS ACR122U (072f:2200). Indication: `FF 00 40 LED 04 T1 T2 repetitions buzzer`, source of nfc-pcsc. On Linux libccid
 * refuses it unless `ifdDriverOptions` has bit 0x01. Not tried on a real reader.
 */
export const acr122u: ReaderModel = {
  family: 'ACS ACR122U',
  usb: [[0x072f, [0x2200]]],
  pcsc: {
    name: /ACR122/i,
    rawFelica: false,
    buzzer: true,
    led: true,
    indicate: (outcome) =>
      outcome === 'accepted'
        ? Uint8Array.of(0xff, 0x00, 0x40, GREEN, 0x04, SHORT, 0x00, 0x01, BUZZ_DURING_T1)
        : Uint8Array.of(0xff, 0x00, 0x40, RED, 0x04, LONG, SHORT, 0x02, BUZZ_DURING_T1),
  },
}
