import type { Ids } from '../../core/ports/ids.ts'

/** Crockford's base 32: nothing that a person confuses. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 4
const GROUP_LENGTH = 5

/** A one-time code that can be typed: 20 characters, 100 random bits, in groups of five. */
export function newEnrolmentCode(ids: Ids): string {
  const characters = Array.from(ids.randomBytes(GROUPS * GROUP_LENGTH), (byte) => ALPHABET[byte % 32])
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-')
}

/** The code as it was made, from what a person typed. */
export function typedEnrolmentCode(typed: string): string {
  const characters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
  return characters.replace(/(.{5})(?=.)/g, '$1-')
}
