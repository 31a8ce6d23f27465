/**
 * AIM code identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier that tells variants apart.
 * Sources: barcode-software.eu, NCR 7895 and Denso scanner manuals.
 */
const BY_LETTER: Record<string, string> = {
  A: 'code39',
  C: 'code128',
  E: 'ean',
  F: 'codabar',
  G: 'code93',
  H: 'code11',
  I: 'itf',
  L: 'pdf417',
  M: 'msi',
  Q: 'qr',
  S: 'itf-standard',
  U: 'maxicode',
  X: 'other',
  d: 'datamatrix',
  e: 'databar',
  z: 'aztec',
}

/** Where a modifier alone changes what the symbol is. */
const BY_IDENTIFIER: Record<string, string> = {
  ']E0': 'ean13',
  ']E3': 'ean13-addon',
  ']E4': 'ean8',
  ']C1': 'gs1-128',
  ']d2': 'gs1-datamatrix',
  ']Q3': 'gs1-qr',
}

/** The symbology an AIM identifier (`]Q1`) names; null for one that is not AIM's. */
export function symbologyOf(aim: string): string | null {
  const exact = BY_IDENTIFIER[aim]
  if (exact) return exact
  const match = /^\]([A-Za-z])[0-9A-Za-z]$/.exec(aim)
  return match?.[1] ? (BY_LETTER[match[1]] ?? null) : null
}

/** Splits an AIM identifier off the front of scanned text, for scanners that send it as characters. */
export function splitAim(text: string): { aim: string | null; text: string } {
  const aim = text.slice(0, 3)
  return symbologyOf(aim) === null ? { aim: null, text } : { aim, text: text.slice(3) }
}
