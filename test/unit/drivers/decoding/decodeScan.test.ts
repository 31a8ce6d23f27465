import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RawMedium } from '../../../../core/media/medium.ts'
import { ScanData } from '../../../../core/readers/scan.ts'
import { decodeScan, decodeText } from '../../../../drivers/decoding/decodeScan.ts'

const GS = '\u001d'
const bytes = (text: string) => new TextEncoder().encode(text)
const decode = (data: Uint8Array | string, aim: string | null = null, vendorCode: string | null = null) => {
  const outcome = decodeScan({ data: typeof data === 'string' ? bytes(data) : data, aim, vendorCode })
  return outcome.ok ? outcome.value : outcome.reason
}
const medium = (...given: Parameters<typeof decode>) => {
  const decoded = decode(...given)
  return typeof decoded === 'string' ? decoded : decoded.medium
}
const scan = (...given: Parameters<typeof decode>) => {
  const decoded = decode(...given)
  return typeof decoded === 'string' ? decoded : decoded.scan
}

describe('the medium of a scan', () => {
  it('keeps leading zeros, inner spaces and GS', () => {
    expect(medium('00490', ']C0')).toEqual({ type: 'barcode', identifier: '00490' })
    expect(medium(`A 1${GS}B`, ']C1')).toEqual({ type: 'barcode', identifier: `A 1${GS}B` })
  })

  it('is without what only frames it: a suffix, a flag, an FNC1 at either end', () => {
    for (const text of ['MEMBER-1\r\n', `${GS}MEMBER-1${GS}`, ']C0MEMBER-1', ' \tMEMBER-1 ']) {
      expect(medium(text)).toEqual({ type: 'barcode', identifier: 'MEMBER-1' })
    }
  })

  it('is UTF-8, else Shift_JIS', () => {
    const shiftJis = Uint8Array.of(0x89, 0xef, 0x88, 0xf5, 0x31)
    expect(medium('会員1', ']Q1')).toEqual({ type: 'qr', identifier: '会員1' })
    expect(medium(shiftJis, ']Q1')).toEqual({ type: 'qr', identifier: '会員1' })
  })

  it.each([
    [']Q1', 'qr'],
    [']Q3', 'qr'],
    [']E0', 'barcode'],
    [']F0', 'barcode'],
    [']d1', 'barcode'],
  ])('with the identifier %s is a %s, by transport or in its text', (aim, type) => {
    expect(medium('MEMBER-1', aim)).toEqual({ type, identifier: 'MEMBER-1' })
    expect(medium(`${aim}MEMBER-1`)).toEqual({ type, identifier: 'MEMBER-1' })
  })

  it('without one is a QR code where no linear code could hold it', () => {
    expect(medium('https://example.com/m/1')).toMatchObject({ type: 'qr' })
    expect(medium('9'.repeat(49))).toMatchObject({ type: 'qr' })
    expect(medium('会員1')).toMatchObject({ type: 'qr' })
    expect(medium('9'.repeat(48))).toMatchObject({ type: 'barcode' })
  })

  it.each([
    ['neither encoding', Uint8Array.of(0x80, 0xff)],
    ['line noise', Uint8Array.of(0x34, 0x00, 0x35)],
    ['a control character of the upper half', bytes('12\u009034')],
    ['nothing but a suffix', bytes('\r\n')],
    ['nothing but an identifier', bytes(']Q1')],
    ['a document', bytes('A'.repeat(513))],
    ['half of a pair, from a keyboard', null],
  ])('is unreadable: %s', (_, data) => {
    const outcome = data === null ? decodeText('MEMBER\ud800', null) : decodeScan({ data, aim: null })
    expect(outcome).toEqual({ ok: false, reason: 'medium_unreadable' })
  })

  it('takes no time over blanks, wherever they stand', () => {
    const started = performance.now()
    expect(medium(`x${' '.repeat(8_190)}x`)).toBe('medium_unreadable')
    expect(performance.now() - started).toBeLessThan(50)
  })
})

describe('the ECI protocol', () => {
  const shiftJis = Uint8Array.of(0x89, 0xef, 0x88, 0xf5)

  it('means the same text as a scanner without it', () => {
    expect(medium(bytes('\\000026会員'), ']Q2')).toEqual({ type: 'qr', identifier: '会員' })
    expect(medium(Uint8Array.of(...bytes('\\000020'), ...shiftJis), ']Q2')).toEqual({ type: 'qr', identifier: '会員' })
    expect(medium(bytes('A\\\\B'), ']d4')).toEqual({ type: 'barcode', identifier: 'A\\B' })
    expect(medium(bytes('A\\\\B'), ']d1')).toEqual({ type: 'barcode', identifier: 'A\\\\B' })
  })

  it('may change in the middle, and doubles a backslash inside a character', () => {
    // 表 is 95 5C in Shift_JIS.
    const data = Uint8Array.of(...bytes('A\\000020'), 0x95, 0x5c, 0x5c, ...bytes('\\000026é'))
    expect(medium(data, ']Q2')).toEqual({ type: 'qr', identifier: 'A表é' })
    expect(medium(Uint8Array.of(...bytes('\\000003'), 0xe9), ']Q2')).toEqual({ type: 'qr', identifier: 'é' })
  })

  it.each([
    ['an encoding that nobody here knows', bytes('\\000899A')],
    ['a lone backslash', bytes('A\\B')],
    ['bytes that are not in the encoding it names', Uint8Array.of(...bytes('\\000026'), ...shiftJis)],
  ])('is unreadable with %s', (_, data) => {
    expect(medium(data, ']Q2')).toBe('medium_unreadable')
  })
})

describe('what is known of a symbol', () => {
  it.each([
    ['EAN-13', '4901234567894', ']E0', 'd', { symbology: 'ean13', by: 'aim', gtin: '04901234567894' }],
    ['UPC-A as 13 digits', '0036000291452', ']E0', 'c', { symbology: 'upc-a', by: 'vendor', gtin: '00036000291452' }],
    ['UPC-A as printed', '036000291452', ']E0', null, { symbology: 'upc-a', by: 'aim', gtin: '00036000291452' }],
    ['UPC-E as printed', '04252614', ']E0', null, { symbology: 'upc-e', by: 'aim', gtin: '00042100005264' }],
    ['UPC-E of six digits', '425261', null, 'E', { symbology: 'upc-e', by: 'vendor', gtin: '00042100005264' }],
    ['UPC-E as 13 digits', '0042100005264', ']E0', 'E', { symbology: 'upc-e', by: 'vendor', gtin: '00042100005264' }],
    ['EAN-8', '49501230', ']E4', 'D', { symbology: 'ean8', by: 'aim', gtin: '00000049501230' }],
    ['a magazine', '490123456789405', ']E3', null, { symbology: 'ean-addon', by: 'aim', gtin: '04901234567894' }],
    ['AIM’s own add-on', '4901234567894]E105', ']E0', null, { symbology: 'ean13', by: 'aim', gtin: '04901234567894' }],
    ['an add-on to what is no GTIN', '490123456789505', ']E3', null, { symbology: 'ean-addon', by: 'aim' }],
    [
      'a book with its price',
      '978030640615751299',
      ']E3',
      null,
      { symbology: 'ean-addon', by: 'aim', gtin: '09780306406157' },
    ],
    ['ITF-14', '10614141000415', ']I1', 'e', { symbology: 'itf', by: 'aim', gtin: '10614141000415' }],
    ['a wrong check digit', '4901234567895', ']E0', 'd', { symbology: 'ean13', by: 'aim' }],
    ['a number in Code 128', '4901234567894', ']C0', 'j', { symbology: 'code128', by: 'aim' }],
    ['a vendor’s word where AIM has none', '1234', ']X0', 'm', { symbology: 'matrix-2of5', by: 'vendor' }],
    ['a vendor’s code that nobody knows', '1234', null, '?', { symbology: 'unknown', by: 'guess' }],
    ['a guess', '4901234567894', null, null, { symbology: 'ean13', by: 'guess', gtin: '04901234567894' }],
    ['a guess at a UPC-E', '01234505', null, null, { symbology: 'ean8', by: 'guess', gtin: '00012000003455' }],
    ['a guess at a case', '10614141000415', null, null, { symbology: 'itf', by: 'guess', gtin: '10614141000415' }],
    ['a number', '12345', null, null, { symbology: 'unknown', by: 'guess' }],
  ])('%s', (_, text, aim, vendorCode, expected) => {
    expect(scan(text, aim, vendorCode)).toEqual(expected)
    expect(decode(text, aim, vendorCode)).toMatchObject({ medium: { identifier: text } })
  })

  it('GS1 DataMatrix: elements and the product', () => {
    expect(scan(`010490123456789410LOT${GS}17271231`, ']d2')).toEqual({
      symbology: 'gs1-datamatrix',
      by: 'aim',
      gtin: '04901234567894',
      gs1: [
        { ai: '01', value: '04901234567894' },
        { ai: '10', value: 'LOT' },
        { ai: '17', value: '271231' },
      ],
    })
  })

  it('a scanner that swallows FNC1 is found out', () => {
    expect(scan('010490123456789410LOT17271231', ']d2')).toMatchObject({ gs1Ambiguous: true })
    expect(scan('0104901234567894', ']d2')).not.toHaveProperty('gs1Ambiguous')
  })

  it('a Digital Link, in any symbology', () => {
    for (const aim of [']Q1', ']d1', null]) {
      expect(scan('https://id.gs1.org/01/04901234567894/21/7', aim)).toMatchObject({
        gtin: '04901234567894',
        gs1: [{ ai: '01' }, { ai: '21', value: '7' }],
      })
    }
  })

  it('elements without a symbology only where something speaks for them', () => {
    expect(scan(`010490123456789417271231`)).toMatchObject({ by: 'guess', gtin: '04901234567894' })
    expect(scan(`10LOT${GS}21A`)).toMatchObject({ gs1: [{ ai: '10' }, { ai: '21' }] })
    // A plain number that could be read as (21)00001234567.
    expect(scan('2100001234567')).not.toHaveProperty('gs1')
    expect(scan('8018490123', ']C0')).not.toHaveProperty('gs1')
  })
})

it('of any bytes is a medium and scan data that the contract takes, or unreadable', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 600 }),
      fc.constantFrom(null, ']Q1', ']C1', ']Q2', ']E0', ']??'),
      fc.constantFrom(null, 'd', 's', 'E', '\0'),
      (data, aim, vendorCode) => {
        const outcome = decodeScan({ data, aim, vendorCode })
        if (!outcome.ok) expect(outcome.reason).toBe('medium_unreadable')
        else {
          RawMedium.parse(outcome.value.medium)
          ScanData.parse(outcome.value.scan)
        }
      },
    ),
  )
})
