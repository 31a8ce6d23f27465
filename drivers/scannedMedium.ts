import type { RawMedium } from '../core/media/medium.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import { scannedText } from './scannedText.ts'
import { splitAim, symbologyOf } from './symbology.ts'

/** A whole symbol as a scanner delivered it: its data and, where the transport carries one, its AIM identifier. */
export interface ScannedSymbol {
  readonly data: Uint8Array
  readonly aim: string | null
}

/** `RawMedium.identifier` is bounded; a longer symbol is a document, not somebody's identity. */
const MAX_IDENTIFIER_CHARACTERS = 512

/** Control characters that symbols carry on purpose: EOT, GS, RS (ISO/IEC 15434 and GS1 separators). */
const SEPARATORS = new Set([0x04, 0x1d, 0x1e])

/**
 * The medium in a scanned symbol. `medium_unreadable` for data that is no text in either encoding, carries control
 * characters (line noise, a wrong baud rate) or is too long. Surrounding white space is a scanner's suffix, not data.
 */
export function scannedMedium(symbol: ScannedSymbol): Outcome<RawMedium, { reason: 'medium_unreadable' }> {
  const decoded = scannedText(symbol.data)
  if (decoded === null) return refused({ reason: 'medium_unreadable' })
  const { aim, text } = symbol.aim === null ? splitAim(decoded) : { aim: symbol.aim, text: decoded }
  return mediumOfText(text, aim)
}

/** The same for a transport that delivers characters. `aim` null: the symbology is not known. */
export function mediumOfText(text: string, aim: string | null): Outcome<RawMedium, { reason: 'medium_unreadable' }> {
  const identifier = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (identifier.length === 0 || identifier.length > MAX_IDENTIFIER_CHARACTERS || hasNoise(identifier)) {
    return refused({ reason: 'medium_unreadable' })
  }
  return accepted({ type: isQr(identifier, aim) ? 'qr' : 'barcode', identifier })
}

function hasNoise(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if ((code < 0x20 && !SEPARATORS.has(code)) || code === 0x7f || code === 0xfffd) return true
  }
  return false
}

/**
 * AIM decides where there is one. Without it, a guess: what a linear membership barcode cannot hold (characters
 * outside ASCII, more than Code 128's practical 48 characters) or would not (a URI) came from a QR code.
 */
function isQr(identifier: string, aim: string | null): boolean {
  if (aim !== null) {
    const symbology = symbologyOf(aim)
    return symbology === 'qr' || symbology === 'gs1-qr'
  }
  return (
    identifier.length > 48 ||
    /^[A-Za-z][A-Za-z0-9+.-]*:/.test(identifier) ||
    [...identifier].some((character) => (character.codePointAt(0) ?? 0) > 0x7e)
  )
}
