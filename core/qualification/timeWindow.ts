import type { Campaign } from '../campaigns/campaign.ts'
import type { CampaignRules } from '../campaigns/rules.ts'
import type { PlacedObjective } from '../objective.ts'
import { timeBoundaries, timeRefusal } from './conditions.ts'
import { localMoment } from './localMoment.ts'
import type { TimeWindow } from './model.ts'
import { type Refusal, standingReason } from './standing.ts'

const DAY_MINUTES = 1_440

/** After so long every minute of every weekday has passed, the hours that a change of the clocks skips included. */
const WHOLE_WEEK_MINUTES = 8 * DAY_MINUTES

/** Local time without a jump: minutes since 1970-01-01T00:00 on the wall clock, both inclusive. */
export interface LocalStretch {
  readonly from: number
  readonly until: number
}

const CLOCK_UNTRUSTED: Refusal = { reason: 'clock_untrusted', params: {} }

/** What the store's wall clock may show within the window: one stretch, or several where the clocks are changed in it. */
export function localStretches({ earliest, latest }: TimeWindow, timeZone: string): LocalStretch[] {
  const first = Math.floor(earliest / 60_000)
  const last = Math.max(first, Math.min(Math.floor(latest / 60_000), first + WHOLE_WEEK_MINUTES))
  const local = (minute: number): number => {
    const { epochDay, minuteOfDay } = localMoment(minute * 60_000, timeZone)
    return epochDay * DAY_MINUTES + minuteOfDay
  }
  const between = (a: number, b: number): LocalStretch[] => {
    const [from, until] = [local(a), local(b)]
    if (until - from === b - a) return [{ from, until }]
    if (b - a <= 1) {
      return [
        { from, until: from },
        { from: until, until },
      ]
    }
    const middle = a + Math.floor((b - a) / 2)
    return [...between(a, middle), ...between(middle, b)]
  }
  return between(first, last)
}

/**
 * As `standingReason`, for a time that is only known to lie in `window`: null when the coupon stands at both ends, its own
 * reason when that is the same at both, else `clock_untrusted`. Validity has no holes, so both ends speak for what is between.
 */
export function standingWithin(campaign: Campaign, expiresAt: number | null, window: TimeWindow): Refusal | null {
  const first = standingReason(campaign, expiresAt, window.earliest)
  const last = standingReason(campaign, expiresAt, window.latest)
  if (first?.reason === last?.reason) return first
  return CLOCK_UNTRUSTED
}

/**
 * As `timeRefusal`, for a time that is only known to lie in the window that `stretches` cover: hours and weekdays come and
 * go, so each minute at which the answer may change is looked at. null when all of them allow, `wrong_time` when none
 * does, else `clock_untrusted`.
 */
export function timeRefusalWithin(
  rules: CampaignRules,
  objective: PlacedObjective,
  stretches: readonly LocalStretch[],
): Refusal | null {
  const boundaries = timeBoundaries(rules, objective)
  let allowed = false
  let refused: Refusal | null = null
  for (const minute of stretches.flatMap((stretch) => minutesToLookAt(stretch, boundaries))) {
    const epochDay = Math.floor(minute / DAY_MINUTES)
    const refusal = timeRefusal(rules, objective, { epochDay, minuteOfDay: minute - epochDay * DAY_MINUTES })
    if (refusal) refused ??= refusal
    else allowed = true
    if (allowed && refused) return CLOCK_UNTRUSTED
  }
  return refused
}

/** The first minute, and each later one that begins a new answer. */
function minutesToLookAt({ from, until }: LocalStretch, boundaries: readonly number[]): number[] {
  const minutes = [from]
  for (let day = Math.floor(from / DAY_MINUTES); day * DAY_MINUTES <= until; day++) {
    for (const boundary of boundaries) {
      const minute = day * DAY_MINUTES + boundary
      if (minute > from && minute <= until) minutes.push(minute)
    }
  }
  return minutes
}
