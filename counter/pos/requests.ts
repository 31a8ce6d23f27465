import type { IncomingMessage, ServerResponse } from 'node:http'
import { type PosReason, posProblem } from '../../core/pos/problems.ts'
import { POS_BASE, POS_DOCUMENT_PATH, POS_EVENTS_PATH, POS_ROUTES, type PosRoute } from '../../core/pos/routes.ts'
import type { PosApi } from './api.ts'
import { bearerOf, callerOf, isForBridge, mayAsk } from './callers.ts'
import { posDocument } from './openapi.ts'
import { operate, type Trouble } from './operations.ts'

/** 500 lines with long labels in three bytes a letter, and room. */
export const LARGEST_BODY_BYTES = 512 * 1024

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** Answers one request of a POS. `port`: the one that is bound; `version`: of the program. */
export async function answerPos(
  api: PosApi,
  { port, version }: { readonly port: number; readonly version: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  const { headers } = request
  const fail = (trouble: Trouble) => sendProblem(request, response, trouble)
  if (!isForBridge(headers, port)) return fail({ reason: 'host_not_allowed' })
  if (!mayAsk(headers, api.accesses)) return fail({ reason: 'origin_not_allowed' })
  if (headers.origin !== undefined) allowOrigin(headers.origin, response)
  if (request.method === 'OPTIONS') return preflight(request, response)
  const path = request.url?.split('?', 1)[0] ?? ''
  if (path === POS_DOCUMENT_PATH) {
    return request.method === 'GET'
      ? sendJson(response, 200, posDocument(version))
      : fail({ reason: 'method_not_allowed' })
  }
  const caller = callerOf(bearerOf(headers), headers, api.accesses)
  if (!caller.ok) return fail(caller)
  const found = routeOf(request.method ?? '', path)
  if ('reason' in found) return fail(found)
  const access = caller.value
  api.presence.heard(access.posId)
  const body = found.route.body === undefined ? undefined : await readBody(request)
  if (isTrouble(body)) return fail(body)
  const { operationId: operation } = found.route
  const answer = await operate(api, access, { operation, saleId: found.saleId, body: body?.value })
  if (answer.ok) sendJson(response, 200, answer.value)
  else fail(answer)
}

type Found = { readonly route: (typeof POS_ROUTES)[number] & PosRoute; readonly saleId: string }

function routeOf(method: string, path: string): Found | Trouble {
  const fitting = POS_ROUTES.flatMap((route) => {
    const found = new RegExp(`^${POS_BASE}${route.path.replace('{saleId}', '([^/]+)')}$`).exec(path)
    return found ? [{ route, saleId: found[1] ?? '' }] : []
  })
  const found = fitting.find(({ route }) => route.method === method)
  if (found) return found
  // The WebSocket's path is there, only not by HTTP.
  return { reason: fitting.length > 0 || path === POS_EVENTS_PATH ? 'method_not_allowed' : 'route_unknown' }
}

type Body = { readonly value: unknown }

async function readBody(request: IncomingMessage): Promise<Body | Trouble> {
  // Only a type that a page cannot send without being asked first (CORS).
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    return { reason: 'media_type_unsupported' }
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY_BYTES) return { reason: 'too_large' }
    chunks.push(chunk)
  }
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) }
  } catch {
    return { reason: 'invalid_request', errors: [{ path: '', message: 'no JSON' }] }
  }
}

const isTrouble = (read: Body | Trouble | undefined): read is Trouble => read !== undefined && 'reason' in read

function allowOrigin(origin: string, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
  response.setHeader('cross-origin-resource-policy', 'cross-origin')
}

/** A browser asks before a page of a POS does. Private network access: a page of the network's own POS asks this machine. */
function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, PUT, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
    ...(request.headers['access-control-request-private-network'] === 'true'
      ? { 'access-control-allow-private-network': 'true' }
      : {}),
  })
  response.end()
}

export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  {
    reason,
    params,
    errors,
  }: Trouble | { readonly reason: PosReason; readonly params?: never; readonly errors?: never },
): void {
  const problem = posProblem(reason, { ...(params && { params }), ...(errors && { errors }) })
  // What is left of a body that nobody reads would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  if (reason === 'in_progress') response.setHeader('retry-after', '1')
  sendJson(response, problem.status, problem, 'application/problem+json')
}

function sendJson(response: ServerResponse, status: number, value: unknown, type = 'application/json'): void {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-length': body.byteLength })
  response.end(body)
}
