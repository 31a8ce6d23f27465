import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { POS_PROBLEMS } from '../../../../core/pos/problems.ts'
import { POS_ROUTES } from '../../../../core/pos/routes.ts'
import { posDocument } from '../../../../counter/pos/openapi.ts'
import { POS_TYPES, posTypes } from '../../../../tools/apiTypes.ts'

const document = posDocument('1.2.3') as {
  readonly info: { readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string; responses: object }>>>>
}

describe('the description of the POS bridge', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(posDocument('1.2.3')))).toMatchObject({ valid: true })
    expect(document.info.version).toBe('1.2.3')
  })

  it('has every route, with every problem that it may answer', () => {
    for (const { path, method, operationId, problems } of POS_ROUTES) {
      const found = document.paths[path]?.[method.toLowerCase()]
      expect(found?.operationId).toBe(operationId)
      for (const reason of [...problems, 'unauthorized', 'origin_not_allowed'] as const) {
        const { status } = POS_PROBLEMS[reason]
        expect(found?.responses, `${operationId} ${reason}`).toHaveProperty([String(status), 'description'])
        expect(JSON.stringify(found?.responses), `${operationId} ${reason}`).toContain(`\`${reason}\``)
      }
    }
  })

  it('is what the client’s types are made from: `npm run api` makes them anew', async () => {
    expect(readFileSync(POS_TYPES, 'utf8')).toBe(await posTypes())
  })
})
