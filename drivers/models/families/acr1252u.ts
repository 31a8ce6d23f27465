import type { ReaderModel } from '../model.ts'

/**
 * ACS ACR1252U, ACM1252U and ACR1255U. LED: `E0 00 00 29 01 state`, red bit 0, green bit 1; buzzer: `E0 00 00 28 01 time`
 * in 10 ms. `E0 00 00 21` of the same manuals is written to flash memory and is not used. Not tried on a real reader.
 */
export const acr1252u: ReaderModel = {
  family: 'ACS ACR1252U',
  usb: [[0x072f, [0x223b, 0x223e, 0x2251, 0x2259]]],
  pcsc: {
    name: /AC[RM]125[1255]/i,
    rawFelica: true,
    buzzer: true,
    led: false,
    indicate: (outcome) => Uint8Array.of(0xe0, 0x00, 0x00, 0x28, 0x01, outcome === 'accepted' ? 10 : 50),
  },
}
