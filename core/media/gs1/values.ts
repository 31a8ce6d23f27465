import { hasGs1CheckDigit } from '../gtin.ts'
import type { ApplicationIdentifier, Check } from './applicationIdentifiers.ts'

/** GS1 AI encodable character set 82 (General Specifications figure 7.11-1), in the order of its check weights. */
const CSET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
/** Character set 39 (figure 7.11-2): part identifiers. */
const CSET_39 = '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** The file-safe alphabet of RFC 4648 §5, with its padding. */
const BASE64URL = '-0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
/** The alphabet of a check pair (figure 7.9.5-2). */
const CSET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** One bit a class for each ASCII character: the checks below are then one look-up a character. */
const CLASS_BIT = { n: 1, x: 2, y: 4, z: 8 } as const
const CLASSES = new Uint8Array(128)
for (const [characters, bit] of [
  ['0123456789', CLASS_BIT.n],
  [CSET_82, CLASS_BIT.x],
  [CSET_39, CLASS_BIT.y],
  [BASE64URL, CLASS_BIT.z],
] as const) {
  for (const character of characters) {
    const code = character.charCodeAt(0)
    CLASSES[code] = (CLASSES[code] ?? 0) | bit
  }
}

/**
 * Where a value that starts at `at` may end, ascending: every length that its format, characters and check digits allow
 * before `limit`. Empty: there is no such value here.
 */
export function valueEnds({ components }: ApplicationIdentifier, data: string, at: number, limit: number): number[] {
  let ends = [at]
  let complete: number[] = []
  for (const { characters, min, max, check, optional } of components) {
    if (optional) complete = complete.concat(ends)
    const next: number[] = []
    // Only the last component varies, so that there is one start; what was left out stays left out.
    for (const start of ends) {
      const run = runOf(CLASS_BIT[characters], data, start, Math.min(limit, start + max))
      for (let length = min; length <= run; length += 1) {
        if (check === null || isRight(check, data.slice(start, start + length))) next.push(start + length)
      }
    }
    ends = next
    if (ends.length === 0) break
  }
  return complete.concat(ends)
}

/** Whether a whole value is right for its AI. */
export function isValueOf(identifier: ApplicationIdentifier, value: string): boolean {
  return valueEnds(identifier, value, 0, value.length).includes(value.length)
}

/** How many characters of a class stand here in a row, up to `end`. */
function runOf(bit: number, data: string, start: number, end: number): number {
  let at = start
  while (at < end && ((CLASSES[data.charCodeAt(at)] ?? 0) & bit) !== 0) at += 1
  return at - start
}

function isRight(check: Check, value: string): boolean {
  switch (check) {
    case 'digit':
      return hasGs1CheckDigit(value)
    case 'pair':
      return hasCheckPair(value)
    case 'yymmd0':
      return isDate(value.slice(2), 0)
    case 'yymmdd':
      return isDate(value.slice(2), 1)
    case 'yyyymmdd':
      return isDate(value.slice(4), 1)
  }
}

/** Month and day of a date; a year of two digits cannot say whether February has a 29th. */
function isDate(monthAndDay: string, firstDay: number): boolean {
  const month = Number(monthAndDay.slice(0, 2))
  const day = Number(monthAndDay.slice(2, 4))
  const longest = month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= firstDay && day <= longest
}

const PRIMES = primes(23)

/**
 * The alphanumeric check pair of a Global Model Number (General Specifications §7.9.5): weights in set 82, primes from
 * the right, modulo 1021, written in two characters of set 32.
 */
function hasCheckPair(value: string): boolean {
  const data = value.length - 2
  if (data < 1) return false
  let sum = 0
  for (let at = 0; at < data; at += 1) {
    sum += CSET_82.indexOf(value.charAt(at)) * (PRIMES[data - 1 - at] ?? 0)
  }
  const pair = sum % 1021
  return value.slice(data) === `${CSET_32.charAt(pair >> 5)}${CSET_32.charAt(pair & 31)}`
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}
