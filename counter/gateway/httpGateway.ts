import type { z } from 'zod'
import { ChangesResponse } from '../../core/contract/changes.ts'
import { settingsHeader } from '../../core/contract/counterSettings.ts'
import { LeaseEnded, LeaseResponse } from '../../core/contract/leases.ts'
import { Problem } from '../../core/contract/problem.ts'
import { RedemptionResponse, RollbackResponse } from '../../core/contract/redemptions.ts'
import { SearchResponse } from '../../core/contract/search.ts'
import { PROGRAM_HEADER } from '../../core/contract/stationList.ts'
import { EnrolResponse } from '../../core/contract/stations.ts'
import { CONTRACT_HEADER, CONTRACT_VERSION, PROGRAM_VERSION } from '../../core/contract/version.ts'
import { ReceivedResults } from '../../core/events/event.ts'
import type { CouponGateway, GatewayResult, RecallNews } from '../../core/ports/couponGateway.ts'
import {
  BACKGROUND_DEADLINE_MS,
  REDEEM_DEADLINE_MS,
  SEARCH_DEADLINE_MS,
  SNAPSHOT_PIECE_DEADLINE_MS,
} from '../deadlines.ts'
import { MAX_ANSWER_BYTES, readBody } from './body.ts'
import { readRecallNews } from './recallNews.ts'
import { route } from './route.ts'
import { snapshotHeaders, snapshotPath, snapshotPiece } from './snapshotPiece.ts'

export interface Deadlines {
  readonly searchMs: number
  readonly redeemMs: number
  /** Everything nobody is waiting for at the counter. */
  readonly backgroundMs: number
  /** A piece of a snapshot, which the server may have to make first. */
  readonly snapshotMs?: number
}

const DEADLINES: Deadlines = {
  searchMs: SEARCH_DEADLINE_MS,
  redeemMs: REDEEM_DEADLINE_MS,
  backgroundMs: BACKGROUND_DEADLINE_MS,
}

/** How a token that ends is followed by another one. */
export interface TokenRenewal {
  /** Begins to renew a token that is due; nobody waits for it. */
  freshen(): void
  /** A new token; or why there is none. One at a time, whoever asks. */
  renew(): Promise<GatewayResult<null>>
}

export interface HttpGatewayOptions {
  /** Without `/v1`; asked for at each call where it may change. `''`: it is not known yet, and nobody is reached. */
  readonly baseUrl: string | (() => string)
  /** Asked for at each call; null: not enrolled. It is sent to the server and nowhere else. */
  readonly token: () => string | null
  /** Absent: a token is good until it is not. */
  readonly renewal?: TokenRenewal
  /** The version of its settings, for head office. */
  readonly settings?: () => string | null
  readonly deadlines?: Deadlines
  readonly maxAnswerBytes?: number
  /** The network; by default Node's. */
  readonly fetch?: typeof fetch
  /** A signal that ends a call after so many milliseconds; by default of the system's clock. */
  readonly endAfter?: (ms: number) => AbortSignal
}

/** For head office's list of stations. */
const PROGRAM = `tapcoupon/${PROGRAM_VERSION} ${process.platform}`

/** How long to wait when a 429 does not say. */
const DEFAULT_RETRY_AFTER_MS = 1_000

type Unreachable = Extract<GatewayResult<never>, { kind: 'unreachable' }>

interface Call<Answer> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  /** What the answer is: JSON of a schema, or whatever `read` makes of a good response; null: nothing of use. */
  readonly answer: z.ZodType<Answer> | { read(response: Response): Promise<Answer | null> }
  readonly headers?: Readonly<Record<string, string>>
  readonly deadlineMs: number
}

/** The coupon server over HTTP. Sorting of what comes back: see `GatewayResult`; the reasons for it: CONTRACT.md §4.3. */
export function httpGateway(options: HttpGatewayOptions): CouponGateway {
  const deadlines = options.deadlines ?? DEADLINES
  const background = deadlines.backgroundMs
  const call = <Answer>(request: Call<Answer>) => exchange(options, request)
  return {
    enrol: (body) =>
      call({ ...route('POST', '/v1/stations/enrol'), body, answer: EnrolResponse, deadlineMs: background }),
    search: (body) =>
      call({ ...route('POST', '/v1/search'), body, answer: SearchResponse, deadlineMs: deadlines.searchMs }),
    redeem: (body) =>
      call({ ...route('POST', '/v1/redemptions'), body, answer: RedemptionResponse, deadlineMs: deadlines.redeemMs }),
    async redemption(redemptionId) {
      const result = await call({
        ...route('GET', '/v1/redemptions/{id}', { id: redemptionId }),
        answer: RedemptionResponse,
        deadlineMs: background,
      })
      return result.kind === 'rejected' && result.problem.status === 404 ? { kind: 'answered', answer: null } : result
    },
    rollback: (redemptionId, body) =>
      call({
        ...route('POST', '/v1/redemptions/{id}/rollback', { id: redemptionId }),
        body,
        answer: RollbackResponse,
        deadlineMs: deadlines.redeemMs,
      }),
    settle: (events) =>
      call({ ...route('POST', '/v1/sync/events'), body: { events }, answer: ReceivedResults, deadlineMs: background }),
    changes: (cursor) =>
      call({
        method: 'GET',
        path: route('GET', '/v1/sync/changes').path + (cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`),
        headers: settingsHeader(options.settings?.() ?? null),
        answer: ChangesResponse,
        deadlineMs: background,
      }),
    snapshot: (ask) =>
      call({
        method: 'GET',
        path: snapshotPath(ask),
        headers: snapshotHeaders(ask),
        answer: { read: (response) => snapshotPiece(response, ask.length) },
        deadlineMs: deadlines.snapshotMs ?? SNAPSHOT_PIECE_DEADLINE_MS,
      }),
    lend: (body) => call({ ...route('POST', '/v1/sync/leases'), body, answer: LeaseResponse, deadlineMs: background }),
    returnLease: (leaseId, body) =>
      call({
        ...route('POST', '/v1/sync/leases/{id}/return', { id: leaseId }),
        body,
        answer: LeaseEnded,
        deadlineMs: background,
      }),
  }
}

/** The news of a server over HTTP, on a line that is held open. */
export function httpRecallNews({ fetch: request = fetch, baseUrl, token }: HttpGatewayOptions): RecallNews {
  const call = { headers: { accept: 'text/event-stream' } }
  const connect = (signal: AbortSignal) =>
    request(`${addressOf(baseUrl)}/v1/events`, { headers: headersOf(token(), call), redirect: 'manual', signal })
  return (recalled, signal) => readRecallNews(connect, recalled, signal)
}

/**
 * One call within its deadline, body included. Where the token is not taken any more, but not because the station was
 * revoked, it is made once more with a new one.
 */
export async function exchange<Answer>(
  options: HttpGatewayOptions,
  call: Call<Answer>,
): Promise<GatewayResult<Answer>> {
  const { endAfter = (ms: number) => AbortSignal.timeout(ms), renewal } = options
  const signal = endAfter(call.deadlineMs)
  const used = options.token()
  if (used !== null) renewal?.freshen()
  const first = await attempts(options, call, signal)
  const isRefused = first.kind === 'revoked' && first.reason !== 'station_revoked'
  if (!isRefused || used === null || !renewal) return first
  // Somebody else may have got a new one since this was asked.
  if (options.token() === used) {
    const renewed = await beforeEnd(renewal.renew(), signal)
    if (renewed === null) return unreachable('deadline')
    if (renewed.kind === 'unreachable' || renewed.kind === 'throttled') return renewed
    if (renewed.kind !== 'answered') return renewed.kind === 'revoked' && renewed.reason ? renewed : first
  }
  return attempts(options, call, signal)
}

/** null: the deadline came first. */
function beforeEnd<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
    void work.then(resolve)
  })
}

/** Every route is idempotent, so a broken connection is tried once more. */
async function attempts<Answer>(
  options: HttpGatewayOptions,
  call: Call<Answer>,
  signal: AbortSignal,
): Promise<GatewayResult<Answer>> {
  const first = await attempt(options, call, signal)
  // A pooled connection that the server closed while it idled fails on first use, and only then.
  const again = first.kind === 'unreachable' && first.cause === 'connection' && !signal.aborted
  return again ? attempt(options, call, signal) : first
}

async function attempt<Answer>(
  options: HttpGatewayOptions,
  call: Call<Answer>,
  signal: AbortSignal,
): Promise<GatewayResult<Answer>> {
  let response: Response
  let text: string | null
  const { fetch: request = fetch } = options
  try {
    response = await request(addressOf(options.baseUrl) + call.path, {
      method: call.method,
      headers: headersOf(options.token(), call),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      // A redirect is a captive portal's, never ours, and must not be shown our token.
      redirect: 'manual',
      signal,
    })
    if (response.status >= 500) {
      void response.body?.cancel().catch(() => {})
      return unreachable('server_error')
    }
    if (!isOurs(response)) {
      void response.body?.cancel().catch(() => {})
      return unreachable('not_ours')
    }
    if (response.ok && 'read' in call.answer) {
      const answer = await call.answer.read(response)
      return answer === null ? unreachable('server_error') : { kind: 'answered', answer }
    }
    text = await readBody(response, options.maxAnswerBytes ?? MAX_ANSWER_BYTES)
  } catch {
    // fetch rejects for the connection and for the signal; neither message is of use, and it may hold the URL.
    return unreachable(signal.aborted ? 'deadline' : 'connection')
  }
  return sorted(response, text === null ? undefined : parseJson(text), call.answer)
}

function headersOf(token: string | null, call: Pick<Call<unknown>, 'headers' | 'body'>): Record<string, string> {
  return {
    [CONTRACT_HEADER]: String(CONTRACT_VERSION),
    [PROGRAM_HEADER]: PROGRAM,
    accept: 'application/json',
    ...call.headers,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
}

/** The address of this moment, without a slash at its end. */
export const addressOf = (baseUrl: HttpGatewayOptions['baseUrl']): string =>
  (typeof baseUrl === 'string' ? baseUrl : baseUrl()).replace(/\/+$/, '')

/** A captive portal answers 200 with a page of its own; only our server repeats the contract's header. */
const isOurs = (response: Response): boolean => /^\d+$/.test(response.headers.get(CONTRACT_HEADER) ?? '')

function sorted<Answer>(response: Response, body: unknown, answer: Call<Answer>['answer']): GatewayResult<Answer> {
  const { status } = response
  if (status === 401 || (status === 403 && !isAboutThePerson(body))) return revoked(body)
  if (status === 429) return { kind: 'throttled', retryAfterMs: retryAfterMs(response) }
  if (status === 408) return unreachable('server_error')
  if (status >= 400) {
    const problem = Problem.safeParse(body)
    return {
      kind: 'rejected',
      problem: problem.success ? problem.data : { type: 'about:blank', title: `HTTP ${status}`, status },
    }
  }
  if ('read' in answer) return unreachable('server_error')
  const parsed = answer.safeParse(body)
  // An answer of ours that cannot be read says nothing about what was done: the same as none.
  return status < 300 && parsed.success ? { kind: 'answered', answer: parsed.data } : unreachable('server_error')
}

/** Only a station that is told so by name is to forget its keys: another 401 may come from a database that was restored. */
function revoked(body: unknown): GatewayResult<never> {
  const problem = Problem.safeParse(body)
  const reason = problem.success ? problem.data.reason : undefined
  return reason === undefined ? { kind: 'revoked' } : { kind: 'revoked', reason }
}

/** 403 says that this station may nothing, unless it says that this operator may not do this one thing. */
function isAboutThePerson(body: unknown): boolean {
  const problem = Problem.safeParse(body)
  return problem.success && problem.data.reason === 'operator_not_allowed'
}

/** Seconds, or a date (RFC 9110 §10.2.3): that is the server's, so it is held against the server's own clock, not ours. */
function retryAfterMs(response: Response): number {
  const value = response.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1_000
  const date = Date.parse(value)
  const sentAt = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(date) || Number.isNaN(sentAt) ? DEFAULT_RETRY_AFTER_MS : Math.max(0, date - sentAt)
}

const unreachable = (cause: Unreachable['cause']): Unreachable => ({ kind: 'unreachable', cause })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
