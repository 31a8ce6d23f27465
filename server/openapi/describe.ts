import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Problem } from '../../core/contract/problem.ts'
import { CONTRACT_VERSION } from '../../core/contract/version.ts'
import { operationId } from './operationIds.ts'

/** What stands once in the description and is referred to: every route answers with it. */
const schemaRegistry = z.registry<{ id: string }>()
schemaRegistry.add(Problem, { id: 'Problem' })

const describe = createJsonSchemaTransform({ schemaRegistry })

/** How the API is described, as OpenAPI 3.1: what routes say of themselves, each under a name of its own. */
export const API_DESCRIPTION = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Tapcoupon',
      version: String(CONTRACT_VERSION),
      description: 'The coupon server.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  },
  transform: ((route) => {
    const { schema, url } = describe(route)
    const [method = 'GET'] = [route.route.method].flat()
    return { schema: { operationId: operationId(method, route.url), ...schema }, url }
  }) as typeof describe,
  transformObject: createJsonSchemaTransformObject({ schemaRegistry }),
} as const
