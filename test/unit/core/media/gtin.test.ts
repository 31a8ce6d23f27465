import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandUpcE, gtin14Of, hasGs1CheckDigit } from '../../../../core/media/gtin.ts'
import { withCheckDigit } from '../../../rigs/gs1Values.ts'

describe('a GTIN', () => {
  it.each([
    ['GTIN-8', '49501230', '00000049501230'],
    ['GTIN-12', '036000291452', '00036000291452'],
    ['GTIN-13', '4901234567894', '04901234567894'],
    ['GTIN-14', '10614141000415', '10614141000415'],
  ])('%s is compared as 14 digits, its zeros kept', (_, digits, gtin) => {
    expect(gtin14Of(digits)).toBe(gtin)
  })

  it.each(['49501231', '4901234567895', '950123456788', '490123456789', '', '4901234567894 ', '４901234567894'])(
    'is not %j',
    (text) => {
      expect(gtin14Of(text)).toBeNull()
    },
  )

  it('has the check digit that catches every single wrong digit', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 7, maxLength: 17 })
    fc.assert(
      fc.property(digits.map(withCheckDigit), fc.nat(), fc.integer({ min: 1, max: 9 }), (right, place, shift) => {
        expect(hasGs1CheckDigit(right)).toBe(true)
        const at = place % right.length
        const wrong = right.slice(0, at) + ((Number(right[at]) + shift) % 10) + right.slice(at + 1)
        expect(hasGs1CheckDigit(wrong)).toBe(false)
      }),
    )
  })
})

describe('UPC-E', () => {
  // The rules of General Specifications §5.2.2.4.2, one row each.
  it.each([
    ['01234505', '012000003455'],
    ['01234514', '012100003454'],
    ['01234523', '012200003453'],
    ['01234531', '012300000451'],
    ['01234543', '012340000053'],
    ['01234558', '012345000058'],
    ['01234565', '012345000065'],
    ['04252614', '042100005264'],
  ])('%s is %s', (eight, twelve) => {
    expect(expandUpcE(eight)).toBe(twelve)
    expect(hasGs1CheckDigit(twelve)).toBe(true)
  })

  it('may come without number system, check digit or both', () => {
    expect(expandUpcE('425261')).toBe('042100005264')
    expect(expandUpcE('4252614')).toBe('042100005264')
    expect(expandUpcE('0123456')).toBe('012345000065')
  })

  it.each([
    ['a wrong check digit', '04252615'],
    ['a number system that UPC-E has not', '24252614'],
    ['an EAN-13', '4901234567894'],
    ['too few digits', '42526'],
    ['letters', '0425261X'],
  ])('is not %s', (_, digits) => {
    expect(expandUpcE(digits)).toBeNull()
  })

  it('of seven digits is nothing where they would fit both ways', () => {
    const both = Array.from({ length: 1_000 }, (_, index) => `0${String(index).padStart(6, '0')}`).filter(
      (seven) => expandUpcE(seven) === null,
    )
    expect(both.length).toBeGreaterThan(50)
    for (const seven of both) {
      expect(expandUpcE(seven.slice(0, 6))?.at(-1)).toBe(seven.at(-1))
    }
  })
})
