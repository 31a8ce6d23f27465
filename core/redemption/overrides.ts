import { z } from 'zod'
import { MAX_REPLICA_AGE_HOURS, type OfflineSettings } from '../contract/stations.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'

/** The caps of a station that a manager may raise for a while. */
export const OFFLINE_CAPS = ['stored_count', 'stored_value', 'replica_age'] as const
export const OfflineCap = z.enum(OFFLINE_CAPS)
export type OfflineCap = z.infer<typeof OfflineCap>

/** `force_offline`: the counter decides alone though the server answers; the others raise the cap of their name. */
export const OverrideKind = z.enum(['force_offline', ...OFFLINE_CAPS])
export type OverrideKind = z.infer<typeof OverrideKind>

/** What a manager set aside, why and until when. Times are corrected, epoch milliseconds. */
export const Override = z.object({
  kind: OverrideKind,
  operatorId: z.string().max(64),
  name: z.string().max(100),
  reason: z.string().min(1).max(500),
  since: z.number(),
  until: z.number(),
  /** By how much the cap is raised; null for `force_offline`. */
  raisePercent: z.int().min(1).max(1_000).nullable(),
})
export type Override = z.infer<typeof Override>

export interface OfflineCaps {
  readonly maxStoredCount: number
  readonly maxStoredValue: number
  readonly maxReplicaAgeHours: number
}

/** A corrected clock may step back this far when it is measured anew; further, somebody has set it. */
const CLOCK_STEP_MS = 10 * 60_000

/**
 * The overrides that hold at `now`, never beyond what head office allows today: one that it has since forbidden or
 * shortened ends early, a raise is cut to what it allows. A clock that was set back revives and prolongs nothing.
 */
export function activeOverrides(
  overrides: readonly Override[],
  { override: bounds }: Pick<OfflineSettings, 'override'>,
  now: number,
): Override[] {
  return overrides.flatMap((override) => {
    const until = Math.min(override.until, override.since + bounds.maxMinutes * 60_000)
    if (now >= until || now < override.since - CLOCK_STEP_MS) return []
    if (override.kind === 'force_offline') return bounds.forceOffline ? [{ ...override, until }] : []
    const raisePercent = Math.min(override.raisePercent ?? 0, bounds.raisePercent)
    return raisePercent > 0 ? [{ ...override, until, raisePercent }] : []
  })
}

/** The caps as settings and active overrides make them. The copy's age never passes `MAX_REPLICA_AGE_HOURS`. */
export function capsUnder(settings: OfflineSettings, active: readonly Override[]): OfflineCaps {
  const raised = (cap: OfflineCap, limit: number): number => {
    const percent = active.find(({ kind }) => kind === cap)?.raisePercent ?? 0
    return limit + Math.floor((limit * percent) / 100)
  }
  return {
    maxStoredCount: raised('stored_count', settings.maxStoredCount),
    maxStoredValue: Math.min(Number.MAX_SAFE_INTEGER, raised('stored_value', settings.maxStoredValue)),
    maxReplicaAgeHours: Math.min(MAX_REPLICA_AGE_HOURS, raised('replica_age', settings.maxReplicaAgeHours)),
  }
}

/**
 * Whether a manager may begin this override: `operator_not_allowed` with `{maxMinutes}`, `{raisePercent}` or
 * `{forceOffline: false}` for what head office does not allow.
 */
export function mayOverride(
  { override: bounds }: Pick<OfflineSettings, 'override'>,
  wish: { readonly kind: OverrideKind; readonly minutes: number; readonly raisePercent: number | null },
): Outcome<null, { readonly reason: 'operator_not_allowed'; readonly params: Record<string, number | boolean> }> {
  const no = (params: Record<string, number | boolean>) => refused({ reason: 'operator_not_allowed' as const, params })
  if (wish.minutes < 1 || wish.minutes > bounds.maxMinutes) return no({ maxMinutes: bounds.maxMinutes })
  if (wish.kind === 'force_offline') return bounds.forceOffline ? accepted(null) : no({ forceOffline: false })
  const percent = wish.raisePercent ?? 0
  return percent >= 1 && percent <= bounds.raisePercent ? accepted(null) : no({ raisePercent: bounds.raisePercent })
}
