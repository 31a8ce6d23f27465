import type { SerialPresetId } from '../../core/readers/protocol.ts'

export type DetectedPreset = Exclude<SerialPresetId, 'custom'>

/** Tried in this order, one for each test scan that the one before could not read. */
export const DETECTION_ORDER: readonly DetectedPreset[] = ['zebra', 'honeywell', 'nixdorf', 'olivetti', 'ncr']

/** With these presets a code without its end is never read; such a scanner is set up by numbers. */
const ENDS_EVERY_CODE: readonly DetectedPreset[] = ['honeywell', 'nixdorf']
const TERMINATORS: readonly number[] = [0x0a, 0x0d]

/** More than the largest QR code (7,089 digits) is no scan, whatever it is. */
const MOST_BYTES = 8_192

const STX = 0x02
const ETX = 0x03

/**
 * The preset that a whole test scan speaks for, when it was received with the settings of `tried`; null: it is not
 * readable with them. Seven-bit lines are recognised when they are received with eight: the eighth bit then is the
 * parity of the other seven in every byte.
 */
export function presetOf(bytes: Uint8Array, tried: DetectedPreset, isUsb: boolean): DetectedPreset | null {
  if (bytes.length < 4 || bytes.length > MOST_BYTES) return null
  const framed = bytes.includes(STX) || bytes.includes(ETX)
  if (isPlausible(bytes)) {
    if (isUsb && !framed) return 'usb-cdc'
    if (tried === 'olivetti' || tried === 'ncr') return framed ? tried : null
    if (framed) return 'ncr'
    return ENDS_EVERY_CODE.includes(tried) && !TERMINATORS.includes(bytes.at(-1) ?? 0) ? null : tried
  }
  if (tried !== 'zebra') return null
  const seven = bytes.map((byte) => byte & 0x7f)
  if (!isPlausible(seven)) return null
  const ones = Array.from(bytes, (byte) => byte.toString(2).replaceAll('0', '').length % 2)
  if (ones.every((odd) => odd === 0)) return 'olivetti'
  return ones.every((odd) => odd === 1) ? 'ncr' : null
}

/** Printable ASCII between framing characters, at least four in a row: a wrong speed yields other bytes. */
function isPlausible(bytes: Uint8Array): boolean {
  const framing = (byte: number) => [STX, ETX, 0x09, 0x0a, 0x0d, 0x1d].includes(byte)
  const printable = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length
  return printable >= 4 && bytes.every((byte) => framing(byte) || (byte >= 0x20 && byte < 0x7f))
}
