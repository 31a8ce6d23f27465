import { writeFileSync } from 'node:fs'
import { astToString, openapiTypes } from '@tapcoupon/openapi-types'
import { posDocument } from '../counter/pos/openapi.ts'
import { apiDocument } from './apiDocument.ts'

export const API_TYPES = new URL('../core/contract/generated/api.ts', import.meta.url)
export const POS_TYPES = new URL('../packages/pos-client/generated/api.ts', import.meta.url)

/** TypeScript types of every route, from the server's own description of them. */
export async function apiTypes(): Promise<string> {
  return typesOf('server', await apiDocument())
}

/** The same of the counter's POS bridge. */
export function posTypes(): Promise<string> {
  // What has a default need not be sent.
  return typesOf('POS bridge', posDocument('generated'), { defaultNonNullable: false })
}

type Asked = Parameters<typeof openapiTypes>

async function typesOf(whose: string, document: unknown, options: Asked[1] = {}): Promise<string> {
  const types = await openapiTypes(document as Asked[0], options)
  return `// Made by \`npm run api\` from the ${whose}'s OpenAPI document; a test compares it.\n\n${astToString(types)}`
}

if (import.meta.main) {
  writeFileSync(API_TYPES, await apiTypes())
  writeFileSync(POS_TYPES, await posTypes())
}
