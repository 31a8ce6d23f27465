import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../core/contract/problem.ts'
import { type ReasonCode, reasonGroup } from '../core/reasonCodes.ts'
import { StoreUnavailable } from './store/commands.ts'

/** A request that is answered with an RFC 9457 problem; thrown by handlers, written by `problemHandler`. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly status: number
  readonly reason: ReasonCode | undefined
  readonly errors: Problem['errors']
  readonly params: Problem['params']
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: number,
    reason: ReasonCode | undefined,
    detail: string,
    more: {
      readonly errors?: Problem['errors']
      readonly params?: Problem['params']
      readonly retryAfterSeconds?: number
    } = {},
  ) {
    super(detail)
    this.status = status
    this.reason = reason
    this.errors = more.errors
    this.params = more.params
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

export const invalidRequest = (detail: string): RequestProblem => new RequestProblem(400, 'invalid_request', detail)

export const notFound = (detail: string): RequestProblem => new RequestProblem(404, undefined, detail)

export const differs = (): RequestProblem =>
  new RequestProblem(409, 'duplicate_request_differs', 'this id was used for another request before')

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Not authorised',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not to be had in this form',
  409: 'Conflict',
  410: 'Gone',
  413: 'The request is too large',
  415: 'Unsupported media type',
  416: 'No such range',
  429: 'Too many attempts',
  503: 'Not available now',
}

/** The body of a problem. `detail` must hold nothing of the request that could identify anybody. */
export function problemBody(
  problem: Pick<RequestProblem, 'status' | 'reason' | 'message' | 'errors'> & Partial<Pick<RequestProblem, 'params'>>,
): Problem {
  const { status, reason, message, errors, params } = problem
  return {
    type: 'about:blank',
    title: TITLES[status] ?? (status >= 500 ? 'The server failed' : 'The request was refused'),
    status,
    ...(message ? { detail: message } : {}),
    ...(reason ? { reason, reasonGroup: reasonGroup(reason) } : {}),
    ...(params ? { params } : {}),
    ...(errors ? { errors } : {}),
  }
}

export function sendProblem(reply: FastifyReply, problem: RequestProblem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send({ ...problemBody(problem), requestId: reply.request.id })
}

const MOST_ERRORS = 20

/** Turns whatever ended a request into a problem; only what is nobody's fault but ours is logged and hidden. */
export function problemHandler(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return sendProblem(reply, asProblem(error, request))
}

function asProblem(error: FastifyError | Error, request: FastifyRequest): RequestProblem {
  if (error instanceof RequestProblem) return error
  if (error instanceof StoreUnavailable) {
    request.log.error({ cause: error.message }, 'the store is not available')
    return new RequestProblem(503, undefined, 'nothing was changed; try again', { retryAfterSeconds: 1 })
  }
  if ('validation' in error && error.validation) {
    const errors = error.validation
      .slice(0, MOST_ERRORS)
      .map(({ instancePath, message }) => ({ path: instancePath.slice(0, 200), message: message ?? 'not valid' }))
    return new RequestProblem(400, 'invalid_request', 'the request does not match its schema', { errors })
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  if (status >= 400 && status < 500) return new RequestProblem(status, 'invalid_request', frameworkDetail(status))
  request.log.error({ err: error }, 'a request failed')
  return new RequestProblem(500, undefined, '')
}

/** Our words: a parser's message may quote the body. */
function frameworkDetail(status: number): string {
  switch (status) {
    case 413:
      return 'a body may have 1 MiB'
    case 415:
      return 'send application/json'
    default:
      return 'the request could not be read'
  }
}
