/**
 * The shape of data without the data: every digit as `9`, every letter as `A` or `a`, other characters of other scripts
 * as `字`; separators and controls are named. Enough to see a prefix, a suffix or a wrong layout, and no identity.
 */
export function maskedText(text: string): string {
  return text
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{Nd}/gu, '9')
    .replace(/\P{ASCII}/gu, '字')
    .replace(CONTROLS, (control) => `<${CONTROL_NAMES[control.charCodeAt(0)] ?? 'DEL'}>`)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the purpose.
const CONTROLS = /[\x00-\x1f\x7f]/g

const CONTROL_NAMES: readonly string[] = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ')

/** Hex with a space between bytes; the bytes from `from` up to `to` that could be somebody's identity are `··`. */
export function maskedHex(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return Array.from(bytes, (byte, at) => {
    const secret = at >= from && at < to && byte >= 0x20 && byte !== 0x7f
    return secret ? '··' : byte.toString(16).padStart(2, '0')
  }).join(' ')
}

/** The same for bytes that are no text: none of the data shows, not even bytes below 0x20. */
export function hiddenHex(bytes: Uint8Array, from: number, to: number): string {
  return Array.from(bytes, (byte, at) => (at >= from && at < to ? '··' : byte.toString(16).padStart(2, '0'))).join(' ')
}
