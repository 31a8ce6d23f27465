import type { RawMedium } from '../../core/media/medium.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import { mediumOfText } from '../scannedMedium.ts'
import { splitAim } from '../symbology.ts'

/**
 * Shorter bursts are somebody at the keyboard. The shortest membership numbers in use have more characters.
 */
const MIN_CHARACTERS = 4

/** Zebra scanners average 80 ms a key with peaks of 100; a person's median is slower. */
const MAX_MEDIAN_GAP_MS = 120

/** US layout: scanners send key positions, whatever layout the operating system puts on them. Unshifted, shifted. */
const US_LAYOUT: Record<string, readonly [string, string]> = {
  Backquote: ['`', '~'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadDivide: ['/', '/'],
  NumpadMultiply: ['*', '*'],
  NumpadSubtract: ['-', '-'],
  NumpadAdd: ['+', '+'],
  NumpadDecimal: ['.', '.'],
}

const SHIFTED_DIGITS = [')', '!', '@', '#', '$', '%', '^', '&', '*', '(']

/** A scanner's suffix: one burst may hold several symbols, each ended by one of these. */
const SUFFIXES = new Set(['Enter', 'NumpadEnter', 'Tab'])

const MODIFIER = /^(?:Shift|Control|Alt|Meta)(?:Left|Right)$|^(?:CapsLock|NumLock)$/

/**
 * The media in one burst of keys, in order: by `event.code` on the US layout, Ctrl+] as GS (the keyboard-wedge custom
 * for FNC1). Empty when the burst was typed by a person. `medium_unreadable` where a key has no meaning here.
 */
export function decodeWedgeBurst(keys: readonly WedgeKey[]): Outcome<RawMedium, { reason: 'medium_unreadable' }>[] {
  const outcomes: Outcome<RawMedium, { reason: 'medium_unreadable' }>[] = []
  for (const symbol of splitSymbols(keys)) {
    if (symbol.length < MIN_CHARACTERS || medianGap(symbol) > MAX_MEDIAN_GAP_MS) continue
    const characters = symbol.map(character)
    if (characters.includes(null)) {
      outcomes.push({ ok: false, reason: 'medium_unreadable' })
      continue
    }
    const { aim, text } = splitAim(characters.join(''))
    outcomes.push(mediumOfText(text, aim))
  }
  return outcomes
}

function splitSymbols(keys: readonly WedgeKey[]): WedgeKey[][] {
  const symbols: WedgeKey[][] = [[]]
  for (const key of keys) {
    if (SUFFIXES.has(key.code)) symbols.push([])
    else if (!MODIFIER.test(key.code)) symbols.at(-1)?.push(key)
  }
  return symbols
}

function medianGap(keys: readonly WedgeKey[]): number {
  const gaps = keys.slice(1).map((key, index) => key.atMs - (keys[index]?.atMs ?? key.atMs))
  gaps.sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? 0
}

function character(key: WedgeKey): string | null {
  if (key.alt) return null
  if (key.ctrl) return key.code === 'BracketRight' ? '\u001d' : null
  const letter = /^Key([A-Z])$/.exec(key.code)?.[1]
  if (letter) return key.shift ? letter : letter.toLowerCase()
  const digit = /^Digit([0-9])$/.exec(key.code)?.[1]
  if (digit) return key.shift ? (SHIFTED_DIGITS[Number(digit)] ?? null) : digit
  const numpad = /^Numpad([0-9])$/.exec(key.code)?.[1]
  if (numpad) return numpad
  const pair = US_LAYOUT[key.code]
  if (pair) return key.shift ? pair[1] : pair[0]
  // Injected keys may come without a position; their character is all there is.
  return key.code === '' && key.key.length === 1 ? key.key : null
}
