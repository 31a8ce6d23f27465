/** What a wall clock in a time zone shows. */
export interface LocalMoment {
  /** Days since 1970-01-01 of the local calendar date. */
  readonly epochDay: number
  /** Minutes since local midnight, 0–1439. */
  readonly minuteOfDay: number
}

const DAY_MS = 86_400_000

/** Making a formatter costs a hundred times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formatters.set(timeZone, made)
  return made
}

/** By time zone: the latest minute and what the clock showed in it. A till asks about now, over and over. */
const latest = new Map<string, { readonly minute: number; readonly moment: LocalMoment }>()

/** Local date and time of an instant (epoch milliseconds). Throws a `RangeError` for a name that is no time zone. */
export function localMoment(now: number, timeZone: string): LocalMoment {
  // Since 1972 every zone's offset from UTC is whole minutes, so local minutes begin where those of UTC do.
  const minute = Math.floor(now / 60_000)
  const known = latest.get(timeZone)
  if (known?.minute === minute) return known.moment
  const moment = momentIn(now, timeZone)
  latest.set(timeZone, { minute, moment })
  return moment
}

function momentIn(now: number, timeZone: string): LocalMoment {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatterFor(timeZone).formatToParts(now)) fields[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = fields
  return { epochDay: Date.UTC(year, month - 1, day) / DAY_MS, minuteOfDay: hour * 60 + minute }
}

/** Whether this program's time zone data knows a name: what a store is checked for before anything is decided there. */
export function isTimeZone(name: string): boolean {
  try {
    formatterFor(name)
    return true
  } catch {
    return false
  }
}

/** 1 = Monday … 7 = Sunday (ISO 8601); 1970-01-01 was a Thursday. */
export function isoWeekday(epochDay: number): number {
  return ((((epochDay + 3) % 7) + 7) % 7) + 1
}

/** `2026-11-22`. */
export function isoDate(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10)
}
