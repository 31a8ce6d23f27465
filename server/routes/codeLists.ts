import { canonicalCode, codeFrom, codeKeys } from '../../core/acquisition/code.ts'
import { CodeList, CodeListPage, CodeListRequest, CodesRequest, CodesResponse } from '../../core/contract/codeLists.ts'
import type { MediumKey } from '../../core/media/medium.ts'
import { operatorOf } from '../auth/authenticate.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { differs, notFound } from '../problems.ts'
import { hmacSha256 } from '../system.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const shared = { tags: ['registration'], security: BEARER }
const NO_SUCH_LIST = 'no list of codes has this id'

/** Unique codes, made here or elsewhere; only what they hash to is kept. */
export const codeListRoutes: Routes = (app, { store, guard, hashKeys, clock }) => {
  app.route({
    method: 'POST',
    url: '/v1/campaigns/:id/code-lists',
    onRequest: guard('codes.administer'),
    schema: {
      ...shared,
      summary: 'Make a list of unique codes for a campaign',
      params: ById,
      body: CodeListRequest,
      response: { 200: CodeList, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId } = operatorOf(request)
      const made = await store.makeCodeList({
        ...request.body,
        campaignId: request.params.id,
        operatorId,
        now: clock.now(),
      })
      if (made === 'differs') throw differs()
      if (!made) throw notFound('no campaign has this id')
      return made
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/campaigns/:id/code-lists',
    onRequest: guard('codes.read'),
    schema: {
      ...shared,
      summary: 'The lists of codes of a campaign, newest first',
      params: ById,
      response: { 200: CodeListPage, ...PROBLEMS },
    },
    handler: async (request) => ({ lists: [...(await store.codeLists(request.params.id))] }),
  })

  app.route({
    method: 'POST',
    url: '/v1/code-lists/:id/codes',
    onRequest: guard('codes.administer'),
    schema: {
      ...shared,
      summary: 'Put up to 5,000 codes into a list: made from the deployment’s key, or your own',
      params: ById,
      body: CodesRequest,
      response: { 200: CodesResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId } = operatorOf(request)
      const listId = request.params.id
      const list = await store.codeList(listId)
      if (!list) throw notFound(NO_SUCH_LIST)
      const { body } = request
      const made = 'codes' in body ? null : madeCodes(listId, body.first, body.count, hashKeys)
      const given = made ?? ('codes' in body ? body.codes : [])
      const { keys, unusable } = keysOf(given, hashKeys)
      const put = await store.putCodes({ listId, keys, operatorId, now: clock.now() })
      if (!put) throw notFound(NO_SUCH_LIST)
      return { listId, ...put, unusable, ...(made ? { codes: made } : {}) }
    },
  })
}

/** Of the oldest key: the same as long as that is in force, whatever newer ones there are. */
function madeCodes(listId: string, first: number, count: number, hashKeys: readonly HashKey[]): string[] {
  const oldest = hashKeys.reduce((a, b) => (b.v < a.v ? b : a))
  return Array.from({ length: count }, (_, index) =>
    codeFrom(hmacSha256(oldest.key, Buffer.from(`tapcoupon-new-code-1\0${listId}\0${first + index}`))),
  )
}

function keysOf(codes: readonly string[], hashKeys: readonly HashKey[]) {
  const keys: MediumKey[] = []
  const unusable: number[] = []
  codes.forEach((code, place) => {
    const canonical = canonicalCode(code)
    const key = canonical === null ? undefined : codeKeys(canonical, hashKeys, hmacSha256)[0]
    if (key) keys.push(key)
    else unusable.push(place)
  })
  return { keys, unusable }
}
