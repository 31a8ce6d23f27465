import type { Ids } from './ports/ids.ts'

/** Crockford's base 32: nothing that a person confuses. */
export const TYPED_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random code that is read from one screen and typed on another: five bits a character, in groups. */
export function newTypedCode(ids: Ids, groups: number, groupLength: number): string {
  return inGroups(randomCharacters(ids, groups * groupLength), groupLength)
}

export const randomCharacters = (ids: Ids, count: number): string =>
  Array.from(ids.randomBytes(count), (byte) => TYPED_ALPHABET[byte % 32]).join('')

export function inGroups(characters: string, groupLength: number): string {
  return (characters.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []).join('-')
}

/** The characters of what a person typed, as they were made: without lines and spaces, and what looks alike told apart. */
export const typedCharacters = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
