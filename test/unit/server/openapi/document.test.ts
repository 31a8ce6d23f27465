import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import createClient from 'openapi-fetch'
import { beforeAll, describe, expect, it } from 'vitest'
import type { paths } from '../../../../core/contract/generated/api.ts'
import { apiDocument } from '../../../../tools/apiDocument.ts'
import { API_TYPES, apiTypes } from '../../../../tools/apiTypes.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>
}

const OPEN = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/v1/sessions',
  '/v1/stations/enrol',
  '/v1/stations/enrol/preview',
  '/v1/stations/challenge',
  '/v1/stations/token',
  '/v1/office/sign-in',
  '/v1/office/set-up',
]

let document: { paths: Record<string, Record<string, Operation>> }
let operations: [string, Operation][]
beforeAll(async () => {
  document = (await apiDocument()) as typeof document
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  )
})

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true })
  })

  it('says of every route what it is called, what it is for, what it answers and how it refuses', () => {
    expect(operations.length).toBeGreaterThan(60)
    for (const [name, { operationId, summary, tags, responses }] of operations) {
      expect({ name, operationId, summary, tags }).toEqual({
        name,
        operationId: expect.stringMatching(/^[a-z][A-Za-z0-9]+$/),
        summary: expect.stringMatching(/./),
        tags: [expect.any(String)],
      })
      for (const status of ['4XX', '5XX']) {
        expect(responses[status]?.content, name).toHaveProperty(['application/problem+json'])
      }
      const good = Object.keys(responses).filter((status) => status.startsWith('2'))
      expect(good.length, name).toBeGreaterThan(0)
    }
    const ids = operations.map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('lists are read page by page in one way: `cursor` and `limit` in, `cursor` out', () => {
    for (const [name, { parameters = [], responses }] of operations) {
      const names = parameters.filter((one) => one.in === 'query').map((one) => one.name)
      if (!names.includes('limit')) continue
      expect(names, name).toContain('cursor')
      expect(JSON.stringify(responses[200]), name).toContain('"cursor"')
    }
  })

  it('says which routes are open to all', () => {
    for (const [name, { security }] of operations) {
      const path = name.split(' ')[1] ?? ''
      if (!security) expect(OPEN.includes(path) || path.startsWith('/v1/my'), name).toBe(true)
    }
  })
})

describe('the types of the API', () => {
  it('are those of the routes: `npm run api` makes them anew', async () => {
    expect(readFileSync(API_TYPES, 'utf8')).toBe(await apiTypes())
  })

  it('are a typed client’s, with openapi-fetch', async () => {
    const asked: Request[] = []
    const client = createClient<paths>({
      baseUrl: 'https://coupons.example',
      fetch: async (request) => {
        asked.push(request)
        return Response.json({ webhooks: [], cursor: null })
      },
    })
    const { data } = await client.GET('/v1/webhooks', { params: { query: { limit: 5 } } })
    expect(data?.webhooks).toEqual([])
    expect(asked[0]?.url).toBe('https://coupons.example/v1/webhooks?limit=5')
  })
})
