import { describe, expect, it } from 'vitest'
import { WEDGE_CALIBRATION_TEXT } from '../../../../core/readers/calibration.ts'
import {
  calibrationSymbol,
  type DrawnSymbol,
  looksLike,
  maskedLike,
  programmingSymbol,
  TEST_SYMBOLS,
  TEST_TEXTS,
  testSymbol,
} from '../../../../renderer/readerSetup/symbol.ts'

/** The bars and spaces of a linear symbol from left to right, one character a module, quiet zones cut off. */
function modules({ width, path }: DrawnSymbol): string {
  const dark = new Set<number>()
  for (const [, left, bar] of path.matchAll(/M(\d+) \d+h(\d+)v/g)) {
    for (let at = Number(left); at < Number(left) + Number(bar); at++) dark.add(at)
  }
  return Array.from({ length: width }, (_, at) => (dark.has(at) ? '1' : '0'))
    .join('')
    .replace(/^0+|0+$/g, '')
}

/** ISO/IEC 15420: number sets, and which set each left digit takes by the first digit. */
const SET_A = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
]
const SET_C = SET_A.map((code) => code.replace(/./g, (bit) => (bit === '1' ? '0' : '1')))
const SET_B = SET_C.map((code) => [...code].reverse().join(''))
const PARITY = ['AAAAAA', 'AABABB', 'AABBAB', 'AABBBA', 'ABAABB', 'ABBAAB', 'ABBBAA', 'ABABAB', 'ABABBA', 'ABBABA']

function ean13Modules(digits: string): string {
  const [first, ...rest] = [...digits].map(Number)
  const left = rest.slice(0, 6).map((digit, at) => (PARITY[first!]![at] === 'A' ? SET_A : SET_B)[digit])
  const right = rest.slice(6).map((digit) => SET_C[digit])
  return ['101', ...left, '01010', ...right, '101'].join('')
}

/** ISO/IEC 15417: values of a Code 128 symbol from its modules, the check value proven. */
function code128Values(bars: string): number[] {
  const widths = (bars.match(/1+|0+/g) ?? []).map((run) => run.length)
  const values: number[] = []
  for (let at = 0; at + 7 < widths.length; at += 6) values.push(CODE_128.indexOf(widths.slice(at, at + 6).join('')))
  const check = values.pop()
  expect(values.reduce((sum, value, at) => sum + value * Math.max(1, at), 0) % 103).toBe(check)
  return values
}

const CODE_128 = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ')

/** The text of Code 128 values; FNC1 after the first place is GS, as a scanner sends it. */
function code128Text(values: number[]): string {
  let set = 'ABC'[values[0]! - 103]!
  let text = ''
  let shifted = ''
  for (const value of values.slice(1)) {
    const now = shifted || set
    shifted = ''
    if (value === 102) text += text === '' ? '' : '\u001d'
    else if (now === 'C' && value < 100) text += String(value).padStart(2, '0')
    else if (value === 98) shifted = now === 'A' ? 'B' : 'A'
    else if (value >= 99) set = { 99: 'C', 100: now === 'B' ? 'B' : 'B', 101: 'A' }[value] ?? set
    else if (now === 'A') text += String.fromCharCode(value < 64 ? value + 32 : value - 64)
    else text += String.fromCharCode(value + 32)
  }
  return text
}

describe('the test barcodes', () => {
  it('EAN-13 is, module by module, what the standard says', () => {
    expect(modules(testSymbol('ean13'))).toBe(ean13Modules(TEST_TEXTS.ean13))
  })

  it.each(['code128', 'gs1-128'] as const)('%s holds its text, separators included', (symbol) => {
    expect(code128Text(code128Values(modules(testSymbol(symbol))))).toBe(TEST_TEXTS[symbol])
  })

  it('GS1-128 begins with FNC1: it says that element strings follow', () => {
    expect(code128Values(modules(testSymbol('gs1-128')))[1]).toBe(102)
  })

  it('the calibration barcode holds its text, GS included', () => {
    expect(code128Text(code128Values(modules(calibrationSymbol())))).toBe(WEDGE_CALIBRATION_TEXT)
  })

  it('a maker’s programming barcode begins with FNC3: no other scanner takes it for data', () => {
    const values = code128Values(modules(programmingSymbol('PAP131.')))
    expect(values[1]).toBe(96)
    expect(code128Text(values.toSpliced(1, 1))).toBe('PAP131.')
    expect(programmingSymbol('PAP131.').width).toBeLessThanOrEqual(280)
  })

  it('QR has its three finders, and a quiet zone on every side', () => {
    const { width, height, path } = testSymbol('qr')
    const outer = [...path.matchAll(/M(\d+) (\d+)L(\d+) (\d+)L(\d+) (\d+)L(\d+) (\d+)z/g)]
      .map((match) => match.slice(1).map(Number))
      .filter((at) => Math.max(at[0]!, at[4]!) - Math.min(at[0]!, at[4]!) === 14)
    expect(outer.length).toBe(3)
    const numbers = [...path.matchAll(/(\d+) (\d+)/g)]
    // Two units a module; four modules are what the standard asks for.
    for (const [side, size] of [width, height].entries()) {
      const at = numbers.map((match) => Number(match[side + 1]))
      expect(Math.min(...at)).toBeGreaterThanOrEqual(8)
      expect(Math.max(...at)).toBeLessThanOrEqual(size - 8)
    }
  })

  it.each(TEST_SYMBOLS)('%s is small enough for the smallest screen', (symbol) => {
    expect(testSymbol(symbol).width).toBeLessThanOrEqual(280)
  })
})

describe('what is told of a read', () => {
  it('is like what was drawn, whatever the scanner puts around it', () => {
    expect(looksLike(TEST_TEXTS['gs1-128'], ']A9999999999999999999A99<GS>9999<CR>')).toBe(true)
    expect(maskedLike(TEST_TEXTS.code128)).toBe('999-Aaaaaaaaa')
  })

  it('is not like it when a separator or a character was lost', () => {
    expect(looksLike(TEST_TEXTS['gs1-128'], '9999999999999999999A999999')).toBe(false)
    expect(looksLike(TEST_TEXTS.ean13, '999999999999')).toBe(false)
  })
})
