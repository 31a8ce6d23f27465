const HOUR_MS = 3_600_000

/** The stores' time zone has no daylight saving: UTC+9, and their day begins at four. */
const ZONE_MS = 9 * HOUR_MS
export const DAY_STARTS_HOUR = 4

/** On which day of business a moment (epoch milliseconds) falls. */
export function businessDay(at: number): string {
  return new Date(at + ZONE_MS - DAY_STARTS_HOUR * HOUR_MS).toISOString().slice(0, 10)
}
