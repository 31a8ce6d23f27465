/** What is being typed before it becomes a line: `3 ×` and `120`. Digits are minor units, as on a cash register. */
export interface AmountEntry {
  readonly times: number | null
  /** Without leading zeros. */
  readonly digits: string
}

export const EMPTY_ENTRY: AmountEntry = { times: null, digits: '' }

/** `0`–`9`, `00`, `times`, `backspace`, `clear`. */
export type EntryKey = string

const MAX_DIGITS = 9
const MAX_TIMES = 999

/** The entry after a key; a key that makes no sense leaves it as it is. */
export function pressKey(entry: AmountEntry, key: EntryKey): AmountEntry {
  if (/^\d{1,2}$/.test(key)) {
    const digits = (entry.digits + key).replace(/^0+/, '')
    return digits.length > MAX_DIGITS ? entry : { ...entry, digits }
  }
  switch (key) {
    case 'times': {
      const times = Number(entry.digits)
      return entry.times === null && times >= 1 && times <= MAX_TIMES ? { times, digits: '' } : entry
    }
    case 'backspace':
      if (entry.digits !== '') return { ...entry, digits: entry.digits.slice(0, -1) }
      return entry.times === null ? entry : { times: null, digits: String(entry.times) }
    case 'clear':
      return EMPTY_ENTRY
    default:
      return entry
  }
}

/** Minor units of one piece. */
export function unitPriceOf(entry: AmountEntry): number {
  return Number(entry.digits)
}

/** Whether there is something that could become a line. */
export function isPending(entry: AmountEntry): boolean {
  return entry.digits !== ''
}
