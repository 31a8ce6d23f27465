import { describe, expect, it } from 'vitest'
import { WEDGE_CALIBRATION_TEXT } from '../../../../core/readers/calibration.ts'
import { WEDGE_LAYOUTS, type WedgeKey, type WedgeLayout, WedgeOptions } from '../../../../core/readers/protocol.ts'
import { calibratedLayout, decodeWedgeBurst } from '../../../../drivers/wedge/codec.ts'
import { characterOf } from '../../../../drivers/wedge/layouts.ts'

const CODES = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`),
  ...[...'0123456789'].map((digit) => `Digit${digit}`),
  ...'Backquote Minus Equal BracketLeft BracketRight Backslash IntlBackslash Semicolon Quote Comma Period'.split(' '),
  ...'Slash Space IntlYen IntlRo'.split(' '),
]

/** The keys that a scanner on a layout presses for a text: found by asking every key, so that no table is repeated here. */
function pressed(text: string, layout: WedgeLayout): WedgeKey[] {
  return [...text].map((character, at) => {
    const base = { key: '?', ctrl: false, alt: false, shift: false, atMs: at * 10 }
    if (character === '\u001d') return { ...base, code: 'BracketRight', ctrl: true }
    if (character === '\n') return { ...base, code: 'Enter' }
    for (const code of CODES) {
      for (const [shift, altGr] of [
        [false, false],
        [true, false],
        [false, true],
      ] as const) {
        if (characterOf(layout, code, { shift, altGr }) === character) return { ...base, code, shift, alt: altGr }
      }
    }
    throw new Error(`${layout} has no ${character}`)
  })
}

const identifiers = (keys: readonly WedgeKey[], options: Partial<WedgeOptions> = {}) =>
  decodeWedgeBurst(keys, { ...WedgeOptions.parse({}), ...options }).map((outcome) =>
    outcome.ok ? outcome.value.medium.identifier : outcome.reason,
  )

describe.each(WEDGE_LAYOUTS)('a scanner on the %s layout', (layout) => {
  it('can type every character of ASCII that codes carry', () => {
    const graphic = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at)).join('')
    // Dead on a German keyboard: ^ and ` wait for another key, ~ is a key of its own.
    const text = layout === 'de' ? graphic.replace(/[`]/g, '') : graphic
    expect(identifiers(pressed(`x${text}x\n`, layout), { layout })).toEqual([`x${text}x`])
  })

  it('is found by the calibration code, also behind an AIM identifier, and without its GS', () => {
    const keys = (text: string) => pressed(`${text}\n`, layout)
    expect(calibratedLayout(keys(WEDGE_CALIBRATION_TEXT))).toEqual({ layout, gs: true })
    expect(calibratedLayout(keys(`]C0${WEDGE_CALIBRATION_TEXT}`))).toEqual({ layout, gs: true })
    expect(calibratedLayout(keys(WEDGE_CALIBRATION_TEXT.replace('\u001d', '')))).toEqual({ layout, gs: false })
  })

  it('keeps GS', () => {
    expect(identifiers(pressed('0101234\u001d17\n', layout), { layout })).toEqual(['0101234\u001d17'])
  })
})

it('no other code calibrates anything', () => {
  expect(calibratedLayout(pressed('4901234567894\n', 'us'))).toBeNull()
  expect(calibratedLayout([])).toBeNull()
})

describe('special keys', () => {
  const plain = (code: string, at: number, changes: Partial<WedgeKey> = {}): WedgeKey => ({
    code,
    key: '?',
    shift: false,
    ctrl: false,
    alt: false,
    atMs: at * 10,
    ...changes,
  })

  it.each([['029'], ['0029']])('Alt codes are characters: Alt+%s is GS', (code) => {
    const keys = [
      ...pressed('0101', 'us'),
      plain('AltLeft', 4),
      ...[...code].map((digit, at) => plain(`Numpad${digit}`, 5 + at, { alt: true })),
      ...pressed('1734', 'us').map((key, at) => ({ ...key, atMs: (10 + at) * 10 })),
    ]
    expect(identifiers(keys)).toEqual(['0101\u001d1734'])
  })

  it('Alt codes that follow each other are characters of their own', () => {
    const keys = [...'065066067068'].map((digit, at) => plain(`Numpad${digit}`, at, { alt: true }))
    expect(identifiers(keys)).toEqual(['ABCD'])
  })

  it('AltGr is Ctrl and Alt on Windows, and the shell’s Alt on Linux', () => {
    const at = (ctrl: boolean) => [...pressed('abc', 'de'), plain('KeyQ', 3, { ctrl, alt: true })]
    expect(identifiers(at(true), { layout: 'de' })).toEqual(['abc@'])
    expect(identifiers(at(false), { layout: 'de' })).toEqual(['abc@'])
  })

  it('a configured prefix and suffix are taken off, and only those', () => {
    const options = { prefix: '*', suffix: '%%' }
    expect(identifiers(pressed('*0049%%\n', 'us'), options)).toEqual(['0049'])
    expect(identifiers(pressed('0049%\n', 'us'), options)).toEqual(['0049%'])
  })
})
