import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Reason } from './operators.ts'

/** What an integrator's key may be good for; the server's table of access says which routes that is. */
export const API_SCOPES = [
  'campaigns:read',
  'search',
  'redeem',
  'acquire',
  'redemptions:read',
  'reports:read',
  'events:read',
  'audit:read',
] as const
export const ApiScope = z.enum(API_SCOPES)
export type ApiScope = z.infer<typeof ApiScope>

/** Scopes by which a key acts as a till of one store: it has to name the store. */
export const STORE_SCOPES: readonly ApiScope[] = ['search', 'redeem', 'acquire']

export const API_KEY_MOST_DAYS = 730

/** `POST /v1/api-keys`: the caller makes the id. */
export const ApiKeyRequest = z.object({
  keyId: Uuid7,
  name: z.string().trim().min(1).max(100),
  scopes: z.array(ApiScope).min(1).max(API_SCOPES.length),
  storeId: z.string().min(1).max(64).nullable().default(null),
  /** Days it is good for. */
  days: z.int().min(1).max(API_KEY_MOST_DAYS).default(365),
  reason: Reason.optional(),
})
export type ApiKeyRequest = z.infer<typeof ApiKeyRequest>

export const ApiKeyView = z.object({
  keyId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  storeId: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** To the hour; null: never. */
  lastUsedAt: z.iso.datetime().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
})
export type ApiKeyView = z.infer<typeof ApiKeyView>

export const ApiKeyListQuery = z.object({
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
})

/** Newest first. */
export const ApiKeyListResponse = z.object({
  keys: z.array(ApiKeyView),
  /** Of the next page; null: there is none. */
  cursor: z.string().nullable(),
})
export type ApiKeyListResponse = z.infer<typeof ApiKeyListResponse>

/** `token` is shown once and sent as `Authorization: Bearer`; a repeated request makes a new one in place of the first. */
export const ApiKeyMade = z.object({ key: ApiKeyView, token: z.string() })
export type ApiKeyMade = z.infer<typeof ApiKeyMade>

/** `POST /v1/api-keys/{id}/revoke`: at once and for good. */
export const ApiKeyRevoke = z.object({ reason: Reason })
export type ApiKeyRevoke = z.infer<typeof ApiKeyRevoke>
export const ApiKeyResponse = z.object({ key: ApiKeyView })
export type ApiKeyResponse = z.infer<typeof ApiKeyResponse>
