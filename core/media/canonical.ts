import type { Params } from '../contract/problem.ts'
import { accepted, type Outcome, refused, unreachable } from '../outcome.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import { upcAsEan13 } from './gtin.ts'
import type { MediumType, RawMedium } from './medium.ts'

/** A medium in the one form that is hashed. Never stored or logged. */
export interface CanonicalMedium {
  readonly type: MediumType
  readonly bytes: Uint8Array
}

export type MediumRefusal = { readonly reason: ReasonCode; readonly params: Params }

const MAX_IDENTIFIER = 512

/**
 * The canonical bytes of a medium (CONTRACT.md §3). Refusals carry no part of the identifier.
 *
 * - `nfc-uid`: the UID's 4, 7 or 10 bytes (ISO/IEC 14443-3). 4 bytes starting with 08 are random at every tap
 *   (NXP AN10927): `medium_unstable`, always. Other 4-byte UIDs are reused by makers: `medium_not_unique` unless
 *   the policy accepts them.
 * - `felica-idm`: the IDm's 8 bytes, then the system code's 2 bytes where the reader reported one (`@SSSS`). An IDm that
 *   starts 01FE is a peer-to-peer NFCID2, random by ISO/IEC 18092: `medium_unstable`.
 * - `hce`: 4 to 128 bytes, as our applet answers them.
 * - `barcode`: UTF-8 of the decoded string, UPC-A as EAN-13. `qr`, `card-token`: UTF-8 of the decoded string.
 *   All three in Unicode normal form C, because a reader's driver may compose or decompose what was printed.
 *
 * Hex is read in either case, with `:`, `-` or a space between bytes. `medium_unreadable`: a wrong length, control
 * characters, a replacement character left by a failed decoding, a magnetic stripe's track, and a `card-token` that has
 * the shape of a card number (13–19 digits, Luhn): card numbers are never taken in, not even hashed.
 */
export function canonicalMedium(
  raw: RawMedium,
  policy: { readonly acceptNonUniqueUids: boolean },
): Outcome<CanonicalMedium, MediumRefusal> {
  if (raw.identifier.length > MAX_IDENTIFIER) return refuse('medium_unreadable')
  switch (raw.type) {
    case 'nfc-uid':
      return canonicalUid(raw.identifier, policy.acceptNonUniqueUids)
    case 'felica-idm':
      return canonicalIdm(raw.identifier)
    case 'hce': {
      const bytes = hexBytes(raw.identifier)
      return bytes && bytes.length >= 4 && bytes.length <= 128
        ? accepted({ type: 'hce', bytes })
        : refuse('medium_unreadable')
    }
    case 'barcode':
      return canonicalText('barcode', upcAsEan13(raw.identifier))
    case 'qr':
      return canonicalText('qr', raw.identifier)
    case 'card-token':
      return looksLikeCardNumber(raw.identifier)
        ? refuse('medium_unreadable')
        : canonicalText('card-token', raw.identifier)
    default:
      return unreachable(raw.type)
  }
}

function canonicalUid(identifier: string, acceptNonUnique: boolean): Outcome<CanonicalMedium, MediumRefusal> {
  const bytes = hexBytes(identifier)
  if (!bytes || ![4, 7, 10].includes(bytes.length)) return refuse('medium_unreadable')
  if (bytes.length === 4 && bytes[0] === 0x08) return refuse('medium_unstable')
  if (bytes.length === 4 && !acceptNonUnique) return refuse('medium_not_unique')
  return accepted({ type: 'nfc-uid', bytes })
}

function canonicalIdm(identifier: string): Outcome<CanonicalMedium, MediumRefusal> {
  const [idmText = '', systemText, ...rest] = identifier.split('@')
  const idm = hexBytes(idmText)
  const system = systemText === undefined ? new Uint8Array(0) : hexBytes(systemText)
  if (rest.length > 0 || idm?.length !== 8 || !system || (systemText !== undefined && system.length !== 2)) {
    return refuse('medium_unreadable')
  }
  if (idm[0] === 0x01 && idm[1] === 0xfe) return refuse('medium_unstable')
  const bytes = new Uint8Array(idm.length + system.length)
  bytes.set(idm)
  bytes.set(system, idm.length)
  return accepted({ type: 'felica-idm', bytes })
}

function canonicalText(
  type: 'barcode' | 'qr' | 'card-token',
  decoded: string,
): Outcome<CanonicalMedium, MediumRefusal> {
  const readable =
    decoded.trim() !== '' && decoded.isWellFormed() && !/[\p{Cc}\uFFFD]/u.test(decoded) && !isMagneticTrack(decoded)
  if (!readable) return refuse('medium_unreadable')
  return accepted({ type, bytes: new TextEncoder().encode(decoded.normalize('NFC')) })
}

/** Bytes of hex text with an optional separator between bytes; null when it is anything else. */
function hexBytes(text: string): Uint8Array | null {
  if (!/^[0-9a-f]{2}([:\- ]?[0-9a-f]{2})*$/i.test(text)) return null
  const digits = text.replace(/[:\- ]/g, '')
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}

/** A primary account number: 13–19 digits, spaces or hyphens between them, right by Luhn (ISO/IEC 7812-1). */
function looksLikeCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits)) return false
  let sum = 0
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48
    const weighted = fromRight % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}

/** Track 1 or 2 of a bank card (ISO/IEC 7813), which a keyboard-wedge swipe reader types like a scan. */
function isMagneticTrack(text: string): boolean {
  return /%B\d{12,19}\^|;\d{12,19}=/i.test(text)
}

function refuse(reason: ReasonCode): Outcome<never, MediumRefusal> {
  return refused({ reason, params: {} })
}
