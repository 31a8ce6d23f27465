import { WEDGE_CALIBRATION_TEXT } from '../../core/readers/calibration.ts'
import { WEDGE_LAYOUTS, type WedgeKey, type WedgeLayout, WedgeOptions } from '../../core/readers/protocol.ts'
import { decodeText, type ScanOutcome } from '../decoding/decodeScan.ts'
import { characterOf } from './layouts.ts'

/**
 * Shorter bursts are somebody at the keyboard. The shortest membership numbers in use have more characters.
 */
const MIN_CHARACTERS = 4

/** Zebra scanners average 80 ms a key with peaks of 100; a person's median is slower. */
const MAX_MEDIAN_GAP_MS = 120

const GS = '\u001d'

/** A scanner's suffix: one burst may hold several symbols, each ended by one of these. */
const SUFFIXES = new Set(['Enter', 'NumpadEnter', 'Tab'])

const MODIFIER = /^(?:Shift|Control|Alt|Meta)(?:Left|Right)$|^(?:CapsLock|NumLock)$/

/** One symbol's keys and what they spell; null: a key that has no meaning here. */
export interface WedgeSymbol {
  readonly keys: readonly WedgeKey[]
  readonly text: string | null
  readonly outcome: ScanOutcome
}

const DEFAULTS = WedgeOptions.parse({})

/**
 * The scans in one burst of keys, in order: by `event.code` on the scanner's own layout, Ctrl+] and Alt codes as GS (the
 * keyboard-wedge customs for FNC1), a configured prefix and suffix taken off. Empty when the burst was typed by a person.
 * `medium_unreadable` where a key has no meaning here.
 */
export function decodeWedgeBurst(keys: readonly WedgeKey[], options: WedgeOptions = DEFAULTS): ScanOutcome[] {
  return wedgeSymbols(keys, options).map(({ outcome }) => outcome)
}

/** The same with the keys and characters behind each scan. */
export function wedgeSymbols(keys: readonly WedgeKey[], options: WedgeOptions = DEFAULTS): WedgeSymbol[] {
  const symbols: WedgeSymbol[] = []
  for (const symbol of splitSymbols(keys)) {
    const pressed = symbol.filter(({ code }) => !MODIFIER.test(code))
    if (pressed.length < MIN_CHARACTERS || medianGap(pressed) > MAX_MEDIAN_GAP_MS) continue
    const text = spelled(symbol, options.layout)
    const outcome: ScanOutcome =
      text === null ? { ok: false, reason: 'medium_unreadable' } : decodeText(unwrapped(text, options), null)
    symbols.push({ keys: symbol, text, outcome })
  }
  return symbols
}

/**
 * The layout in which a burst spells the calibration code, and whether its GS was kept; null: in none. An AIM identifier or
 * a prefix may stand in front of it, a suffix behind.
 */
export function calibratedLayout(keys: readonly WedgeKey[]): { layout: WedgeLayout; gs: boolean } | null {
  for (const symbol of splitSymbols(keys)) {
    for (const layout of WEDGE_LAYOUTS) {
      const text = spelled(symbol, layout)
      if (text === null) continue
      if (text.includes(WEDGE_CALIBRATION_TEXT)) return { layout, gs: true }
      if (text.includes(WEDGE_CALIBRATION_TEXT.replaceAll(GS, ''))) return { layout, gs: false }
    }
  }
  return null
}

function splitSymbols(keys: readonly WedgeKey[]): WedgeKey[][] {
  const symbols: WedgeKey[][] = [[]]
  for (const key of keys) {
    if (SUFFIXES.has(key.code)) symbols.push([])
    else symbols.at(-1)?.push(key)
  }
  return symbols
}

function medianGap(keys: readonly WedgeKey[]): number {
  const gaps = keys.slice(1).map((key, index) => key.atMs - (keys[index]?.atMs ?? key.atMs))
  gaps.sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? 0
}

function unwrapped(text: string, { prefix, suffix }: WedgeOptions): string {
  const rest = prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text
  return suffix !== '' && rest.endsWith(suffix) ? rest.slice(0, -suffix.length) : rest
}

/** The characters of one symbol's keys; null: one of them has no meaning. */
function spelled(keys: readonly WedgeKey[], layout: WedgeLayout): string | null {
  let text = ''
  /** Digits of an Alt code under way: Alt held, a number on the numeric pad. */
  let altCode = ''
  const endAltCode = (): boolean => {
    const value = altCode === '' ? null : Number(altCode)
    altCode = ''
    if (value === null) return true
    if (value > 0xff) return false
    text += String.fromCharCode(value)
    return true
  }
  for (const key of keys) {
    const altDigit = key.alt ? /^Numpad([0-9])$/.exec(key.code)?.[1] : undefined
    if (altDigit !== undefined) {
      altCode += altDigit
      // Scanners send three digits, or four that begin with 0.
      if (altCode.length === (altCode.startsWith('00') ? 4 : 3) && !endAltCode()) return null
      continue
    }
    if (!endAltCode()) return null
    if (MODIFIER.test(key.code)) continue
    const typed = character(key, layout)
    if (typed === null) return null
    text += typed
  }
  return endAltCode() ? text : null
}

function character(key: WedgeKey, layout: WedgeLayout): string | null {
  // AltGr is Ctrl and Alt together on Windows, and neither by itself on Linux, where the shell tells it as Alt.
  const meant = characterOf(layout, key.code, { shift: key.shift, altGr: key.alt })
  if (key.ctrl && !key.alt) {
    const isGs = meant === ']' || key.code === 'BracketRight' || key.key === GS
    return isGs ? GS : null
  }
  if (meant !== null || key.alt) return meant
  // Injected keys may come without a position; their character is all there is.
  return key.code === '' && [...key.key].length === 1 ? key.key : null
}
