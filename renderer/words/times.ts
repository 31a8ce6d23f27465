const DAY_MS = 86_400_000

/** Time of day today, day and time otherwise: `14:05`, `Nov 21, 14:05`. */
export function moment(language: string, at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString()
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

/** Whether a coupon ends within a day of `now`. */
export function endsToday(at: number, now: number): boolean {
  return at >= now && at - now < DAY_MS
}
