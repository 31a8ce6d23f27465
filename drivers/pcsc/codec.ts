import type { RawMedium } from '../../core/media/medium.ts'
import { toHex } from '../hex.ts'

/** How one presentation of a card ended. `removed`: it left the field before it had answered. */
export type CardOutcome =
  | { readonly kind: 'medium'; readonly medium: RawMedium }
  | { readonly kind: 'failed'; readonly reason: 'medium_unstable' | 'medium_unreadable' }
  | { readonly kind: 'removed' }

/** ISO/IEC family of a contactless card, from its ATR. */
export type CardFamily = '14443-a' | '14443-b' | '15693' | 'felica' | 'unknown'

/** What an ATR says that a card is. */
export interface CardKind {
  readonly family: CardFamily
  /** For people; null: not told. */
  readonly name: string | null
  /** ISO/IEC 14443-4: it takes APDUs. */
  readonly part4: boolean
  /** An NFC Forum type 2 tag (Ultralight, NTAG): pages of four bytes. */
  readonly type2: boolean
}

/** Names of storage cards, bytes NN of their ATR (PC/SC part 3 supplemental document; Gemalto Prox-DU manual p. 101). */
const STORAGE_CARD_NAMES: Readonly<Record<number, string>> = {
  1: 'MIFARE Classic 1K',
  2: 'MIFARE Classic 4K',
  3: 'MIFARE Ultralight or NTAG',
  38: 'MIFARE Mini',
  58: 'MIFARE Ultralight C',
  59: 'FeliCa',
  54: 'MIFARE Plus SL1 2K',
  55: 'MIFARE Plus SL1 4K',
  20: 'ICODE SLI',
}

const UNREADABLE: CardOutcome = { kind: 'failed', reason: 'medium_unreadable' }
const UNSTABLE: CardOutcome = { kind: 'failed', reason: 'medium_unstable' }

/**
 * The medium of a card from its ATR and its answer to `GET_UID` (data, SW1, SW2).
 * Fewer than two bytes are no answer: virtual and some real readers report a card that has left as success with nothing.
 */
export function cardOutcome(atr: Uint8Array, response: Uint8Array): CardOutcome {
  if (response.length < 2) return { kind: 'removed' }
  if (response.at(-2) !== 0x90 || response.at(-1) !== 0x00) return UNREADABLE
  return uidOutcome(cardFamily(atr), response.subarray(0, -2))
}

/**
 * The medium behind a UID.
 * - 8 bytes of FeliCa: the IDm. `01 FE` starts an NFCID2 that NFC-DEP peers make up for each session (NFC Digital).
 * - 4, 7 or 10 bytes of type A. 4 bytes that start with `08` are random at every tap (NXP AN10927).
 * - Type B: the PUPI may be made up at every tap, so it is never an identity.
 * Whether a store accepts other 4-byte UIDs, which are not unique, is the counter's policy and not decided here.
 */
export function uidOutcome(family: CardFamily, uid: Uint8Array): CardOutcome {
  if (uid.every((byte) => byte === 0)) return UNREADABLE
  switch (uid.length) {
    case 8:
      if (family !== 'felica') return UNREADABLE
      if (uid[0] === 0x01 && uid[1] === 0xfe) return UNSTABLE
      return { kind: 'medium', medium: { type: 'felica-idm', identifier: toHex(uid) } }
    case 4:
      if (family === '14443-b' || uid[0] === 0x08) return UNSTABLE
      return { kind: 'medium', medium: { type: 'nfc-uid', identifier: toHex(uid) } }
    case 7:
    case 10:
      return { kind: 'medium', medium: { type: 'nfc-uid', identifier: toHex(uid) } }
    default:
      return UNREADABLE
  }
}

/** `4F`, length 12, the PC/SC workgroup's RID: the storage-card ATR of PC/SC part 3 §3.1.3.2.3.2, from byte 4. */
const STORAGE_CARD = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06]

/** SCL3711: `3B 8C 80 01 04 43 FD` and the IDm (SCL3711 reference manual p. 25). */
const SCL3711_FELICA = [0x3b, 0x8c, 0x80, 0x01, 0x04, 0x43, 0xfd]

/**
 * What an ATR says about the card. Storage cards name their standard in byte SS (PC/SC part 3 supplement: 01–03 type A,
 * 05–07 type B, 09–0C ISO 15693, 11 FeliCa). A 14443-4 type B card answers with application data, protocol info and
 * MBLI as its eight historical bytes (PC/SC part 3 §3.1.3.2.3.1); everything else with `3B 8n 80 01` is type A.
 */
export function cardFamily(atr: Uint8Array): CardFamily {
  if (startsWith(atr, 0, SCL3711_FELICA)) return 'felica'
  if (startsWith(atr, 4, STORAGE_CARD)) {
    const standard = atr[12] ?? 0
    if (standard >= 0x01 && standard <= 0x03) return '14443-a'
    if (standard >= 0x05 && standard <= 0x07) return '14443-b'
    if (standard >= 0x09 && standard <= 0x0c) return '15693'
    if (standard === 0x11) return 'felica'
    return 'unknown'
  }
  if (isTypeBPart4(atr)) return '14443-b'
  if (atr[0] === 0x3b && ((atr[1] ?? 0) & 0xf0) === 0x80 && atr[2] === 0x80 && atr[3] === 0x01) return '14443-a'
  return 'unknown'
}

/** The kind of card behind an ATR, for any bytes. */
export function cardKind(atr: Uint8Array): CardKind {
  const family = cardFamily(atr)
  if (!startsWith(atr, 4, STORAGE_CARD)) {
    const part4 = family === '14443-a' || family === '14443-b'
    return { family, name: family === 'felica' ? 'FeliCa' : null, part4, type2: false }
  }
  const number = (atr[13] ?? 0) * 256 + (atr[14] ?? 0)
  const name = STORAGE_CARD_NAMES[number] ?? null
  return { family, name, part4: false, type2: family === '14443-a' && (number === 0x0003 || number === 0x003a) }
}

/** Protocol info says 14443-4 in its second byte's low nibble; MBLI fills the high nibble of the last byte only. */
function isTypeBPart4(atr: Uint8Array): boolean {
  if (!startsWith(atr, 0, [0x3b, 0x88, 0x80, 0x01]) || atr.length !== 13) return false
  return ((atr[9] ?? 0) & 0x0f) === 0x01 && ((atr[11] ?? 0) & 0x0f) === 0x00
}

function startsWith(bytes: Uint8Array, offset: number, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[offset + index] === byte)
}
