import type { Ids } from '../../core/ports/ids.ts'
import { newTypedCode, typedCharacters } from '../../core/typedCode.ts'
import { secretHash } from './secrets.ts'

const GROUPS = 3
const GROUP_LENGTH = 4

/** A word for a medium that was shown: 60 random bits, for people who are signed in, within minutes. */
export const newPresentationCode = (ids: Ids): string => newTypedCode(ids, GROUPS, GROUP_LENGTH)

/** What is stored and looked up instead of a presentation, however it was typed. */
export const presentationHash = (typed: string): Uint8Array => secretHash(typedCharacters(typed))
