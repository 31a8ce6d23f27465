import { type AuditActor, byOperator } from '../audit/entry.ts'
import type { Principal } from './principal.ts'

/** Who is written down for what a request does. */
export function actorOf(principal: Principal): AuditActor {
  switch (principal.kind) {
    case 'operator':
      return byOperator(principal.operator.operatorId)
    case 'station':
      if (principal.apiKey) return { kind: 'api_key', id: principal.apiKey.keyId }
      return { kind: 'station', id: principal.station.stationId }
    case 'api_key':
      return { kind: 'api_key', id: principal.apiKey.keyId }
  }
}
