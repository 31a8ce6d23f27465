const STRICT = { fatal: true, ignoreBOM: true } as const
const UTF_8 = new TextDecoder('utf-8', STRICT)
const SHIFT_JIS = new TextDecoder('shift_jis', STRICT)
const LATIN_1 = new TextDecoder('iso-8859-1', STRICT)

/**
 * The characters of a scanned symbol: strict UTF-8, else strict Shift_JIS (the default of Japanese QR codes), else
 * null. Leading zeros, spaces and GS (FNC1, 0x1D) are kept: they are part of the identity.
 */
export function scannedText(bytes: Uint8Array): string | null {
  return decoded(UTF_8, bytes) ?? decoded(SHIFT_JIS, bytes)
}

/** AIM identifiers whose modifier says that the ECI protocol is in effect (ISO/IEC 15424). */
const ECI_PROTOCOL = /^\](?:J[345]|L1|Q[246]|U[23]|d[456]|z[3459AB])$/

/** Whether data behind this AIM identifier is escaped as `eciText` reads it. */
export function hasEciProtocol(aim: string): boolean {
  return ECI_PROTOCOL.test(aim)
}

/** Extended Channel Interpretations (AIM ITS/04-023) that a shop meets. */
const ENCODINGS: Readonly<Record<string, TextDecoder>> = {
  '000001': LATIN_1,
  '000003': LATIN_1,
  '000020': SHIFT_JIS,
  '000026': UTF_8,
  '000027': UTF_8,
  '000170': UTF_8,
}

const BACKSLASH = 0x5c

/**
 * The characters of data under the ECI protocol: `\000026` names the encoding of what follows, a backslash of the data
 * comes doubled, so the same symbol means the same text as without the protocol. null: an encoding that we do not know,
 * bytes that are not in it, or a backslash that is neither.
 */
export function eciText(bytes: Uint8Array): string | null {
  const plain = new Uint8Array(bytes.length)
  let length = 0
  let encoding: TextDecoder | null = null
  let text = ''
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== BACKSLASH) plain[length++] = bytes[at] ?? 0
    else if (bytes[at + 1] === BACKSLASH) {
      plain[length++] = BACKSLASH
      at += 1
    } else {
      const before = segment(encoding, plain.subarray(0, length))
      const designator = String.fromCharCode(...bytes.subarray(at + 1, at + 7))
      if (before === null || !Object.hasOwn(ENCODINGS, designator)) return null
      text += before
      length = 0
      encoding = ENCODINGS[designator] ?? null
      at += 6
    }
  }
  const last = segment(encoding, plain.subarray(0, length))
  return last === null ? null : text + last
}

function segment(encoding: TextDecoder | null, bytes: Uint8Array): string | null {
  return encoding === null ? scannedText(bytes) : decoded(encoding, bytes)
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
