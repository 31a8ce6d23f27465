import type { Ids } from '../../core/ports/ids.ts'

/** Crockford's base 32: nothing that a person confuses. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LOCATOR = 4
const LENGTH = 10

export interface PhoneCodeParts {
  /** Finds the code; no secret. */
  readonly locator: string
  /** 30 bits, and few tries. */
  readonly secret: string
}

/** A code that can be read from one screen and typed on another: ten characters in two groups. */
export function newPhoneCode(ids: Ids): PhoneCodeParts & { readonly shown: string } {
  const characters = Array.from(ids.randomBytes(LENGTH), (byte) => ALPHABET[byte % 32]).join('')
  return { ...parts(characters), shown: `${characters.slice(0, 5)}-${characters.slice(5)}` }
}

/** The parts of what a person typed; null: it is no such code. */
export function typedPhoneCode(typed: string): PhoneCodeParts | null {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
  return characters.length === LENGTH ? parts(characters) : null
}

const parts = (characters: string): PhoneCodeParts => ({
  locator: characters.slice(0, LOCATOR),
  secret: characters.slice(LOCATOR),
})
