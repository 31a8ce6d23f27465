import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { SETTINGS_HEADER } from '../../core/contract/counterSettings.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { PROGRAM_HEADER } from '../../core/contract/stationList.ts'
import type { Clock } from '../../core/ports/clock.ts'
import { lacksSecondFactor } from '../people/decidePerson.ts'
import { RequestProblem } from '../problems.ts'
import type { CouponStore, StationRecord } from '../store/couponStore.ts'
import { type Access, isPassive, mayDo, mayDoBeforeSecondFactor, mayDoRevoked } from './access.ts'
import { cookieToken } from './officeCookie.ts'
import type { Principal } from './principal.ts'
import { type RequestRate, requestLimit } from './requestLimit.ts'
import { requestSource } from './sameOrigin.ts'
import { isApiKey, secretHash } from './secrets.ts'
import { tokenEnd } from './stationTokens.ts'

const principals = new WeakMap<FastifyRequest, Principal>()
const accesses = new WeakMap<object, Access>()

const BEARER = /^Bearer ([A-Za-z0-9_-]{1,256})$/i
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

export type Guard = (access: Access) => onRequestHookHandler

export interface GuardOptions {
  readonly store: Pick<CouponStore, 'stationByToken' | 'sessionByToken' | 'apiKeyByToken'>
  readonly clock: Clock
  /** Absent: nobody asks too often. */
  readonly rate?: RequestRate
  /** Roles that may do nothing before they have a second factor. */
  readonly secondFactorFor?: readonly OperatorRole[]
  /** Told of every station that was let in, with the program that it says it runs. */
  readonly saw?: (stationId: string, program: string | undefined, settings: string | undefined) => void
}

/**
 * Makes the guards of routes: the only place where it is found out who asks and whether they may. Without a known token or
 * session: 401 `unauthorized`; with a revoked station's: 401 `station_revoked`, but where a revoked one may still call;
 * with a role that may not, a change by a browser that does not come from our own pages, or a second factor that is
 * missing: 403 `operator_not_allowed`; too often: 429.
 */
export function guards({ store, clock, rate, secondFactorFor = [], saw }: GuardOptions): Guard {
  const waitOf = rate ? requestLimit(clock, rate) : () => 0
  const asking = stationsAsking()

  const byToken = async (token: string, access: Access): Promise<Principal> => {
    const found = DECIDED_LATER.includes(access) ? asking.lookUp() : null
    const hash = secretHash(token)
    if (isApiKey(token)) {
      const known = await store.apiKeyByToken(hash, clock.now())
      if (!known) throw unknownToken()
      const { key: apiKey, station } = known
      return station
        ? { kind: 'station', station: { ...station, isApiKey: true }, apiKey }
        : { kind: 'api_key', apiKey }
    }
    const station = await store.stationByToken(hash)
    if (!station) return bySession(hash, access)
    if (station.state === 'revoked' && !mayDoRevoked(access)) {
      throw new RequestProblem(401, 'station_revoked', 'this station was revoked')
    }
    const end = tokenEnd(token)
    if (end !== null && end <= clock.now()) throw unknownToken()
    const principal = { kind: 'station', station } as const
    found?.(token, principal)
    return principal
  }

  const bySession = async (hash: Uint8Array, access: Access): Promise<Principal> => {
    const signedIn = await store.sessionByToken(hash, clock.now(), !isPassive(access))
    if (!signedIn) throw unknownToken()
    return { kind: 'operator', ...signedIn }
  }

  const principalOf = async (request: FastifyRequest, access: Access): Promise<Principal> => {
    const { authorization } = request.headers
    const token = BEARER.exec(authorization ?? '')?.[1]
    if (token) return byToken(token, access)
    const cookie = authorization === undefined ? cookieToken(request) : null
    if (cookie === null) throw new RequestProblem(401, 'unauthorized', 'send a bearer token, or sign in')
    const principal = await bySession(secretHash(cookie), access)
    // The cookie comes along whoever made the browser ask.
    if (!SAFE_METHODS.includes(request.method) && requestSource(request) !== 'ours') {
      throw new RequestProblem(403, 'operator_not_allowed', 'this does not come from our own pages')
    }
    return principal
  }

  const isMissingSecondFactor = (principal: Principal, access: Access): boolean =>
    principal.kind === 'operator' &&
    lacksSecondFactor(principal.operator.role, principal.hasSecondFactor, secondFactorFor) &&
    !mayDoBeforeSecondFactor(access)

  const letIn = (request: FastifyRequest, principal: Principal, access: Access): void => {
    if (!mayDo(principal, access)) throw new RequestProblem(403, 'operator_not_allowed', 'this role may not do that')
    if (isMissingSecondFactor(principal, access)) {
      throw new RequestProblem(403, 'operator_not_allowed', 'set up your second factor first')
    }
    const waitMs = waitOf(callerOf(principal))
    if (waitMs > 0) throw tooOften('too many requests', waitMs)
    if (principal.kind === 'station') {
      const { [PROGRAM_HEADER]: program, [SETTINGS_HEADER]: settings } = request.headers
      saw?.(principal.station.stationId, program?.toString(), settings?.toString())
    }
    principals.set(request, principal)
  }

  return (access) => {
    const isDecidedLater = DECIDED_LATER.includes(access)
    const hook: onRequestHookHandler = (request, _reply, done) => {
      const { authorization = '' } = request.headers
      const station = isDecidedLater ? asking.known(authorization) : undefined
      if (station) {
        try {
          letIn(request, station, access)
        } catch (error) {
          done(error as Error)
          return
        }
        done()
        return
      }
      principalOf(request, access)
        .then((principal) => letIn(request, principal, access))
        .then(() => done(), done)
    }
    accesses.set(hook, access)
    return hook
  }
}

/** What is decided after this turn of the event loop, whoever asked: who a station is may be as old as the turn. */
const DECIDED_LATER: readonly Access[] = ['search', 'redemptions.redeem']

type AskingStation = Extract<Principal, { kind: 'station' }>

/** Stations that ask several times within one turn of the event loop, by what they send in `Authorization`: looked up once. */
function stationsAsking() {
  const asking = new Map<string, AskingStation>()
  return {
    known: (authorization: string): AskingStation | undefined => asking.get(authorization),
    /** Call before a station is looked up. What is found in a later turn is remembered for nobody. */
    lookUp(): (token: string, station: AskingStation) => void {
      let isOver = false
      setImmediate(() => {
        isOver = true
        asking.clear()
      })
      return (token, station) => {
        if (!isOver) asking.set(`Bearer ${token}`, station)
      }
    },
  }
}

const unknownToken = (): RequestProblem =>
  new RequestProblem(401, 'unauthorized', 'the token is not known or has expired')

/** 429 with how long to wait. */
export const tooOften = (detail: string, waitMs: number): RequestProblem =>
  new RequestProblem(429, undefined, detail, { retryAfterSeconds: Math.ceil(waitMs / 1_000) })

function callerOf(principal: Principal): string {
  switch (principal.kind) {
    case 'operator':
      return principal.operator.operatorId
    case 'station':
      return principal.station.stationId
    case 'api_key':
      return principal.apiKey.keyId
  }
}

/** What a guard guards; null for any other hook. */
export const accessOf = (hook: unknown): Access | null =>
  typeof hook === 'function' ? (accesses.get(hook) ?? null) : null

/** Whom a guarded route speaks with. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request)
  if (!principal) throw new Error('a route without a guard asked who is calling')
  return principal
}

/** The station behind a route that only stations may call. */
export function stationOf(request: FastifyRequest): StationRecord {
  const principal = principalOf(request)
  if (principal.kind !== 'station') throw new RequestProblem(403, 'operator_not_allowed', 'only stations may do that')
  return principal.station
}

/** Who is signed in, behind a route that only operators may call. */
export function signedInOf(request: FastifyRequest): Extract<Principal, { kind: 'operator' }> {
  const principal = principalOf(request)
  if (principal.kind !== 'operator') throw new RequestProblem(403, 'operator_not_allowed', 'only people may do that')
  return principal
}

/** The operator behind a route that only operators may call. */
export const operatorOf = (request: FastifyRequest): Extract<Principal, { kind: 'operator' }>['operator'] =>
  signedInOf(request).operator
