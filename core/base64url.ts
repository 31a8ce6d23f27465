const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes as base64url without padding (RFC 4648 §5), the form of hashes, keys and signatures on the wire. */
export function toBase64Url(bytes: Uint8Array): string {
  const { length } = bytes
  let text = ''
  for (let at = 0; at < length; at += 3) {
    const group = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2)
    text += letter(group >> 18) + letter(group >> 12)
    if (at + 1 < length) text += letter(group >> 6)
    if (at + 2 < length) text += letter(group)
  }
  return text
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const letter = (group: number): string => ALPHABET.charAt(group & 63)
