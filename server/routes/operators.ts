import {
  CASHIER_PIN_MIN,
  MANAGER_PIN_MIN,
  OperatorListResponse,
  OperatorMade,
  OperatorPin,
  OperatorRequest,
  OperatorReset,
  OperatorResponse,
  OperatorUpdate,
  SetUpCode,
} from '../../core/contract/operators.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { type Outcome, unreachable } from '../../core/outcome.ts'
import { byOperator } from '../audit/entry.ts'
import { operatorOf } from '../auth/authenticate.ts'
import { pinVerifier } from '../auth/pins.ts'
import { secretHash } from '../auth/secrets.ts'
import { newSetUpCode } from '../auth/setUpCode.ts'
import type { PersonCommand, PersonProblem } from '../people/commands.ts'
import { mayHavePassword, NO_PIN, type Person } from '../people/person.ts'
import { operatorView } from '../people/views.ts'
import { differs, notFound, RequestProblem } from '../problems.ts'
import { BEARER, ById, PROBLEMS, type Routes } from './route.ts'

/** A one-time code for setting a password is good for a day. */
export const SET_UP_MS = 24 * 60 * 60_000

type Request = Parameters<typeof operatorOf>[0]

/** An administrator's work on who may do what. */
export const operatorRoutes: Routes = (app, { store, guard, clock, ids, secondFactorFor }) => {
  const shared = { tags: ['people'], security: BEARER }

  const commonOf = (request: Request, operatorId: string, reason: string | null) => ({
    operatorId,
    by: byOperator(operatorOf(request).operatorId),
    reason,
    now: clock.now(),
  })

  const change = async (command: PersonCommand): Promise<Person> => {
    const changed: Outcome<Person, { readonly problem: PersonProblem }> = await store.changePerson(command)
    if (!changed.ok) throw personProblem(changed.problem)
    return changed.value
  }

  const view = (person: Person) => operatorView(person, secondFactorFor, clock.now())

  const newSetUp = () => {
    const code = newSetUpCode(ids)
    const until = clock.now() + SET_UP_MS
    const shown = { code, expiresAt: new Date(until).toISOString() }
    return { kept: { codeHash: secretHash(code), until }, shown }
  }

  app.route({
    method: 'GET',
    url: '/v1/operators',
    onRequest: guard('operators.read'),
    schema: { ...shared, summary: 'All operators', response: { 200: OperatorListResponse, ...PROBLEMS } },
    handler: async () => ({ operators: (await store.people()).map(view) }),
  })

  app.route({
    method: 'POST',
    url: '/v1/operators',
    onRequest: guard('operators.administer'),
    schema: {
      ...shared,
      summary: 'Add an operator; whoever works at the office sets a password with the one-time code',
      body: OperatorRequest,
      response: { 200: OperatorMade, ...PROBLEMS },
    },
    handler: async (request) => {
      const { operatorId, name, role, storeId, pin, reason = null } = request.body
      if (pin !== undefined) refuseShortPin(pin, role)
      const setUp = mayHavePassword(role) ? newSetUp() : null
      const person = await change({
        ...commonOf(request, operatorId, reason),
        kind: 'add',
        name,
        role,
        storeId,
        pin: pin === undefined ? NO_PIN : await pinVerifier(pin, ids),
        setUp: setUp?.kept ?? null,
      })
      return { operator: view(person), setUp: setUp?.shown ?? null }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/operators/:id/update',
    onRequest: guard('operators.administer'),
    schema: {
      ...shared,
      summary: 'Another name, role or store, or leaving; the sessions of whoever may do something else now end',
      params: ById,
      body: OperatorUpdate,
      response: { 200: OperatorResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { reason, ...wanted } = request.body
      return {
        operator: view(await change({ ...commonOf(request, request.params.id, reason), kind: 'update', ...wanted })),
      }
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/operators/:id/reset',
    onRequest: guard('operators.administer'),
    schema: {
      ...shared,
      summary: 'A one-time code for a new password; the old one and every session end at once',
      params: ById,
      body: OperatorReset,
      response: { 200: SetUpCode, ...PROBLEMS },
    },
    handler: async (request) => {
      const { secondFactor, reason } = request.body
      const { kept, shown } = newSetUp()
      await change({ ...commonOf(request, request.params.id, reason), kind: 'reset', secondFactor, setUp: kept })
      return shown
    },
  })

  app.route({
    method: 'POST',
    url: '/v1/operators/:id/pin',
    onRequest: guard('operators.administer'),
    schema: {
      ...shared,
      summary: 'The PIN that a cashier or manager signs in with at counters',
      params: ById,
      body: OperatorPin,
      response: { 200: OperatorResponse, ...PROBLEMS },
    },
    handler: async (request) => {
      const { pin, reason } = request.body
      const { id } = request.params
      const person = await store.person(id)
      if (!person) throw notFound('no operator has this id')
      if (pin !== null) refuseShortPin(pin, person.operator.role)
      const verifier = pin === null ? NO_PIN : await pinVerifier(pin, ids)
      return { operator: view(await change({ ...commonOf(request, id, reason), kind: 'pin', pin: verifier })) }
    },
  })
}

/** A manager can do more with it than a cashier. Digits or not is nobody's business. */
function refuseShortPin(pin: string, role: OperatorRole): void {
  const least = role === 'cashier' ? CASHIER_PIN_MIN : MANAGER_PIN_MIN
  if (pin.length >= least) return
  throw new RequestProblem(400, 'invalid_request', `a PIN of this role has at least ${least} characters`, {
    errors: [{ path: '/pin', message: 'too_short' }],
  })
}

/** What a person command that changed nothing says to its caller. */
export function personProblem(problem: PersonProblem): RequestProblem {
  const at = (path: string, message: string, detail: string) =>
    new RequestProblem(409, 'invalid_request', detail, { errors: [{ path, message }] })
  switch (problem) {
    case 'not_found':
      return notFound('no operator has this id')
    case 'differs':
      return differs()
    case 'name_taken':
      return at('/name', 'taken', 'somebody has this name already')
    case 'no_such_store':
      return at('/storeId', 'unknown', 'no store has this storeId')
    case 'last_admin':
      return at('/role', 'last_admin', 'somebody has to be administrator')
    case 'oneself':
      return at('/operatorId', 'oneself', 'ask another administrator to do this')
    case 'not_this_role':
      return at('/role', 'not_this_role', 'whoever has this role, or has left, does not sign in this way')
    case 'stale':
      return new RequestProblem(409, 'in_progress', 'this has changed meanwhile; look again')
    default:
      return unreachable(problem)
  }
}
