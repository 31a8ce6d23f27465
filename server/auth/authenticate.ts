import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Clock } from '../../core/ports/clock.ts'
import { RequestProblem } from '../problems.ts'
import type { CouponStore, StationRecord } from '../store/couponStore.ts'
import { type Access, mayDo, mayDoRevoked } from './access.ts'
import type { Principal } from './principal.ts'
import { secretHash } from './secrets.ts'

const principals = new WeakMap<FastifyRequest, Principal>()

const BEARER = /^Bearer ([A-Za-z0-9_-]{1,256})$/i

export type Guard = (access: Access) => onRequestAsyncHookHandler

/**
 * Makes the guards of routes. Without a known token: 401 `unauthorized`; with a revoked station's: 401
 * `station_revoked`, but where a revoked one may still call; with a role that may not: 403 `operator_not_allowed`.
 */
export function guards(store: Pick<CouponStore, 'stationByToken' | 'operatorBySession'>, clock: Clock): Guard {
  const principalOf = async (header: string | undefined, access: Access): Promise<Principal> => {
    const token = BEARER.exec(header ?? '')?.[1]
    if (!token) throw new RequestProblem(401, 'unauthorized', 'send a bearer token')
    const hash = secretHash(token)
    const station = await store.stationByToken(hash)
    if (station) {
      if (station.state === 'revoked' && !mayDoRevoked(access))
        throw new RequestProblem(401, 'station_revoked', 'this station was revoked')
      return { kind: 'station', station }
    }
    const operator = await store.operatorBySession(hash, clock.now())
    if (operator) return { kind: 'operator', operator }
    throw new RequestProblem(401, 'unauthorized', 'the token is not known or has expired')
  }

  return (access) => async (request) => {
    const principal = await principalOf(request.headers.authorization, access)
    if (!mayDo(principal, access)) throw new RequestProblem(403, 'operator_not_allowed', 'this role may not do that')
    principals.set(request, principal)
  }
}

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

/** The operator behind a route that only operators may call. */
export function operatorOf(request: FastifyRequest): Extract<Principal, { kind: 'operator' }>['operator'] {
  const principal = principalOf(request)
  if (principal.kind !== 'operator') throw new RequestProblem(403, 'operator_not_allowed', 'only people may do that')
  return principal.operator
}
