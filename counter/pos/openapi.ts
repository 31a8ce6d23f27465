import { z } from 'zod'
import { PosBasket, PosLine, PosTransactionRequest } from '../../core/pos/basket.ts'
import { PosCounter, PosHello } from '../../core/pos/counterView.ts'
import { PosMessage } from '../../core/pos/messages.ts'
import { POS_PROBLEMS, PosProblem, type PosReason } from '../../core/pos/problems.ts'
import { POS_BASE, POS_DOCUMENT_PATH, POS_EVENTS_PATH, POS_ROUTES, type PosRoute } from '../../core/pos/routes.ts'
import {
  PosDiscount,
  PosTransaction,
  PosTransactionList,
  SaleCompleted,
  SaleReason,
} from '../../core/pos/transaction.ts'

/** What a POS sends, and what it is answered: the same shape may want less of a POS than it gives to it. */
const SENT = { PosTransactionRequest, SaleCompleted, SaleReason, PosHello }
const ANSWERED = {
  PosBasket,
  PosLine,
  PosCounter,
  PosDiscount,
  PosTransaction,
  PosTransactionList,
  PosMessage,
  PosProblem,
}

/** Whatever is asked, whoever asks. */
const OF_EVERY_ROUTE: readonly PosReason[] = ['unauthorized', 'origin_not_allowed', 'host_not_allowed', 'failed']

const reference = (id: string) => ({ $ref: `#/components/schemas/${id}` })
const nameOf = (schema: z.ZodType, among: Readonly<Record<string, z.ZodType>>): string => {
  const found = Object.entries(among).find(([, one]) => one === schema)
  if (!found) throw new Error('a schema of a route without a name')
  return found[0]
}

/** The bridge's description, OpenAPI 3.1, made from the contract's own schemas. `version`: the program's. */
export function posDocument(version: string): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tapcoupon POS bridge',
      version,
      description:
        'What POS software asks of the counter beside it, on 127.0.0.1. Amounts are integers of minor units. Every request bears the token that the store’s manager made for this POS. Problems are RFC 9457 bodies with a `reason`, and the `resultCode` that UnifiedPOS has for it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `http://127.0.0.1:{port}${POS_BASE}`, variables: { port: { default: '4751' } } }],
    security: [{ bearer: [] }],
    paths: {
      ...paths(),
      [POS_EVENTS_PATH.slice(POS_BASE.length)]: EVENTS,
      [POS_DOCUMENT_PATH.slice(POS_BASE.length)]: OWN,
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { ...schemas(ANSWERED, 'output'), ...schemas(SENT, 'input') },
    },
  }
}

const EVENTS = {
  get: {
    operationId: 'openEvents',
    summary: 'WebSocket: the counter’s state and the sales of this POS, as they change',
    description:
      'The first message, within five seconds, is a PosHello with the token; browsers cannot send it otherwise without putting it into an address. Then every frame is a PosMessage. Close codes: 4400 not a PosHello, 4401 unknown token, 4403 a page of another origin, 4408 no hello in time, 4413 it reads too slowly.',
    security: [],
    responses: {
      '101': { description: 'Switching protocols.' },
      ...problems(['origin_not_allowed', 'host_not_allowed']),
    },
  },
}

const OWN = {
  get: {
    operationId: 'getDocument',
    summary: 'This description',
    security: [],
    responses: {
      '200': { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
}

function paths(): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {}
  for (const route of POS_ROUTES) {
    const at = found[route.path] ?? {}
    at[route.method.toLowerCase()] = operation(route)
    found[route.path] = at
  }
  return found
}

function operation({ operationId, summary, description, params, body, answer, problems: own }: PosRoute) {
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(params === undefined ? {} : { parameters: [SALE_ID] }),
    ...(body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: reference(nameOf(body, SENT)) } } },
        }),
    responses: {
      '200': { description: 'Done.', content: { 'application/json': { schema: reference(nameOf(answer, ANSWERED)) } } },
      ...problems([...own, ...OF_EVERY_ROUTE]),
    },
  }
}

const SALE_ID = {
  name: 'saleId',
  in: 'path',
  required: true,
  description: 'The till’s own number of the sale.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,64}$' },
}

/** One answer a status, with the reasons that it may have. */
function problems(reasons: readonly PosReason[]): Record<string, unknown> {
  const byStatus = new Map<number, PosReason[]>()
  for (const reason of new Set(reasons)) {
    const { status } = POS_PROBLEMS[reason]
    byStatus.set(status, [...(byStatus.get(status) ?? []), reason])
  }
  const content = { 'application/problem+json': { schema: reference('PosProblem') } }
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      String(status),
      { description: named.map((reason) => `\`${reason}\`: ${POS_PROBLEMS[reason].title}`).join(' '), content },
    ]),
  )
}

function schemas(named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, unknown> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const { schemas: made } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(
    Object.entries(made).map(([id, schema]) => {
      const { $schema: _, $id: _id, ...rest } = schema as Record<string, unknown>
      return [id, rest]
    }),
  )
}
