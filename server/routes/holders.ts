import {
  EraseRequest,
  EraseResponse,
  FindHolderRequest,
  FoundHolder,
  Holder,
  HolderExport,
  Retention,
  SignOutPhonesRequest,
  SignOutPhonesResponse,
} from '../../core/contract/holders.ts'
import { byOperator } from '../audit/entry.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { presentationHash } from '../auth/presentationCode.ts'
import { contentHash } from '../events/intent.ts'
import { differs, invalidRequest, notFound } from '../problems.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

const shared = { tags: ['holders'], security: BEARER }
const NO_SUCH_HOLDER = 'no holder has this id'

/** Customers as staff see them: found by what they show, exported and erased at their wish. */
export const holderRoutes: Routes = (app, { store, guard, clock }) => {
  app.route({
    method: 'POST',
    url: '/v1/holders/find',
    onRequest: guard('holders.read'),
    schema: {
      ...shared,
      summary: 'Whose a medium is that was shown just now',
      body: FindHolderRequest,
      response: { 200: FoundHolder, ...PROBLEMS },
    },
    handler: async (request) => {
      const found = await store.holderOfPresentation(presentationHash(request.body.presentation), clock.now())
      if (!found) throw notFound('nobody has this medium, or it was not shown')
      return found
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/holders/:id',
    onRequest: guard('holders.read'),
    schema: {
      ...shared,
      summary: 'A customer’s media and coupons; never an identifier',
      params: ById,
      response: { 200: Holder, ...PROBLEMS },
    },
    handler: async (request) => {
      const holder = await store.holder(request.params.id, clock.now())
      if (!holder) throw notFound(NO_SUCH_HOLDER)
      return holder
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/holders/:id/export',
    onRequest: guard('holders.erase'),
    schema: {
      ...shared,
      summary: 'All that is kept of a customer, media by their type alone',
      params: ById,
      response: { 200: HolderExport, ...PROBLEMS },
    },
    handler: async (request, reply) => {
      const { operatorId } = operatorOf(request)
      const found = await store.exportHolder(request.params.id, byOperator(operatorId), clock.now())
      if (!found) throw notFound(NO_SUCH_HOLDER)
      reply.header('content-disposition', `attachment; filename="holder-${request.params.id}.json"`)
      return found
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/holders/:id/sign-out-phones',
    onRequest: guard('media.administer'),
    schema: {
      ...shared,
      summary: 'A customer’s phone is lost: every phone of theirs is signed out',
      params: ById,
      body: SignOutPhonesRequest,
      response: { 200: SignOutPhonesResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { reason } = request.body
      const by = byOperator(operatorOf(request).operatorId)
      const signedOut = await store.signOutPhones({ holderId: request.params.id, by, reason, now: clock.now() })
      if (signedOut === null) throw notFound(NO_SUCH_HOLDER)
      return { signedOut }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/holders/:id/erase',
    onRequest: guard('holders.erase'),
    schema: {
      ...shared,
      summary: 'Forget a customer for ever; redemptions stay and lead to nobody',
      params: ById,
      body: EraseRequest,
      response: { 200: EraseResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { actionId, reason } = request.body
      const holderId = request.params.id
      const intentHash = contentHash({ erase: holderId })
      if (!intentHash) throw invalidRequest('the request cannot be compared')
      const by = byOperator(operatorOf(request).operatorId)
      const answer = await store.eraseHolder({ actionId, holderId, reason, by, intentHash, now: clock.now() })
      if (answer.kind === 'differs') throw differs()
      if (answer.kind === 'unknown') throw notFound(NO_SUCH_HOLDER)
      return answer.response
    },
  })

  app.route({
    method: 'GET',
    url: '/v1/settings/retention',
    onRequest: guard('retention.read'),
    schema: { ...shared, summary: 'How long things are kept', response: { 200: Retention, ...PROBLEMS } },
    handler: () => store.retention(),
  })

  app.route({
    method: 'POST',
    url: '/v1/settings/retention',
    onRequest: guard('retention.administer'),
    schema: {
      ...shared,
      summary: 'Set how long things are kept',
      body: Retention,
      response: { 200: Retention, ...PROBLEMS },
    },
    handler: async (request) => {
      await store.setRetention(request.body, byOperator(operatorOf(request).operatorId), clock.now())
      return store.retention()
    },
  })
}
