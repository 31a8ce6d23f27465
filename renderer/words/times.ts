const DAY_MS = 86_400_000

/** Time of day today, day and time otherwise: `14:05`, `Nov 21, 14:05`. */
export function moment(language: string, at: number, now: number): string {
  const today = endsToday(at, now)
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(today ? {} : { month: 'short', day: 'numeric' }),
  }).format(at)
}

/** A day, with its year only when it is far: `Nov 30`, `Mar 1, 2028`. */
export function day(language: string, at: number, now: number): string {
  const far = Math.abs(at - now) > 300 * DAY_MS
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    ...(far ? { year: 'numeric' } : {}),
  }).format(at)
}

/** Whether a coupon's end falls on the day of `now`. */
export function endsToday(at: number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString()
}

/** 1 = Monday … 7 = Sunday, as in core/campaigns/rules.ts. */
export function weekday(language: string, number: number): string {
  // 2024-01-01 was a Monday.
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, number))
}
