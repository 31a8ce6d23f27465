import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StationSettings } from '../../../../core/contract/stations.ts'
import { canonicalMedium } from '../../../../core/media/canonical.ts'
import { RawMedium } from '../../../../core/media/medium.ts'
import { membershipMedium, membershipNumber } from '../../../../core/media/membership.ts'
import { withCheckDigit } from '../../../rigs/gs1Values.ts'

const GS = '\u001d'
const rules = (...given: object[]) => StationSettings.parse({ membershipRules: given }).membershipRules
const GSRN = withCheckDigit('49123450000000017')
const PRODUCT = '4901234567894'

describe('a rule with an AI', () => {
  const members = rules({ ai: '8018', prefix: '4912345' })

  it.each([
    ['GS1-128', 'barcode', `8018${GSRN}`],
    ['with a separator behind', 'barcode', `8018${GSRN}${GS}`],
    ['with its AIM identifier', 'barcode', `]C18018${GSRN}`],
    ['among others', 'barcode', `8018${GSRN}${GS}80191`],
    ['GS1 QR', 'qr', `8018${GSRN}`],
    ['a Digital Link', 'qr', `https://club.example/jp/8018/${GSRN}?utm=card`],
    ['a Digital Link in a Data Matrix', 'barcode', `https://club.example/8018/${GSRN}`],
  ] as const)('finds the same member in %s', (_, type, identifier) => {
    expect(membershipMedium({ type, identifier }, members)).toEqual({ type: 'barcode', identifier: GSRN })
  })

  it.each([
    ['a product', 'barcode', PRODUCT],
    ['a product’s link', 'qr', `https://shop.example/01/0${PRODUCT}`],
    ['a product’s GS1 DataMatrix', 'barcode', `010${PRODUCT}17271231`],
    ['another club’s member', 'barcode', `8018${withCheckDigit('95012345678901234')}`],
    ['a wrong check digit', 'barcode', `8018${GSRN.slice(0, -1)}${(Number(GSRN.at(-1)) + 1) % 10}`],
    ['the number without its AI', 'barcode', GSRN],
  ] as const)('does not take %s', (_, type, identifier) => {
    expect(membershipMedium({ type, identifier }, members)).toBeNull()
  })

  it('leaves a QR code that is no GS1 code as it is: it is its own number', () => {
    for (const identifier of ['MEMBER-7', 'https://club.example/m/7']) {
      expect(membershipMedium({ type: 'qr', identifier }, members)).toEqual({ type: 'qr', identifier })
    }
  })

  it('takes a number of the store out of a QR code too: not every scanner tells which symbol it was', () => {
    const plain = rules({ prefix: '29', minLength: 13, maxLength: 13, checkDigit: 'gtin' })
    const member = { type: 'barcode', identifier: '2901234567896' }
    for (const type of ['barcode', 'qr'] as const) {
      expect(membershipMedium({ type, identifier: '2901234567896' }, plain)).toEqual(member)
    }
    expect(membershipMedium({ type: 'qr', identifier: '2901234567896' }, [])).toMatchObject({ type: 'qr' })
  })

  it('leaves cards as they are', () => {
    const card = { type: 'felica-idm', identifier: '0123456789abcdef' } as const
    expect(membershipMedium(card, members)).toEqual(card)
  })

  it('stands beside rules for whole codes; the first that matches decides', () => {
    const both = rules({ prefix: '29', minLength: 13, maxLength: 13, checkDigit: 'gtin' }, { ai: '8018' })
    expect(membershipNumber('2901234567896', both)).toBe('2901234567896')
    expect(membershipNumber(`8018${GSRN}`, both)).toBe(GSRN)
    expect(membershipNumber(PRODUCT, both)).toBeNull()
  })

  it('names an AI that exists', () => {
    expect(() => rules({ ai: '04' })).toThrow('no GS1 Application Identifier')
    expect(() => rules({ ai: '1e1' })).toThrow()
  })
})

describe('where a scanner swallows separators', () => {
  const gcn = withCheckDigit('491234500001')
  const scan = `255${gcn}0007`
  const oneLength = rules({ ai: '255', minLength: 17, maxLength: 17 })
  const anyLength = rules({ ai: '255' })

  it('a number of one length is itself, or nobody', () => {
    expect(membershipNumber(scan, oneLength)).toBe(`${gcn}0007`)
    // Its serial would read 000711 and belong to somebody else.
    expect(membershipNumber(`${scan}3012`, oneLength)).toBeNull()
  })

  it('a number of any length counts only where it can end in one place', () => {
    expect(membershipNumber(`255${gcn}0`, anyLength)).toBe(`${gcn}0`)
    expect(membershipNumber(`255${gcn}13012`, anyLength)).toBeNull()
    expect(membershipNumber(`255${gcn}13012${GS}`, anyLength)).toBeNull()
    expect(membershipNumber(`255${gcn}1${GS}3012`, anyLength)).toBe(`${gcn}1`)
  })

  it('a number behind something of uncertain length is nobody', () => {
    expect(membershipNumber(`10A218018${GSRN}`, rules({ ai: '8018' }))).toBeNull()
    expect(membershipNumber(`10A21${GS}8018${GSRN}`, rules({ ai: '8018' }))).toBe(GSRN)
  })
})

describe('whatever is presented', () => {
  it('yields a medium that can be put into canonical form or is refused by name, without throwing', () => {
    const types = fc.constantFrom('barcode', 'qr', 'card-token', 'felica-idm', 'nfc-uid', 'hce')
    const all = rules({ prefix: '29' }, { ai: '8018' }, { ai: '10' }, { ai: '255', minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(types, fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 512 }), (type, identifier) => {
        const medium = membershipMedium({ type: type as RawMedium['type'], identifier }, all)
        if (medium) canonicalMedium(RawMedium.parse(medium), { acceptNonUniqueUids: false })
      }),
    )
  })
})
