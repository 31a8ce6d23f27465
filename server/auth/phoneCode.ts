import type { Ids } from '../../core/ports/ids.ts'
import { newTypedCode, typedCharacters } from '../../core/typedCode.ts'

const LOCATOR = 4
const GROUPS = 2
const GROUP_LENGTH = 5

export interface PhoneCodeParts {
  /** Finds the code; no secret. */
  readonly locator: string
  /** 30 bits, and few tries. */
  readonly secret: string
}

/** A code that can be read from one screen and typed on another: ten characters in two groups. */
export function newPhoneCode(ids: Ids): PhoneCodeParts & { readonly shown: string } {
  const shown = newTypedCode(ids, GROUPS, GROUP_LENGTH)
  return { ...parts(typedCharacters(shown)), shown }
}

/** The parts of what a person typed; null: it is no such code. */
export function typedPhoneCode(typed: string): PhoneCodeParts | null {
  const characters = typedCharacters(typed)
  return characters.length === GROUPS * GROUP_LENGTH ? parts(characters) : null
}

const parts = (characters: string): PhoneCodeParts => ({
  locator: characters.slice(0, LOCATOR),
  secret: characters.slice(LOCATOR),
})
