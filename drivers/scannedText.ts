/**
 * The characters of a scanned symbol: strict UTF-8, else strict Shift_JIS (the default of Japanese QR codes), else
 * null. Leading zeros, spaces and GS (FNC1, 0x1D) are kept: they are part of the identity.
 */
export function scannedText(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      // Not this encoding.
    }
  }
  return null
}
