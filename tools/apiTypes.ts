import { writeFileSync } from 'node:fs'
import { astToString, openapiTypes } from '@tapcoupon/openapi-types'
import { apiDocument } from './apiDocument.ts'

export const API_TYPES = new URL('../core/contract/generated/api.ts', import.meta.url)

/** TypeScript types of every route, from the server's own description of them. */
export async function apiTypes(): Promise<string> {
  const document = (await apiDocument()) as Parameters<typeof openapiTypes>[0]
  return `// Made by \`npm run api\` from the server's OpenAPI document; a test compares it.\n\n${astToString(await openapiTypes(document))}`
}

if (import.meta.main) writeFileSync(API_TYPES, await apiTypes())
