import { z } from 'zod'
import { Amount } from '../money.ts'
import { Override } from '../redemption/overrides.ts'

/** What a screen needs to say how much may still be done offline, and by whose word. */
export const OfflineView = z.object({
  /** false: the store wants the server asked for everything. */
  allowed: z.boolean(),
  /** The caps of the moment, raised where a manager raised them; the copy's own time is `connection.replicaAsOf`. */
  storedCount: z.object({ used: z.int(), limit: z.int() }),
  storedValue: z.object({ used: Amount, limit: Amount }),
  maxReplicaAgeHours: z.number(),
  /** What a manager has set aside, by whom, why and until when. */
  overrides: z.array(Override),
})
export type OfflineView = z.infer<typeof OfflineView>

/** Of a counter that knows no settings yet. */
export const NO_OFFLINE_VIEW: OfflineView = {
  allowed: false,
  storedCount: { used: 0, limit: 0 },
  storedValue: { used: 0, limit: 0 },
  maxReplicaAgeHours: 0,
  overrides: [],
}

const HOUR_MS = 3_600_000
/** At a fifth a cap is worth a warning: there is still time to call somebody. */
const LOW = 0.2

export type CapLevel = 'calm' | 'low' | 'reached'

export interface CapLeft {
  readonly cap: 'stored_count' | 'stored_value' | 'replica_age'
  /** Approvals, minor units, or milliseconds. */
  readonly left: number
  readonly limit: number
  readonly level: CapLevel
}

/** What is left of each cap at `now` (epoch milliseconds), in the order count, value, age. */
export function capsLeft(view: OfflineView, replicaAsOf: number | null, now: number): CapLeft[] {
  const { storedCount, storedValue, maxReplicaAgeHours } = view
  const maxAge = maxReplicaAgeHours * HOUR_MS
  const ageLeft = replicaAsOf === null ? 0 : maxAge - Math.max(0, now - replicaAsOf)
  return [
    capLeft('stored_count', storedCount.limit - storedCount.used, storedCount.limit),
    capLeft('stored_value', storedValue.limit - storedValue.used, storedValue.limit),
    capLeft('replica_age', ageLeft, maxAge),
  ]
}

/** A level for anything that runs out, leases too. */
export function levelOf(left: number, limit: number): CapLevel {
  if (left <= 0) return 'reached'
  return left <= limit * LOW ? 'low' : 'calm'
}

function capLeft(cap: CapLeft['cap'], left: number, limit: number): CapLeft {
  return { cap, left: Math.max(0, left), limit, level: levelOf(left, limit) }
}
