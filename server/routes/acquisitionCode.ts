import { canonicalCode, codeKeys } from '../../core/acquisition/code.ts'
import type { AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import type { MediumKey } from '../../core/media/medium.ts'
import type { Clock } from '../../core/ports/clock.ts'
import { tooOften } from '../auth/authenticate.ts'
import { signInThrottle } from '../auth/signInThrottle.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { hmacSha256 } from '../system.ts'

/** Stands for what is no code at all: nobody has it. */
const NO_CODE: readonly MediumKey[] = [{ v: 1, key: '0'.repeat(64) }]

/**
 * Asks with a unique code by its keys (null: without one), and slows whoever guesses: by `who`, and by where they are.
 * Only a code that nobody has counts as a guess.
 */
export type WithCode = (
  code: string | undefined,
  who: string,
  where: string,
  ask: (keys: readonly MediumKey[] | null) => Promise<AcquisitionResponse>,
) => Promise<AcquisitionResponse>

export function acquisitionCode(clock: Clock, hashKeys: readonly HashKey[]): WithCode {
  const throttle = signInThrottle(clock)
  return async (code, who, where, ask) => {
    if (code === undefined) return ask(null)
    const wait = throttle.begin(who, where)
    if (wait > 0) throw tooOften('too many codes that nobody has; wait', wait)
    let outcome: 'right' | 'wrong' | 'broken' = 'broken'
    try {
      const canonical = canonicalCode(code)
      const answer = await ask(canonical === null ? NO_CODE : codeKeys(canonical, [...hashKeys], hmacSha256))
      const isWrong = answer.status === 'refused' && answer.reason === 'code_unknown'
      outcome = isWrong ? 'wrong' : 'right'
      return answer
    } finally {
      throttle.ended(who, where, outcome)
    }
  }
}
