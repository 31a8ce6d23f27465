import { accepted, type Outcome, refused, unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { RegistrationGateway } from '../../core/ports/registrationGateway.ts'
import { type Refusal, refusal, refusalFromProblem, SERVER_UNREACHABLE } from '../session/model.ts'
import type { Connectivity } from '../sync/connectivity.ts'

/** What came of a question to the server. */
export type Answered<Answer> = Outcome<Answer, { readonly refused: Refusal }>

export interface ServerToAsk {
  /** Absent: this program has no way to register anything. */
  readonly gateway: RegistrationGateway | null
  readonly connectivity: Pick<Connectivity, 'heard' | 'toldRevoked'>
}

/** Asks the server what only it can do for a customer; refused by its reason, or because it does not answer. */
export async function askServer<Answer>(
  { gateway, connectivity }: ServerToAsk,
  ask: (gateway: RegistrationGateway) => Promise<GatewayResult<Answer>>,
): Promise<Answered<Answer>> {
  if (!gateway) return refused({ refused: SERVER_UNREACHABLE })
  if (connectivity.toldRevoked) return refused({ refused: refusal('station_revoked') })
  const result = await ask(gateway)
  connectivity.heard(result)
  switch (result.kind) {
    case 'answered':
      return accepted(result.answer)
    case 'rejected':
      return refused({ refused: refusalFromProblem(result.problem) })
    case 'revoked':
      return refused({ refused: refusal('station_revoked') })
    case 'throttled':
      return refused({ refused: refusal('in_progress', { seconds: Math.ceil(result.retryAfterMs / 1_000) }) })
    case 'unreachable':
      return refused({ refused: SERVER_UNREACHABLE })
    default:
      return unreachable(result)
  }
}
