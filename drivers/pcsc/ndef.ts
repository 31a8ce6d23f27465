/** NDEF messages are looked at up to this size: a membership number or a link is short. */
export const MAX_NDEF_BYTES = 1_024

const URI_PREFIXES = [
  '',
  'http://www.',
  'https://www.',
  'http://',
  'https://',
  'tel:',
  'mailto:',
  'ftp://anonymous:anonymous@',
  'ftp://ftp.',
  'ftps://',
  'sftp://',
  'smb://',
  'nfs://',
  'ftp://',
  'dav://',
  'news:',
  'telnet://',
  'imap:',
  'rtsp://',
  'urn:',
  'pop:',
  'sip:',
  'sips:',
  'tftp:',
  'btspp://',
  'btl2cap://',
  'btgoep://',
  'tcpobex://',
  'irdaobex://',
  'file://',
  'urn:epc:id:',
  'urn:epc:tag:',
  'urn:epc:pat:',
  'urn:epc:raw:',
  'urn:epc:',
  'urn:nfc:',
]

const WELL_KNOWN = 0x01
const TEXT = 0x54
const URI = 0x55

/**
 * The first text or URI of an NDEF message (NFC Forum NDEF 1.0, RTD Text 1.0, RTD URI 1.0); null: there is none, it is in
 * pieces (chunked), or the message is broken or longer than `MAX_NDEF_BYTES`.
 */
export function ndefText(message: Uint8Array): string | null {
  if (message.length > MAX_NDEF_BYTES) return null
  for (let at = 0; at < message.length; ) {
    const header = message[at] ?? 0
    const isShort = (header & 0x10) !== 0
    const hasId = (header & 0x08) !== 0
    const typeLength = message[at + 1] ?? 0
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
    const lengthBytes = isShort ? 1 : 4
    if (at + 2 + lengthBytes + (hasId ? 1 : 0) > message.length) return null
    const payloadLength = isShort ? (message[at + 2] ?? 0) : view.getUint32(at + 2)
    const idLength = hasId ? (message[at + 2 + lengthBytes] ?? 0) : 0
    const typeAt = at + 2 + lengthBytes + (hasId ? 1 : 0)
    const payloadAt = typeAt + typeLength + idLength
    const end = payloadAt + payloadLength
    // A chunk flag, or a record longer than the message.
    if ((header & 0x20) !== 0 || end > message.length) return null
    if ((header & 0x07) === WELL_KNOWN && typeLength === 1) {
      const payload = message.subarray(payloadAt, end)
      const found = message[typeAt] === URI ? uri(payload) : message[typeAt] === TEXT ? text(payload) : null
      if (found) return found
    }
    at = end
  }
  return null
}

/** The NDEF message in the data area of a type 2 tag (NFC Forum T2T §2.3): the first TLV 03; null: none, or not whole. */
export function ndefOfType2(area: Uint8Array): Uint8Array | null {
  for (let at = 0; at < area.length; ) {
    const tag = area[at]
    if (tag === 0x00) {
      at += 1
      continue
    }
    if (tag === 0xfe || at + 1 >= area.length) return null
    const long = area[at + 1] === 0xff
    if (long && at + 3 >= area.length) return null
    const length = long ? (area[at + 2] ?? 0) * 256 + (area[at + 3] ?? 0) : (area[at + 1] ?? 0)
    const from = at + (long ? 4 : 2)
    if (tag === 0x03) return from + length <= area.length ? area.subarray(from, from + length) : null
    at = from + length
  }
  return null
}

function uri(payload: Uint8Array): string | null {
  const prefix = URI_PREFIXES[payload[0] ?? -1]
  const rest = decoded(UTF_8, payload.subarray(1))
  return prefix === undefined || rest === null || prefix + rest === '' ? null : prefix + rest
}

function text(payload: Uint8Array): string | null {
  const status = payload[0]
  if (status === undefined) return null
  const decoder = (status & 0x80) === 0 ? UTF_8 : UTF_16
  return decoded(decoder, payload.subarray(1 + (status & 0x3f))) || null
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const UTF_16 = new TextDecoder('utf-16be', { fatal: true })

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
