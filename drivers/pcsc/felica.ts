/**
 * Polling for whatever system answers first, and its system code (JIS X 6319-4: code 00, wildcard FFFF, request code 01,
 * one time slot), as a raw command of ACS readers: `FF 00 00 00 Lc command` (ACM1252U-Y3 manual p. 45).
 */
export const POLL_SYSTEM_CODE = Uint8Array.of(0xff, 0x00, 0x00, 0x00, 0x06, 0x06, 0x00, 0xff, 0xff, 0x01, 0x00)

const RESPONSE_LENGTH = 20
const POLLING_RESPONSE = 0x01

/**
 * The system code (four hex digits) in the answer to `POLL_SYSTEM_CODE`; null unless it comes from the card with this IDm:
 * another card that slipped into the field must not lend its system.
 */
export function systemCodeOf(data: Uint8Array, idm: Uint8Array): string | null {
  if (data.length < RESPONSE_LENGTH || data[0] !== RESPONSE_LENGTH || data[1] !== POLLING_RESPONSE) return null
  if (!idm.every((byte, at) => data[2 + at] === byte)) return null
  return [data[18], data[19]].map((byte = 0) => byte.toString(16).padStart(2, '0')).join('')
}
