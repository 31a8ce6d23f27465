import type { InjectOptions } from 'fastify'
import type { App } from '../../server/routes/route.ts'
import { HostileValues, type Schema } from './hostileValues.ts'
import { type SeededRandom, seededRandom } from './seededRandom.ts'

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export interface FuzzedRequest {
  readonly route: string
  readonly request: InjectOptions
}

export interface ApiFuzzVerdict {
  readonly seed: number
  readonly requests: number
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>
  /** Routes that nothing was accepted by: the values never got past their schema. */
  readonly neverAccepted: readonly string[]
  /** Answers that must not be: a 5xx, or an error that is no problem of ours. */
  readonly broken: readonly (FuzzedRequest & { readonly status: number; readonly body: string })[]
}

export interface ApiFuzzOptions {
  readonly app: App
  readonly seed: number
  /** To each route, with credentials taken in turn. */
  readonly perRoute: number
  /** By name; made anew for each request, for some routes end what they are called with. */
  readonly credentials: Readonly<Record<string, () => Promise<Record<string, string>>>>
  /** Names of those who may call a route (`GET /v1/things/{id}`): most requests are theirs. Empty: nobody in particular. */
  readonly whoMay: (route: string) => readonly string[]
  /** By name (`campaignId`): values that the server knows. What is right in all but one thing gets deepest. */
  readonly known: Readonly<Record<string, string>>
}

const HOSTILE_HEADERS: readonly Record<string, string>[] = [
  { accept: 'application/x-nothing' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'tapcoupon-contract': '999999999999999999999' },
  { range: 'bytes=-1-5,7-' },
  { 'if-range': '"x"' },
  { 'if-none-match': '*' },
  { 'if-match': '"nothing"' },
  { cookie: 'tapcoupon-session=%00; __Host-tapcoupon-session=' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { 'x-forwarded-for': '999.999.999.999', 'x-forwarded-proto': 'gopher' },
  { 'idempotency-key': 'x'.repeat(5_000) },
  { 'last-event-id': '-1' },
  { 'accept-encoding': '*;q=nonsense' },
]

/** Every route of a server's own description, asked with values that nobody should send, by everybody who could. */
export async function fuzzApi({
  app,
  seed,
  perRoute,
  credentials,
  whoMay,
  known,
}: ApiFuzzOptions): Promise<ApiFuzzVerdict> {
  const random = seededRandom(seed)
  const description = (await app.inject('/docs/json')).json() as Description
  const components = description.components?.schemas ?? {}
  const everybody = Object.keys(credentials)
  const statuses: Record<number, number> = {}
  const accepted = new Set<string>()
  const broken: (FuzzedRequest & { status: number; body: string })[] = []
  const routes = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  )
  let requests = 0
  for (let round = 0; round < perRoute; round++) {
    for (const { path, method, operation } of routes) {
      const route = `${method.toUpperCase()} ${path}`
      const allowed = whoMay(route)
      const name = random.pick(allowed.length > 0 && random.chance(0.8) ? allowed : everybody)
      const values = new HostileValues(random, components, known, random.pick([0, 0, 0.02, 0.1, 0.5]))
      const credential = (await credentials[name]?.()) ?? {}
      const request = requestOf({ path, method, operation }, values, random, credential)
      const { status, body } = await answerTo(app, request)
      requests += 1
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status < 300) accepted.add(route)
      if (isBroken(route, status, body))
        broken.push({ route: `${route} as ${name}`, request, status, body: body.slice(0, 500) })
    }
  }
  const neverAccepted = routes
    .map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    .filter((route) => !accepted.has(route))
  return { seed, requests, statuses, neverAccepted, broken }
}

/** Whatever was sent, it is not the server that failed, and an error says in our words what it is. */
function isBroken(route: string, status: number, body: string): boolean {
  // A busy machine takes its time to make one, and says when to ask again.
  if (status === 503 && route === 'GET /v1/sync/snapshot' && body.includes('it is being made')) return false
  if (status >= 500) return true
  if (status < 400) return false
  try {
    const { status: said, title } = JSON.parse(body)
    return said !== status || typeof title !== 'string'
  } catch {
    return true
  }
}

function requestOf(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  values: HostileValues,
  random: SeededRandom,
  credential: Record<string, string>,
): InjectOptions {
  const query: string[] = []
  let url = path
  for (const { name, in: where, schema } of operation.parameters ?? []) {
    if (where === 'path') url = url.replace(`{${name}}`, inUrl(values.of(schema, pathName(path, name))))
    if (where === 'query' && random.chance(0.6)) query.push(`${inUrl(name)}=${inUrl(values.of(schema, name))}`)
  }
  const schema = operation.requestBody?.content?.['application/json']?.schema
  const hostile = random.chance(0.15) ? random.pick(HOSTILE_HEADERS) : {}
  const hasBody = schema !== undefined || (method !== 'get' && random.chance(0.1))
  return {
    method: method.toUpperCase() as 'GET',
    url: query.length === 0 ? url : `${url}?${query.join('&')}`,
    headers: {
      host: 'localhost',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...credential,
      ...hostile,
    },
    ...(hasBody ? { payload: bodyText(values.of(schema), random) } : {}),
    payloadAsStream: true,
  }
}

/** `id` in `/v1/campaigns/{id}` is a `campaignId`. */
function pathName(path: string, name: string): string {
  const [, folder] = path.split(`/{${name}}`)[0]?.match(/([a-z-]+)s$/) ?? []
  return name === 'id' && folder !== undefined ? `${folder}Id` : name
}

/** What cannot stand in a URL as it is, is sent as its bytes. */
const inUrl = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return (
    encodeURIComponent(text.toWellFormed())
      .slice(0, 4_000)
      .replace(/%[\dA-F]?$/, '') || '-'
  )
}

function bodyText(value: unknown, random: SeededRandom): string {
  const text = JSON.stringify(value) ?? ''
  if (random.chance(0.02)) return text.slice(0, random.int(text.length + 1))
  if (random.chance(0.01)) return `${'['.repeat(5_000)}${text}`
  return text
}

async function answerTo(app: App, request: InjectOptions): Promise<{ status: number; body: string }> {
  const response = await app.inject({ ...request, payloadAsStream: true })
  const status = response.statusCode
  const type = String(response.headers['content-type'])
  if (status < 400 && !type.includes('json')) {
    // Files and streams without an end.
    response.stream().destroy()
    return { status, body: '' }
  }
  const chunks: Buffer[] = []
  for await (const chunk of response.stream()) chunks.push(chunk as Buffer)
  return { status, body: Buffer.concat(chunks).toString('utf8') }
}
