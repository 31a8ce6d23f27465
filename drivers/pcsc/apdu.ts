import { mayBePayment } from '../../core/readers/applications.ts'

/** PC/SC part 3 §3.2.2: GET DATA, the contactless UID. */
export const GET_UID = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00)

/** The longest short answer: 256 bytes and the status word. */
export const RESPONSE_MAX = 258

/** An answer without its status word, and the word. null: fewer than two bytes are no answer. */
export interface Answer {
  readonly data: Uint8Array
  readonly status: number
}

export function answerOf(response: Uint8Array): Answer | null {
  if (response.length < 2) return null
  const [high = 0, low = 0] = response.subarray(-2)
  return { data: response.subarray(0, -2), status: high * 256 + low }
}

export const SUCCESS = 0x9000

/** SELECT by name (ISO/IEC 7816-4 §11.1.1). null for what could be a payment application, and for what is no AID. */
export function selectApplication(aidHex: string): Uint8Array | null {
  const aid = aidHex.toLowerCase()
  if (!/^(?:[0-9a-f]{2}){5,16}$/.test(aid) || mayBePayment(aid)) return null
  return Uint8Array.of(0x00, 0xa4, 0x04, 0x00, aid.length / 2, ...Buffer.from(aid, 'hex'), 0x00)
}

/** The rest of an answer that the card keeps (`61 xx`). */
export function getResponse(length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xc0, 0x00, 0x00, length)
}

/** READ BINARY of the selected file. */
export function readBinary(offset: number, length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xb0, (offset >> 8) & 0x7f, offset & 0xff, length)
}

/** SELECT of an elementary file by its identifier, as NDEF tags of type 4 want it. */
export function selectFile(fileId: number): Uint8Array {
  return Uint8Array.of(0x00, 0xa4, 0x00, 0x0c, 0x02, fileId >> 8, fileId & 0xff)
}

/** PC/SC part 3 §3.2.2: READ BINARY of a storage card, here 16 bytes from a page of 4. */
export function readPages(page: number): Uint8Array {
  return Uint8Array.of(0xff, 0xb0, page >> 8, page & 0xff, 0x10)
}
