import type { Gs1Message } from '../../core/media/gs1/elementString.ts'
import { gs1Message, gtinOf } from '../../core/media/gs1/message.ts'
import { expandUpcE, gtin14Of } from '../../core/media/gtin.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { ScanData } from '../../core/readers/scan.ts'
import { eciText, hasEciProtocol, scannedText } from './characters.ts'
import { GS1_SYMBOLOGIES, type ScanDataType, scanDataType, splitAim } from './symbology.ts'

/** A whole symbol as a scanner delivered it: its data, and how the transport labelled it. */
export interface ScannedSymbol {
  readonly data: Uint8Array
  /** AIM identifier, `]Q1`; null where the transport carries none. */
  readonly aim: string | null
  /** The vendor's one character for the symbology (Honeywell's code ID); null or absent where there is none. */
  readonly vendorCode?: string | null
}

/** A scan understood: the medium, its identifier the raw string, and what is known about the symbol beside it. */
export interface DecodedScan {
  readonly medium: RawMedium
  readonly scan: ScanData
}

export type ScanOutcome = Outcome<DecodedScan, { readonly reason: 'medium_unreadable' }>

/** `RawMedium.identifier` is bounded; a longer symbol is a document, not somebody's identity. */
const MAX_IDENTIFIER_CHARACTERS = 512

/**
 * The scan in a symbol's bytes. `medium_unreadable`: no text in UTF-8 or Shift_JIS (or in the encoding that the symbol
 * itself names), control characters (line noise, a wrong baud rate), nothing, or too much. An AIM identifier in front
 * of the data counts where the transport carries none.
 */
export function decodeScan({ data, aim, vendorCode = null }: ScannedSymbol): ScanOutcome {
  const inFront = aim ?? splitAim(String.fromCharCode(...data.subarray(0, 3))).aim
  const bytes = aim === null && inFront !== null ? data.subarray(3) : data
  const text = inFront !== null && hasEciProtocol(inFront) ? eciText(bytes) : scannedText(bytes)
  return text === null ? UNREADABLE : decodeText(text, inFront, vendorCode)
}

/** The same for a transport that delivers characters. `aim` null: the text may begin with an identifier. */
export function decodeText(given: string, aim: string | null, vendorCode: string | null = null): ScanOutcome {
  const split = aim === null ? splitAim(given) : { aim, text: given }
  const identifier = withoutSuffix(split.text)
  if (identifier.length === 0 || identifier.length > MAX_IDENTIFIER_CHARACTERS || NOISE.test(identifier)) {
    return UNREADABLE
  }
  const type = scanDataType(split.aim, vendorCode, identifier)
  const isQr = type.symbology === 'qr' || type.symbology === 'gs1-qr'
  return accepted({ medium: { type: isQr ? 'qr' : 'barcode', identifier }, scan: scanData(type, identifier) })
}

const UNREADABLE = refused({ reason: 'medium_unreadable' as const })

/**
 * White space is a scanner's suffix, and GS at either end an FNC1 that marks the symbol and separates nothing. A loop,
 * because `[ ]+$` looks at every blank again for every blank before it.
 */
function withoutSuffix(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && SUFFIX.includes(text.charAt(start))) start += 1
  while (end > start && SUFFIX.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

const SUFFIX = ' \t\r\n\u001d'

/**
 * What no code carries: control characters but EOT, GS and RS (ISO/IEC 15434 and GS1 separators), what a failed
 * decoding leaves, and halves of a surrogate pair.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const NOISE = /[\0-\x03\x05-\x1c\x1f\x7f-\x9f\ufffd]|\p{Surrogate}/u

function scanData(type: ScanDataType, text: string): ScanData {
  const message = mayBeGs1(type, text) ? gs1Message(text) : null
  const gtin = message === null ? printedGtin(type, text) : gtinOf(message)
  return {
    ...type,
    ...(gtin === null ? {} : { gtin }),
    ...(message === null ? {} : gs1Fields(message)),
  }
}

function gs1Fields({ elements, ambiguous }: Gs1Message): Pick<ScanData, 'gs1' | 'gs1Ambiguous'> {
  return ambiguous ? { gs1: [...elements], gs1Ambiguous: true } : { gs1: [...elements] }
}

/**
 * AIs stand in GS1 symbologies, and a Digital Link in any. Where the symbology is a guess, a separator or a leading key
 * with a check digit must speak for them: many a plain number could be read as AIs.
 */
function mayBeGs1({ symbology, by }: ScanDataType, text: string): boolean {
  if (GS1_SYMBOLOGIES.has(symbology) || /^https?:/i.test(text)) return true
  return by === 'guess' && (text.includes('\u001d') || (text.length >= 16 && LEADING_KEY.test(text)))
}

const LEADING_KEY = /^(?:0[0-3]|253|255|402|41[0-7]|800[36]|801[78]|8026)\d/

/** The GTIN that a retail symbol is itself, with a right check digit. */
function printedGtin({ symbology, by }: ScanDataType, text: string): string | null {
  switch (symbology) {
    case 'ean8':
      // Eight digits of an unknown symbol that are no EAN-8 may be a UPC-E.
      return gtin14Of(text) ?? (by === 'guess' ? gtinOfUpcE(text) : null)
    case 'upc-e':
      return text.length > 8 ? gtin14Of(text) : gtinOfUpcE(text)
    case 'ean13':
    case 'upc-a':
      return gtin14Of(withoutAddOn(text) ?? text)
    case 'ean-addon':
      return gtin14Of(withoutAddOn(text) ?? '')
    case 'itf':
    case 'databar':
      return text.length === 14 ? gtin14Of(text) : null
    default:
      return null
  }
}

function gtinOfUpcE(text: string): string | null {
  const upcA = expandUpcE(text)
  return upcA === null ? null : gtin14Of(upcA)
}

/** Two or five digits of an add-on (magazines), bare behind the code or with the AIM identifier of their own. */
function withoutAddOn(text: string): string | null {
  return /^(\d{12,13})(?:\]E[12])?(?:\d{2}|\d{5})$/.exec(text)?.[1] ?? null
}
