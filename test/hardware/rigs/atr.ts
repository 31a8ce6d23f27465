/** Storage card ATRs as contactless readers make them (PC/SC part 3 §3.1.3.2.3.2), without and with their check byte. */
export function storageCardAtr(standard: number, name: number): Uint8Array {
  const body = [0x8f, 0x80, 0x01, 0x80, 0x4f, 0x0c, 0xa0, 0, 0, 3, 6, standard, name >> 8, name & 0xff, 0, 0, 0, 0]
  return Uint8Array.from([0x3b, ...body, body.reduce((check, byte) => check ^ byte, 0)])
}

export const FELICA_ATR = storageCardAtr(0x11, 0x003b)
export const TYPE_A_ATR = storageCardAtr(0x03, 0x0003)
/** 14443-4 type B: application data, protocol info, MBLI. */
export const TYPE_B_ATR = (() => {
  const body = [0x88, 0x80, 0x01, 0x11, 0x22, 0x33, 0x44, 0x00, 0x81, 0x71, 0x00]
  return Uint8Array.from([0x3b, ...body, body.reduce((check, byte) => check ^ byte, 0)])
})()
