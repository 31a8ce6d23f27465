import type { WedgeLayout } from '../../core/readers/protocol.ts'

/** What a key types: plain, with Shift, with AltGr. `''`: nothing, or a dead key. */
type Key = readonly [plain: string, shift: string, altGr?: string]

const LETTERS: Readonly<Record<string, Key>> = Object.fromEntries(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => [`Key${letter}`, [letter.toLowerCase(), letter]]),
)

const NUMPAD: Readonly<Record<string, Key>> = {
  ...Object.fromEntries([...'0123456789'].map((digit) => [`Numpad${digit}`, [digit, digit]])),
  NumpadDivide: ['/', '/'],
  NumpadMultiply: ['*', '*'],
  NumpadSubtract: ['-', '-'],
  NumpadAdd: ['+', '+'],
  NumpadDecimal: ['.', '.'],
  NumpadComma: [',', ','],
  NumpadEqual: ['=', '='],
}

const digits = (shifted: string): Record<string, Key> =>
  Object.fromEntries([...'0123456789'].map((digit, at) => [`Digit${digit}`, [digit, shifted[at] ?? '']]))

const US: Readonly<Record<string, Key>> = {
  ...LETTERS,
  ...NUMPAD,
  ...digits(')!@#$%^&*('),
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
}

/** DIN 2137 T1. */
const DE: Readonly<Record<string, Key>> = {
  ...LETTERS,
  ...NUMPAD,
  ...digits('=!"§$%&/()'),
  KeyY: ['z', 'Z'],
  KeyZ: ['y', 'Y'],
  KeyQ: ['q', 'Q', '@'],
  KeyE: ['e', 'E', '€'],
  KeyM: ['m', 'M', 'µ'],
  Digit2: ['2', '"', '²'],
  Digit3: ['3', '§', '³'],
  Digit7: ['7', '/', '{'],
  Digit8: ['8', '(', '['],
  Digit9: ['9', ')', ']'],
  Digit0: ['0', '=', '}'],
  Backquote: ['^', '°'],
  Minus: ['ß', '?', '\\'],
  Equal: ['´', '`'],
  BracketLeft: ['ü', 'Ü'],
  BracketRight: ['+', '*', '~'],
  Backslash: ['#', "'"],
  IntlBackslash: ['<', '>', '|'],
  Semicolon: ['ö', 'Ö'],
  Quote: ['ä', 'Ä'],
  Comma: [',', ';'],
  Period: ['.', ':'],
  Slash: ['-', '_'],
  Space: [' ', ' '],
}

/** JIS X 6002, the 106 and 109 key boards. */
const JP: Readonly<Record<string, Key>> = {
  ...LETTERS,
  ...NUMPAD,
  ...digits(`~!"#$%&'()`),
  Minus: ['-', '='],
  Equal: ['^', '~'],
  IntlYen: ['\\', '|'],
  BracketLeft: ['@', '`'],
  BracketRight: ['[', '{'],
  Backslash: [']', '}'],
  Semicolon: [';', '+'],
  Quote: [':', '*'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  IntlRo: ['\\', '_'],
  Space: [' ', ' '],
}

const LAYOUTS: Readonly<Record<WedgeLayout, Readonly<Record<string, Key>>>> = { us: US, de: DE, jp: JP }

/** The character that a scanner on this layout meant by a key position; null: none. */
export function characterOf(
  layout: WedgeLayout,
  code: string,
  modifiers: { readonly shift: boolean; readonly altGr: boolean },
): string | null {
  const key = Object.hasOwn(LAYOUTS[layout], code) ? LAYOUTS[layout][code] : undefined
  return key?.[modifiers.altGr ? 2 : modifiers.shift ? 1 : 0] || null
}
