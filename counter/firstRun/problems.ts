import { FIRST_RUN_PROBLEMS, type FirstRunProblem, type FirstRunProblemCode } from '../../core/counter/firstRun.ts'
import { unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'

/** The problem with a server, by its host. */
export const problemAt = (address: string | null, code: FirstRunProblemCode): FirstRunProblem => ({
  code,
  host: address !== null && URL.canParse(address) ? new URL(address).host : null,
})

const CODES: readonly string[] = FIRST_RUN_PROBLEMS
const isNamed = (reason: string): reason is FirstRunProblemCode => CODES.includes(reason)

/** A reason of a server or of this counter, as a set-up names it. */
export const problemOfReason = (reason: string | undefined): FirstRunProblemCode =>
  reason !== undefined && isNamed(reason) ? reason : 'refused'

/** Why there is no answer. */
export function problemOf(result: Exclude<GatewayResult<unknown>, { kind: 'answered' }>): FirstRunProblemCode {
  switch (result.kind) {
    case 'rejected':
      return problemOfReason(result.problem.reason)
    case 'revoked':
      return problemOfReason(result.reason)
    case 'throttled':
      return 'throttled'
    case 'unreachable':
      return UNREACHABLE[result.cause]
    default:
      return unreachable(result)
  }
}

const UNREACHABLE = {
  connection: 'server_unreachable',
  deadline: 'server_slow',
  server_error: 'server_error',
  not_ours: 'not_a_server',
} as const satisfies Record<string, FirstRunProblemCode>
