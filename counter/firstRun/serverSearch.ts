import type { FirstRunCautions, FirstRunProblem, FirstRunStation } from '../../core/counter/firstRun.ts'
import type { Invitation } from '../../core/enrolment/invitation.ts'
import { isUnprotected } from '../../core/enrolment/serverAddress.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { SetupGateway } from '../../core/ports/setupGateway.ts'
import { problemAt, problemOf } from './problems.ts'

type Found<Value> = Outcome<Value, { readonly problem: FirstRunProblem }>

/** From here a clock is worth a word: approvals without the server go by it after a restart. */
const CLOCK_OFF_MS = 5 * 60_000

/** Whether a coupon server answers at an address, and what should be seen to there. `enrolled`: it must know this station. */
export async function findServer(
  gateway: SetupGateway,
  address: string,
  enrolled: boolean,
): Promise<Found<FirstRunCautions>> {
  const reached = await gateway.reach(address)
  if (reached.kind === 'failed') return refused({ problem: problemAt(address, reached.failure) })
  if (enrolled) {
    const known = await gateway.isKnownAt(address)
    const unanswered = known.kind === 'unreachable' || known.kind === 'throttled'
    if (unanswered) return refused({ problem: problemAt(address, problemOf(known)) })
    if (known.kind !== 'answered') return refused({ problem: problemAt(address, 'other_chain') })
  }
  const { clockAheadMs } = reached
  const isOff = clockAheadMs !== null && Math.abs(clockAheadMs) >= CLOCK_OFF_MS
  return accepted({
    unprotected: isUnprotected(address),
    clockOffMinutes: isOff ? Math.round(clockAheadMs / 60_000) : null,
  })
}

/** Where a code is to be shown. `fixed`: this machine's server by how its program was started. */
export function addressFor(
  { serverUrl }: Invitation,
  { fixed, kept }: { readonly fixed: string | null; readonly kept: string | null },
): Found<string> {
  if (fixed !== null) {
    const isIts = serverUrl === null || new URL(serverUrl).host === new URL(fixed).host
    return isIts ? accepted(fixed) : refused({ problem: problemAt(serverUrl, 'wrong_server') })
  }
  const address = serverUrl ?? kept
  return address === null ? refused({ problem: problemAt(null, 'address_missing') }) : accepted(address)
}

/** What a code would make of this machine. */
export async function lookAtCode(
  gateway: SetupGateway,
  address: string,
  code: string,
): Promise<Found<FirstRunStation>> {
  const answer = await gateway.preview(address, code)
  if (answer.kind !== 'answered') return refused({ problem: problemAt(address, problemOf(answer)) })
  const { stationName, storeName, role } = answer.answer
  return accepted({ stationName, storeName, role })
}
