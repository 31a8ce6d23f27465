import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDigitalLink } from '../../../../../core/media/gs1/digitalLink.ts'
import { gs1Message, gtinOf } from '../../../../../core/media/gs1/message.ts'
import { aiValue, withCheckDigit } from '../../../../rigs/gs1Values.ts'

const read = (uri: string) => {
  const outcome = parseDigitalLink(uri)
  return outcome.ok ? outcome.value.elements.map(({ ai, value }) => `(${ai})${value}`).join('') : outcome.fault
}

describe('a GS1 Digital Link', () => {
  it.each([
    ['GS1’s own resolver', 'https://id.gs1.org/01/09506000134352', '(01)09506000134352'],
    ['a shop’s host, port and stem', 'http://shop.example:8080/p/jp/01/09506000134352', '(01)09506000134352'],
    [
      'qualifiers in order',
      'https://a.example/01/09506000134352/22/2A/10/AB/21/7',
      '(01)09506000134352(22)2A(10)AB(21)7',
    ],
    ['some qualifiers left out', 'https://a.example/01/09506000134352/21/7', '(01)09506000134352(21)7'],
    ['escaped characters', 'https://a.example/01/09506000134352/10/A%2FB%3F', '(01)09506000134352(10)A/B?'],
    [
      'attributes, and parameters that are none',
      'https://a.example/01/09506000134352?17=251231&linkType=all&99',
      '(01)09506000134352(17)251231',
    ],
    ['a fragment and a slash at the end', 'https://a.example/01/09506000134352/#top', '(01)09506000134352'],
    ['capitals, as QR codes’ alphanumeric mode has them', 'HTTPS://A.EXAMPLE/01/09506000134352', '(01)09506000134352'],
    ['a GTIN-13, padded', 'https://a.example/01/9506000134352', '(01)09506000134352'],
    ['a GTIN-8, padded', 'https://a.example/01/49501230', '(01)00000049501230'],
    [
      'a member',
      `https://a.example/m/8018/${withCheckDigit('95012345678901234')}/8019/1`,
      `(8018)${withCheckDigit('95012345678901234')}(8019)1`,
    ],
    ['a stem that looks like a key', 'https://a.example/00/x/01/09506000134352', '(01)09506000134352'],
  ])('may have %s', (_, uri, elements) => {
    expect(read(uri)).toBe(elements)
  })

  it.each([
    ['no key', 'https://a.example/'],
    ['a qualifier without its key', 'https://a.example/21/7'],
    ['qualifiers out of order', 'https://a.example/01/09506000134352/21/7/10/AB'],
    ['qualifiers of two sequences', 'https://a.example/01/09506000134352/21/7/235/X'],
    ['a wrong check digit', 'https://a.example/01/09506000134353'],
    ['a date that only looks like a key', 'https://news.example/2026/01/15'],
    ['half a pair', 'https://a.example/01/09506000134352/21'],
    ['an attribute with a wrong value', 'https://a.example/01/09506000134352?17=251331'],
    ['a qualifier in the query', 'https://a.example/01/09506000134352?21=7'],
    ['a broken escape', 'https://a.example/01/09506000134352/10/%ZZ'],
    ['another scheme', 'ftp://a.example/01/09506000134352'],
    ['spaces', 'https://a.example/01/09506000134352 x'],
  ])('is none with %s', (_, uri) => {
    expect(read(uri)).toBe('not_digital_link')
  })

  it('is not read when it is longer than any symbol', () => {
    expect(read(`https://a.example/01/09506000134352?x=${'A'.repeat(2_048)}`)).toBe('too_long')
  })

  it('says the same as the element string of its elements', () => {
    const parts = fc.record({
      gtin: aiValue('01'),
      batch: fc.option(aiValue('10')),
      serial: fc.option(aiValue('21')),
      expiry: fc.option(aiValue('17')),
    })
    fc.assert(
      fc.property(parts, ({ gtin, batch, serial, expiry }) => {
        const path = [
          ['01', gtin],
          ['10', batch],
          ['21', serial],
        ].filter(([, value]) => value !== null)
        const link = `https://a.example/${path.map(([ai, value]) => `${ai}/${encodeURIComponent(value!)}`).join('/')}`
        const message = gs1Message(expiry === null ? link : `${link}?17=${expiry}`)
        const all = expiry === null ? path : [...path, ['17', expiry]]
        expect(message?.elements).toEqual(
          gs1Message(`${all.map(([ai, value]) => ai! + value).join('\u001d')}\u001d`)?.elements,
        )
        expect(gtinOf(message!)).toBe(gtin)
      }),
    )
  })
})
