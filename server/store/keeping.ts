import { uuid7Time } from '../../core/ids.ts'

const DAY_MS = 86_400_000

/**
 * How long ids are remembered: the longest offline age that settings allow (720 hours) and 90 days more (CONTRACT.md
 * §9). An older id could be one that was forgotten, so nothing is decided under it.
 */
export const KEEPING_MS = (30 + 90) * DAY_MS

/** Whether an id was made before what is remembered. */
export function isTooOld(id: string, now: number): boolean {
  return uuid7Time(id) < now - KEEPING_MS
}

/**
 * How long a copy is kept up by changes: then a new one takes its place, without what has left its scope. Nothing that a
 * copy may hold is erased here without a trace before.
 */
export const COPY_LASTS_MS = 30 * DAY_MS

/** Beyond so many changes a snapshot is there sooner, and nothing remembers which they were: it may be lowered, not raised. */
export const FAR_BEHIND = 200_000

/** How long what others are told of can be sent again. */
export const NOTICES_KEPT_MS = 14 * DAY_MS
