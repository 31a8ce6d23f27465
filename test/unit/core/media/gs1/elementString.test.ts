import fc from 'fast-check'
import { parseBarcode } from 'gs1-barcode-parser-mod'
import { describe, expect, it } from 'vitest'
import {
  APPLICATION_IDENTIFIERS,
  applicationIdentifier,
  applicationIdentifierAt,
} from '../../../../../core/media/gs1/applicationIdentifiers.ts'
import { parseElementString } from '../../../../../core/media/gs1/elementString.ts'
import { aiValue } from '../../../../rigs/gs1Values.ts'

const GS = '\u001d'
const read = (text: string) => {
  const outcome = parseElementString(text)
  return outcome.ok ? outcome.value.elements.map(({ ai, value }) => `(${ai})${value}`).join('') : outcome.fault
}
const ambiguous = (text: string) => {
  const outcome = parseElementString(text)
  return outcome.ok && outcome.value.ambiguous
}

describe('the Application Identifiers', () => {
  it('are all that GS1 has assigned', () => {
    expect(APPLICATION_IDENTIFIERS).toHaveLength(541)
  })

  it('are told apart from the left: none begins like a longer one', () => {
    for (const ai of APPLICATION_IDENTIFIERS) expect(applicationIdentifierAt(`${ai}000000`, 0)?.ai).toBe(ai)
  })
})

describe('an element string', () => {
  it.each([
    [
      'a product with batch and expiry',
      `0109506000134352${'10LOT'}${GS}17251231`,
      '(01)09506000134352(10)LOT(17)251231',
    ],
    ['a GCN with its serial (coupons, vouchers)', '25549501234567880123', '(255)49501234567880123'],
    ['the member in a GSRN', '8018950123456789012341', '(8018)950123456789012341'],
    ['a North American coupon', '8110106141416543213150110120', '(8110)106141416543213150110120'],
    [
      'a positive-offer-file coupon, on which the known parser throws',
      '8112101234567890123456',
      '(8112)101234567890123456',
    ],
    ['a price with its currency', '39238750000000', '(3923)8750000000'],
    ['a day 00, which means the whole month', '17260200', '(17)260200'],
    ['a GMN with its check pair', '80131987654Ad4X4bL5ttr2310c2K', '(8013)1987654Ad4X4bL5ttr2310c2K'],
    ['components left out', '8008261122131415', '(8008)261122131415'],
    [
      'a flag in front, and separators where none is needed',
      `]d2${GS}0109506000134352${GS}21A${GS}`,
      '(01)09506000134352(21)A',
    ],
  ])('may be %s', (_, text, elements) => {
    expect(read(text)).toBe(elements)
  })

  it.each([
    ['nothing', '', 'empty'],
    ['only flags', `]C1${GS}`, 'empty'],
    ['an AI that nobody has', '0409506000134352', 'not_gs1'],
    ['a wrong check digit', '0109506000134353', 'not_gs1'],
    ['a wrong check pair', '80131987654Ad4X4bL5ttr2310c2L', 'not_gs1'],
    ['a month 13', '17251331', 'not_gs1'],
    ['a 30th of February', '17250230', 'not_gs1'],
    ['a day 00 where a day is meant', '7006250100', 'not_gs1'],
    ['a value that is too short', '010950600013435', 'not_gs1'],
    ['a value that is too long', `10${'A'.repeat(21)}${GS}17251231`, 'not_gs1'],
    ['a value of nothing', `10${GS}17251231`, 'not_gs1'],
    ['a character outside the set', '10LOT#1', 'not_gs1'],
    ['letters in a number', '30ABC', 'not_gs1'],
    ['data after the last value', `0109506000134352${GS}X`, 'not_gs1'],
    ['a novel', `10${'A'.repeat(511)}`, 'too_long'],
  ])('is refused: %s', (_, text, fault) => {
    expect(read(text)).toBe(fault)
  })

  it('has one reading where separators come through', () => {
    expect(ambiguous(`10LOT21A${GS}17251231`)).toBe(false)
    expect(read(`10LOT21A${GS}17251231`)).toBe('(10)LOT21A(17)251231')
  })

  it('is ambiguous without any, where a value can end earlier', () => {
    expect(ambiguous('0109506000134352' + '10LOT21A')).toBe(true)
    expect(ambiguous('0109506000134352' + '10LOT')).toBe(false)
    expect(ambiguous('0109506000134352' + '17251231')).toBe(false)
  })

  it('whose separators a scanner has swallowed is read where only one cut leaves nothing over', () => {
    // A serial holds no letters, so batch `ABC` cannot belong to it.
    expect(read('2554950123456788' + '0001' + '10ABC')).toBe('(255)49501234567880001(10)ABC')
    expect(ambiguous('2554950123456788' + '0001' + '10ABC')).toBe(false)
  })

  it('keeps every value as it was encoded, with separators and the longest one without', () => {
    const elements = fc
      .array(fc.constantFrom(...APPLICATION_IDENTIFIERS.filter((ai) => !['8013', '8014'].includes(ai))), {
        minLength: 1,
        maxLength: 4,
      })
      .chain((ais) => fc.tuple(...ais.map((ai) => aiValue(ai).map((value) => ({ ai, value })))))
      .filter((all) => all.reduce((length, { ai, value }) => length + ai.length + value.length + 1, 0) <= 512)
    fc.assert(
      fc.property(elements, fc.boolean(), (all, everywhere) => {
        const separated = all
          .map(({ ai, value }) => ai + value + (everywhere || !applicationIdentifier(ai)!.fixed ? GS : ''))
          .join('')
        expect(parseElementString(`${GS}${separated}`)).toEqual({
          ok: true,
          value: { elements: all, ambiguous: expect.anything() },
        })
        const bare = parseElementString(all.map(({ ai, value }) => ai + value).join(''))
        expect(bare.ok).toBe(true)
        // If it is read in another way, it says so.
        if (bare.ok && !bare.value.ambiguous) expect(bare.value.elements).toEqual(all)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is linear work, however it is made up', () => {
    const started = performance.now()
    for (const part of ['10', '91', '4213', '25', '0', '8112', '8013A'])
      parseElementString(part.repeat(512 / part.length))
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('beside a well-kept parser (gs1-barcode-parser-mod)', () => {
  const known = (text: string): string | null => {
    try {
      return parseBarcode(text)
        .parsedCodeItems.map(({ ai, raw }) => `(${ai})${raw}`)
        .join('')
    } catch {
      return null
    }
  }

  it('the elements are the same', () => {
    const odd = new Set<string>()
    for (const ai of APPLICATION_IDENTIFIERS) {
      if (ai === '8013' || ai === '8014') continue
      for (const value of fc.sample(aiValue(ai), { numRuns: 5, seed: 3 })) {
        const text = `]C1${ai}${value}${GS}21END`
        if (known(text) !== `(${ai})${value}(21)END`) odd.add(ai)
        expect(read(text)).toBe(`(${ai})${value}(21)END`)
      }
    }
    // What it cannot read, or reads as something else, is one reason why the counter has its own.
    expect([...odd].sort()).toEqual([
      '425',
      '7007',
      '7041',
      '717',
      '7251',
      '8040',
      '8041',
      '8042',
      '8043',
      '8111',
      '8112',
    ])
  })

  it('but it throws on coupons of AI 8112 and takes wrong check digits', () => {
    expect(known('8112101234567890123456')).toBeNull()
    expect(known('0109506000134353')).toBe('(01)09506000134353')
  })
})
