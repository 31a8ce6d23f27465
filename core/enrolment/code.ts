import { accepted, type Outcome, refused } from '../outcome.ts'
import type { Ids } from '../ports/ids.ts'
import { inGroups, randomCharacters, TYPED_ALPHABET, typedCharacters } from '../typedCode.ts'

const GROUP_LENGTH = 5
const CHARACTERS = 20

/** A one-time code that can be typed: 95 random bits and a check character, in four groups of five. */
export function newEnrolmentCode(ids: Ids): string {
  const random = randomCharacters(ids, CHARACTERS - 1)
  return inGroups(random + checkCharacter(random), GROUP_LENGTH)
}

/** `incomplete`: characters are missing. `mistyped`: it is no code that was ever made. */
export type CodeProblem = 'incomplete' | 'mistyped'

/**
 * The code as it was made, from what a person typed: whatever its case, spaces and lines, and with `O` for `0`, `I` or `L`
 * for `1`. A single wrong character, and two neighbours that have changed places, are found out here, without a server.
 */
export function typedEnrolmentCode(typed: string): Outcome<string, { readonly problem: CodeProblem }> {
  const characters = typedCharacters(typed)
  if (characters.length < CHARACTERS) return refused({ problem: 'incomplete' as const })
  const check = checkCharacter(characters.slice(0, -1))
  if (characters.length > CHARACTERS || check === null || check !== characters.at(-1)) {
    return refused({ problem: 'mistyped' as const })
  }
  return accepted(inGroups(characters, GROUP_LENGTH))
}

/** Luhn's check character over the 32 characters of the alphabet (ISO/IEC 7812-1, annex B, in base 32); null: `U`. */
function checkCharacter(characters: string): string | null {
  const base = TYPED_ALPHABET.length
  let sum = 0
  for (const [index, character] of [...characters].reverse().entries()) {
    const value = TYPED_ALPHABET.indexOf(character)
    if (value < 0) return null
    const weighted = index % 2 === 0 ? value * 2 : value
    sum += Math.floor(weighted / base) + (weighted % base)
  }
  return TYPED_ALPHABET[(base - (sum % base)) % base] ?? null
}
