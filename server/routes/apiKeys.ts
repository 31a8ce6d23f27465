import {
  ApiKeyListQuery,
  ApiKeyListResponse,
  ApiKeyMade,
  ApiKeyRequest,
  ApiKeyResponse,
  ApiKeyRevoke,
  type ApiKeyView,
  STORE_SCOPES,
} from '../../core/contract/apiKeys.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { newApiKey, secretHash } from '../auth/secrets.ts'
import { differs, invalidRequest, notFound } from '../problems.ts'
import type { ApiKeyRecord } from '../store/apiKeyCommands.ts'
import { NUMBER, pageOf, placeInList, UUID } from './listCursor.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const DAY_MS = 86_400_000

/** Keys for integrators' programs. */
export const apiKeyRoutes: Routes = (app, { store, guard, clock, ids }) => {
  const shared = { tags: ['integration'], security: BEARER }

  app.route({
    method: 'GET',
    url: '/v1/api-keys',
    onRequest: guard('apiKeys.read'),
    schema: {
      ...shared,
      summary: 'All keys, those that ended too',
      querystring: ApiKeyListQuery,
      response: { 200: ApiKeyListResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { cursor, limit } = request.query
      const [createdAt, keyId] = placeInList(cursor, [NUMBER, UUID]) ?? []
      const after = keyId === undefined ? undefined : { createdAt: Number(createdAt), keyId }
      const page = pageOf(await store.apiKeys(limit + 1, after), limit, (last) => [last.createdAt, last.keyId])
      return { keys: page.shown.map((key) => apiKeyView(key, clock.now())), cursor: page.cursor }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/api-keys',
    onRequest: guard('apiKeys.administer'),
    schema: {
      ...shared,
      summary: 'Make a key; its token is shown once',
      description:
        'With `search`, `redeem` or `acquire` it acts as a till of one store, which it names. The same request again, after its answer was lost, makes a new token in place of the first.',
      body: ApiKeyRequest,
      response: { 200: ApiKeyMade, ...PROBLEMS },
    },
    handler: async (request) => {
      const { keyId, name, storeId, days, reason = null } = request.body
      const scopes = [...new Set(request.body.scopes)].sort()
      const needsStore = scopes.some((scope) => STORE_SCOPES.includes(scope))
      if (needsStore && storeId === null) throw invalidRequest('these scopes are for one store: name it')
      const token = newApiKey(ids)
      const now = clock.now()
      const { operatorId: createdBy } = operatorOf(request)
      const expiresAt = now + days * DAY_MS
      const of = { keyId, name, scopes, storeId, createdBy, expiresAt, reason }
      const added = await store.addApiKey({ ...of, tokenHash: secretHash(token), now })
      if (added.ok) return { key: apiKeyView(added.value, now), token }
      throw added.problem === 'differs' ? differs() : invalidRequest('no store has this storeId')
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/api-keys/:id/revoke',
    onRequest: guard('apiKeys.administer'),
    schema: {
      ...shared,
      summary: 'End a key, at once and for good',
      params: ById,
      body: ApiKeyRevoke,
      response: { 200: ApiKeyResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId } = operatorOf(request)
      const now = clock.now()
      const key = await store.revokeApiKey({ keyId: request.params.id, operatorId, reason: request.body.reason, now })
      if (!key) throw notFound('no key has this id')
      return { key: apiKeyView(key, now) }
    },
  })
}

const iso = (at: number): string => new Date(at).toISOString()

function apiKeyView(key: ApiKeyRecord, now: number): ApiKeyView {
  const { keyId, name, scopes, storeId, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = key
  const ended = expiresAt <= now ? 'expired' : 'active'
  return {
    keyId,
    name,
    scopes: [...scopes],
    storeId,
    createdBy,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
    state: revokedAt === null ? ended : 'revoked',
  }
}
