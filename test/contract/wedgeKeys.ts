import type { WedgeKey } from '../../core/readers/protocol.ts'

const UNSHIFTED: Record<string, string> = {
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  '`': 'Backquote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ' ': 'Space',
  '\n': 'Enter',
}
const SHIFTED: Record<string, string> = {
  _: 'Minus',
  '+': 'Equal',
  '{': 'BracketLeft',
  '}': 'BracketRight',
  '|': 'Backslash',
  ':': 'Semicolon',
  '"': 'Quote',
  '~': 'Backquote',
  '<': 'Comma',
  '>': 'Period',
  '?': 'Slash',
  ...Object.fromEntries([...')!@#$%^&*('].map((character, digit) => [character, `Digit${digit}`])),
}

/**
 * The keys that a scanner on the US layout presses for a text: `\n` is Enter, GS is Ctrl+]. `gapMs` between keys. What
 * `event.key` says is wrong on purpose: another layout on the operating system would change it.
 */
export function wedgeKeys(text: string, gapMs = 10): WedgeKey[] {
  return [...text].map((character, index) => {
    const at = { key: '?', alt: false, atMs: index * gapMs }
    if (character === '\u001d') return { ...at, code: 'BracketRight', shift: false, ctrl: true }
    if (/[a-z]/.test(character)) return { ...at, code: `Key${character.toUpperCase()}`, shift: false, ctrl: false }
    if (/[A-Z]/.test(character)) return { ...at, code: `Key${character}`, shift: true, ctrl: false }
    if (/[0-9]/.test(character)) return { ...at, code: `Digit${character}`, shift: false, ctrl: false }
    const shifted = SHIFTED[character]
    const code = shifted ?? UNSHIFTED[character]
    if (!code) throw new Error(`not on the US layout: ${character}`)
    return { ...at, code, shift: shifted !== undefined, ctrl: false }
  })
}
