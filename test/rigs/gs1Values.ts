import fc from 'fast-check'
import { applicationIdentifier } from '../../core/media/gs1/applicationIdentifiers.ts'

const DIGITS = [...'0123456789']
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const CHARACTERS = {
  n: DIGITS,
  x: [...DIGITS, ...LETTERS, ...LETTERS.map((letter) => letter.toLowerCase()), ...'!"%&\'()*+,-./:;<=>?_'],
  y: [...DIGITS, ...LETTERS, ...'#-/'],
  z: [...DIGITS, ...LETTERS, ...LETTERS.map((letter) => letter.toLowerCase()), ...'-_='],
}

/** Digits with the check digit that GS1's General Specifications §7.9.1 gives them, worked out here once more. */
export function withCheckDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return digits + String((1000 - sum) % 10)
}

/** A value that an AI allows, its check digit or date right. Check pairs (8013, 8014) are not made here. */
export function aiValue(ai: string): fc.Arbitrary<string> {
  const components = applicationIdentifier(ai)!.components
  const parts = components.map(({ characters, min, max, check }): fc.Arbitrary<string> => {
    const text = (length: { minLength: number; maxLength: number }) =>
      fc.string({ unit: fc.constantFrom(...CHARACTERS[characters]), ...length })
    switch (check) {
      case 'digit':
        return text({ minLength: max - 1, maxLength: max - 1 }).map(withCheckDigit)
      case 'yymmd0':
      case 'yymmdd':
        return date.map((day) => day.slice(2))
      case 'yyyymmdd':
        return date
      case 'pair':
        throw new Error('a check pair is not made here')
      default:
        return text({ minLength: min, maxLength: max })
    }
  })
  const mandatory = components.filter(({ optional }) => !optional).length
  return fc
    .tuple(fc.tuple(...parts), fc.integer({ min: mandatory, max: components.length }))
    .map(([texts, count]) => texts.slice(0, count).join(''))
}

/** Real days of real months, `YYYYMMDD`. */
const date = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''))
