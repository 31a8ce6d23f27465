import type { Ids } from '../../core/ports/ids.ts'
import { newTypedCode, typedCharacters } from '../../core/typedCode.ts'

const GROUPS = 4
const GROUP_LENGTH = 5

/** A one-time code for a person that can be typed: 20 characters, 100 random bits, in groups of five. */
export const newSetUpCode = (ids: Ids): string => newTypedCode(ids, GROUPS, GROUP_LENGTH)

/** The code as it was made, from what a person typed. */
export const typedSetUpCode = (typed: string): string => typedCharacters(typed).replace(/(.{5})(?=.)/g, '$1-')
