import type { OfflineCause } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'

/** An answer that took longer than this made a customer wait noticeably. */
export const SLOW_ANSWER_MS = 1_000
/** Well below, so that a server near the limit does not count as well again because of one good moment. */
export const QUICK_ANSWER_MS = 500

/** Looked at: the last so many answers, none older than this. */
const WINDOW = 8
const WINDOW_MS = 2 * 60_000
/** What a result weighs against the server, and the weight within the window at which nobody waits for it any more. */
const WEIGHT = { slow: 1, server_error: 1, late: 2 } as const
export const WEIGHT_TO_OPEN = 3

/** What an answer counts while nobody waits, and how much of it in a row brings the server back. */
const CREDIT = { quick: 2, bearable: 1 } as const
export const CREDIT_TO_CLOSE = 4

/** Not asked for at least this long; twice as long each time the server is lost again soon after it came back. */
export const FIRST_REST_MS = 1_000
/** Being refused costs nobody time, so the server may be tried often; a slow one costs each time what it is slow. */
export const LONGEST_REST_MS: Readonly<Record<Loss, number>> = {
  no_connection: 16_000,
  not_ours: 16_000,
  server_error: 60_000,
  slow: 5 * 60_000,
}
/** Lost again within this time after it came back: a relapse. */
export const RELAPSE_MS = 5 * 60_000
/** A pause that a server asks for is kept, up to this: a mistyped header must not close a shop's line for days. */
export const LONGEST_PAUSE_MS = 60 * 60_000

type Loss = Exclude<OfflineCause, 'throttled' | 'forced'>

/** What one exchange says about the server. */
export type Evidence =
  /** It answered; how quickly nobody measured. */
  | { readonly kind: 'answer' }
  | { readonly kind: 'quick' | 'bearable' | 'slow' | 'late' | 'server_error' | 'no_connection' | 'not_ours' }
  | { readonly kind: 'throttled'; readonly pauseMs: number }

/** `tookMs`: of an exchange that a cashier waited for, or of a probe; its slowness counts. null says nothing. */
export function evidenceOf(result: GatewayResult<unknown>, tookMs: number | undefined): Evidence | null {
  switch (result.kind) {
    case 'answered':
    case 'rejected':
      if (tookMs === undefined) return { kind: 'answer' }
      return { kind: tookMs <= QUICK_ANSWER_MS ? 'quick' : tookMs <= SLOW_ANSWER_MS ? 'bearable' : 'slow' }
    case 'throttled':
      // What is sent in bulk may be told to wait without anybody at the counter waiting.
      return tookMs === undefined ? { kind: 'answer' } : { kind: 'throttled', pauseMs: result.retryAfterMs }
    case 'unreachable':
      switch (result.cause) {
        case 'connection':
          return { kind: 'no_connection' }
        case 'deadline':
          return { kind: 'late' }
        case 'server_error':
        case 'not_ours':
          return { kind: result.cause }
        default:
          return unreachable(result.cause)
      }
    case 'revoked':
      return null
    default:
      return unreachable(result)
  }
}

/** `untried`: nothing is known yet. `closed`: cashiers ask the server. `open`: they do not; probes find out when again. */
export interface Breaker {
  readonly state: 'untried' | 'closed' | 'open'
  /** Why it is open. */
  readonly cause: OfflineCause | null
  /** The newest last; times are monotonic milliseconds. */
  readonly recent: readonly { readonly at: number; readonly weight: number }[]
  /** Good answers in a row while open. */
  readonly credit: number
  /** While open: not closed before. */
  readonly restUntil: number
  /** When it last came back. */
  readonly closedAt: number
  readonly relapses: number
}

export const UNTRIED: Breaker = {
  state: 'untried',
  cause: null,
  recent: [],
  credit: 0,
  restUntil: 0,
  closedAt: Number.NEGATIVE_INFINITY,
  relapses: 0,
}

/**
 * The breaker after one more piece of evidence at `now` (monotonic milliseconds). A refused connection and a foreign
 * answer are clear at once; slowness and errors must add up within the window; a pause that was asked for is kept. It
 * closes on several good answers in a row, and not before its rest is over.
 */
export function weigh(breaker: Breaker, evidence: Evidence, now: number): Breaker {
  switch (evidence.kind) {
    case 'answer':
      return breaker.state === 'untried' ? closed(breaker, now) : breaker
    case 'quick':
    case 'bearable':
      return answeredInTime(breaker, CREDIT[evidence.kind], now)
    case 'slow':
    case 'late':
    case 'server_error':
      return tooSlow(breaker, evidence.kind, now)
    case 'no_connection':
    case 'not_ours':
      return breaker.state === 'open' ? still(breaker, evidence.kind) : opened(breaker, evidence.kind, now)
    case 'throttled': {
      const restUntil = now + Math.min(evidence.pauseMs, LONGEST_PAUSE_MS)
      return {
        ...breaker,
        state: 'open',
        cause: 'throttled',
        recent: [],
        credit: 0,
        restUntil: Math.max(restUntil, breaker.state === 'open' ? breaker.restUntil : 0),
      }
    }
    default:
      return unreachable(evidence)
  }
}

function answeredInTime(breaker: Breaker, credit: number, now: number): Breaker {
  switch (breaker.state) {
    case 'untried':
      return closed(breaker, now)
    case 'closed':
      return { ...breaker, recent: remembered(breaker, 0, now) }
    case 'open': {
      const next = { ...breaker, credit: breaker.credit + credit }
      return next.credit >= CREDIT_TO_CLOSE && now >= next.restUntil ? closed(next, now) : next
    }
    default:
      return unreachable(breaker.state)
  }
}

function tooSlow(breaker: Breaker, kind: keyof typeof WEIGHT, now: number): Breaker {
  const cause = kind === 'server_error' ? 'server_error' : 'slow'
  if (breaker.state === 'open') return still(breaker, cause)
  const recent = remembered(breaker, WEIGHT[kind], now)
  const weight = recent.reduce((sum, one) => sum + one.weight, 0)
  if (weight >= WEIGHT_TO_OPEN) return opened(breaker, cause, now)
  // Slow as it was, it was there.
  return kind === 'slow' && breaker.state === 'untried' ? { ...closed(breaker, now), recent } : { ...breaker, recent }
}

function remembered({ recent }: Breaker, weight: number, now: number): Breaker['recent'] {
  return [...recent.filter(({ at }) => now - at <= WINDOW_MS), { at: now, weight }].slice(-WINDOW)
}

function closed(breaker: Breaker, now: number): Breaker {
  // The first answer of all is no return.
  const closedAt = breaker.state === 'open' ? now : breaker.closedAt
  return { ...breaker, state: 'closed', cause: null, recent: [], credit: 0, closedAt }
}

function opened(breaker: Breaker, cause: Loss, now: number): Breaker {
  const relapses = now - breaker.closedAt < RELAPSE_MS ? breaker.relapses + 1 : 0
  const restMs = Math.min(LONGEST_REST_MS[cause], FIRST_REST_MS * 2 ** Math.min(relapses, 30))
  return { ...breaker, state: 'open', cause, recent: [], credit: 0, restUntil: now + restMs, relapses }
}

/** Open, and what came now is no better; the newest cause is what is shown, a pause that was asked for stays one. */
function still(breaker: Breaker, cause: Loss): Breaker {
  return { ...breaker, cause: breaker.cause === 'throttled' ? breaker.cause : cause, credit: 0 }
}
