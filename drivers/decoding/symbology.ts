import type { ScanData, Symbology } from '../../core/readers/scan.ts'

/** What a symbol is, and on whose word. */
export type ScanDataType = Pick<ScanData, 'symbology' | 'by'>

/**
 * AIM code characters (ISO/IEC 15424): an identifier is `]`, this letter, and a modifier that tells variants apart.
 * Sources: barcode-software.eu; NCR 7895, Denso, Opticon and Zebra DS457 manuals.
 */
const BY_LETTER: Readonly<Record<string, Symbology>> = {
  A: 'code39',
  B: 'telepen',
  C: 'code128',
  E: 'ean13',
  F: 'codabar',
  G: 'code93',
  H: 'code11',
  I: 'itf',
  J: 'dotcode',
  K: 'code16k',
  L: 'pdf417',
  M: 'msi',
  O: 'codablock',
  P: 'plessey',
  Q: 'qr',
  R: 'standard-2of5',
  S: 'standard-2of5',
  T: 'code49',
  U: 'maxicode',
  X: 'other',
  d: 'datamatrix',
  e: 'databar',
  h: 'han-xin',
  z: 'aztec',
}

/** Where the modifier changes what the symbol is; FNC1 in first position makes it a GS1 symbol. */
const BY_IDENTIFIER: Readonly<Record<string, Symbology>> = {
  ']C1': 'gs1-128',
  ']E3': 'ean-addon',
  ']E4': 'ean8',
  ']J1': 'gs1-dotcode',
  ']J4': 'gs1-dotcode',
  ']L3': 'micropdf417',
  ']L4': 'micropdf417',
  ']L5': 'micropdf417',
  ']Q3': 'gs1-qr',
  ']Q4': 'gs1-qr',
  ']d2': 'gs1-datamatrix',
  ']d5': 'gs1-datamatrix',
  ']e1': 'composite',
  ']e2': 'composite',
  ']e3': 'composite',
  ']z1': 'gs1-aztec',
  ']z4': 'gs1-aztec',
  ']z7': 'gs1-aztec',
  ']zA': 'gs1-aztec',
}

/**
 * Honeywell's code IDs, the last byte but two of its HID POS report and an option of its serial prefixes. Sources: the
 * symbology charts of its manuals (3820 manual, appendix A), Access-IS LSR118 manual p. 68.
 */
const BY_VENDOR_CODE: Readonly<Record<string, Symbology>> = {
  '<': 'code39',
  A: 'postal',
  B: 'postal',
  D: 'ean8',
  E: 'upc-e',
  H: 'han-xin',
  I: 'gs1-128',
  J: 'postal',
  K: 'postal',
  L: 'postal',
  M: 'postal',
  P: 'postal',
  R: 'micropdf417',
  V: 'codablock',
  a: 'codabar',
  b: 'code39',
  c: 'upc-a',
  d: 'ean13',
  e: 'itf',
  f: 'standard-2of5',
  g: 'msi',
  h: 'code11',
  i: 'code93',
  j: 'code128',
  l: 'code49',
  m: 'matrix-2of5',
  q: 'codablock',
  r: 'pdf417',
  s: 'qr',
  t: 'telepen',
  w: 'datamatrix',
  x: 'maxicode',
  y: 'databar',
  z: 'aztec',
  '{': 'databar',
  '}': 'databar',
}

/** Symbologies whose data are GS1 elements. */
export const GS1_SYMBOLOGIES: ReadonlySet<Symbology> = new Set<Symbology>([
  'gs1-128',
  'databar',
  'composite',
  'gs1-datamatrix',
  'gs1-qr',
  'gs1-aztec',
  'gs1-dotcode',
])

/** The symbology an AIM identifier (`]Q1`) names; null for one that is not AIM's. */
export function symbologyOf(aim: string): Symbology | null {
  if (aim.length !== 3 || aim.charCodeAt(0) !== 0x5d || !/[0-9A-Za-z]/.test(aim.charAt(2))) return null
  return own(BY_IDENTIFIER, aim) ?? own(BY_LETTER, aim.charAt(1))
}

/** Splits an AIM identifier off the front of scanned text, for scanners that send it as characters. */
export function splitAim(text: string): { aim: string | null; text: string } {
  const aim = text.slice(0, 3)
  return symbologyOf(aim) === null ? { aim: null, text } : { aim, text: text.slice(3) }
}

/**
 * What a symbol is. The AIM identifier is a standard and comes first; a vendor's code says more where AIM has one
 * identifier for several (`]E0`: EAN-13, UPC-A and UPC-E) or none (`]X0`). With neither it is a guess.
 */
export function scanDataType(aim: string | null, vendorCode: string | null, text: string): ScanDataType {
  const byAim = aim === null ? null : symbologyOf(aim)
  const byVendor = vendorCode === null ? null : own(BY_VENDOR_CODE, vendorCode)
  if (byVendor !== null && (byAim === null || byAim === 'other' || (byAim === 'ean13' && isUpc(byVendor)))) {
    return { symbology: byVendor, by: 'vendor' }
  }
  if (byAim !== null) return { symbology: byAim === 'ean13' ? eanByLength(text) : byAim, by: 'aim' }
  return { symbology: guess(text), by: 'guess' }
}

const isUpc = (symbology: Symbology): boolean => symbology === 'upc-a' || symbology === 'upc-e'

/** AIM wants 13 digits behind `]E0`; scanners also send UPC-A and UPC-E as they are printed. */
function eanByLength(text: string): Symbology {
  if (/^\d{12}$/.test(text)) return 'upc-a'
  return /^\d{6,8}$/.test(text) ? 'upc-e' : 'ean13'
}

/**
 * Only two kinds show in the characters alone: digits of a GTIN's length, and what a linear code cannot hold (characters
 * outside ASCII, more than Code 128's practical 48 characters) or would not (a URI).
 */
function guess(text: string): Symbology {
  if (looksLikeQr(text)) return 'qr'
  if (!/^\d+$/.test(text)) return 'unknown'
  switch (text.length) {
    case 8:
      return 'ean8'
    case 12:
      return 'upc-a'
    case 13:
      return 'ean13'
    case 14:
      return 'itf'
    default:
      return 'unknown'
  }
}

function looksLikeQr(text: string): boolean {
  return text.length > 48 || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) || /[^\0-~]/.test(text)
}

function own(table: Readonly<Record<string, Symbology>>, name: string): Symbology | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null
}
