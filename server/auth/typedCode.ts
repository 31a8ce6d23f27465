import type { Ids } from '../../core/ports/ids.ts'

/** Crockford's base 32: nothing that a person confuses. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random code that is read from one screen and typed on another: five bits a character, in groups. */
export function newTypedCode(ids: Ids, groups: number, groupLength: number): string {
  const characters = Array.from(ids.randomBytes(groups * groupLength), (byte) => ALPHABET[byte % 32])
  return Array.from({ length: groups }, (_, group) =>
    characters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-')
}

/** The characters of what a person typed, as they were made: without lines and spaces, and what looks alike told apart. */
export const typedCharacters = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
