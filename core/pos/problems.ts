import { z } from 'zod'
import { Problem } from '../contract/problem.ts'

/** UnifiedPOS result codes ("Result Code Model") that a problem may bear, for control objects that pass them on. */
export const RESULT_CODES = [
  'E_CLOSED',
  'E_CLAIMED',
  'E_DISABLED',
  'E_ILLEGAL',
  'E_NOEXIST',
  'E_EXISTS',
  'E_FAILURE',
  'E_BUSY',
] as const
type ResultCode = (typeof RESULT_CODES)[number]

interface ProblemKind {
  readonly status: number
  readonly resultCode: ResultCode
  readonly title: string
}

/** Every problem that the bridge answers with, by its reason. */
export const POS_PROBLEMS = {
  invalid_request: { status: 400, resultCode: 'E_ILLEGAL', title: 'The request is not what the description asks for.' },
  currency_differs: {
    status: 400,
    resultCode: 'E_ILLEGAL',
    title: 'The basket is in another currency than the store.',
  },
  total_differs: { status: 400, resultCode: 'E_ILLEGAL', title: 'The total is not the sum of the lines.' },
  unauthorized: { status: 401, resultCode: 'E_ILLEGAL', title: 'No POS that is allowed here has this token.' },
  origin_not_allowed: { status: 403, resultCode: 'E_ILLEGAL', title: 'Pages of this origin may not use this token.' },
  transaction_unknown: { status: 404, resultCode: 'E_NOEXIST', title: 'This POS has opened no such sale.' },
  route_unknown: { status: 404, resultCode: 'E_ILLEGAL', title: 'Nothing is here.' },
  method_not_allowed: { status: 405, resultCode: 'E_ILLEGAL', title: 'Not with this method.' },
  basket_revision_stale: {
    status: 409,
    resultCode: 'E_ILLEGAL',
    title: 'The counter has a newer basket of this sale.',
  },
  duplicate_request_differs: {
    status: 409,
    resultCode: 'E_EXISTS',
    title: 'The same was sent before with other content.',
  },
  transaction_approved: {
    status: 409,
    resultCode: 'E_ILLEGAL',
    title: 'Coupons are approved for this basket: undo them before it changes.',
  },
  transaction_closed: { status: 409, resultCode: 'E_CLOSED', title: 'This sale was completed or voided.' },
  discount_differs: { status: 409, resultCode: 'E_ILLEGAL', title: 'The counter approved another discount.' },
  counter_claimed: { status: 409, resultCode: 'E_CLAIMED', title: 'Another POS has its sale on this counter.' },
  counter_in_use: {
    status: 409,
    resultCode: 'E_BUSY',
    title: 'A purchase that was entered by hand is on the counter.',
  },
  in_progress: { status: 409, resultCode: 'E_BUSY', title: 'Coupons are being approved or undone: try again.' },
  too_large: { status: 413, resultCode: 'E_ILLEGAL', title: 'The request is larger than any basket.' },
  media_type_unsupported: { status: 415, resultCode: 'E_ILLEGAL', title: 'The body is to be application/json.' },
  host_not_allowed: { status: 421, resultCode: 'E_ILLEGAL', title: 'This is not the address of the counter.' },
  failed: { status: 500, resultCode: 'E_FAILURE', title: 'The counter has a fault.' },
  storage_failed: { status: 503, resultCode: 'E_FAILURE', title: 'The disk did not take it; nothing changed.' },
  counter_not_ready: { status: 503, resultCode: 'E_DISABLED', title: 'This counter is not in service.' },
} as const satisfies Record<string, ProblemKind>

export type PosReason = keyof typeof POS_PROBLEMS

/** RFC 9457, with the result code that UnifiedPOS has for it. */
export const PosProblem = Problem.extend({ reason: z.string(), resultCode: z.enum(RESULT_CODES) })
export type PosProblem = z.infer<typeof PosProblem>

/** The body of a problem. `params`: what its words need, e.g. the revision that the counter has. */
export function posProblem(
  reason: PosReason,
  more: Partial<Pick<PosProblem, 'params' | 'errors' | 'detail'>> = {},
): PosProblem {
  const { status, resultCode, title } = POS_PROBLEMS[reason]
  return {
    type: `urn:tapcoupon:pos:${reason}`,
    title,
    status,
    reason,
    reasonGroup: 'integration',
    resultCode,
    ...more,
  }
}
