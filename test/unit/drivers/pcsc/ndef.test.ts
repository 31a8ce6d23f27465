import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ndefOfType2, ndefText } from '../../../../drivers/pcsc/ndef.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const record = (type: string, payload: Uint8Array, { first = true, last = true } = {}) =>
  Buffer.concat([
    Buffer.of(0x11 | (first ? 0x80 : 0) | (last ? 0x40 : 0), 1, payload.length),
    Buffer.from(type, 'latin1'),
    payload,
  ])

describe('an NDEF message', () => {
  it.each([
    ['a link with a prefix', record('U', Buffer.from('\u0002example.com', 'latin1')), 'https://www.example.com'],
    ['a link without one', record('U', Buffer.from('\u0000shop:7', 'latin1')), 'shop:7'],
    ['text in UTF-8', record('T', Buffer.concat([Buffer.of(2), Buffer.from('ja会員1')])), '会員1'],
    ['text in UTF-16', record('T', Buffer.concat([Buffer.of(0x82), Buffer.from('en'), hex('4f1a0031')])), '会1'],
  ])('is %s', (_, message, text) => {
    expect(ndefText(message)).toBe(text)
  })

  it('is its first text or link, behind records of other kinds', () => {
    const message = Buffer.concat([
      record('x', Buffer.from('other'), { last: false }),
      record('U', Buffer.from('\u0003a.example', 'latin1'), { first: false }),
    ])
    expect(ndefText(message)).toBe('http://a.example')
  })

  it('may carry long lengths and ids', () => {
    expect(ndefText(hex('c901000000020155610061'))).toBe('a')
  })

  it.each([
    ['a broken encoding', record('T', hex('02656eff'))],
    ['an unknown prefix', record('U', hex('ff61'))],
    ['a chunk', hex('f1010155' + '0361')],
    ['a record longer than the message', hex('d101ff5503')],
    ['nothing', new Uint8Array()],
  ])('is nothing when it is %s', (_, message) => {
    expect(ndefText(message)).toBeNull()
  })

  it('of any bytes is text or nothing, and ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = ndefText(bytes)
        expect(text === null || text.length > 0).toBe(true)
        const message = ndefOfType2(bytes)
        if (message) expect(message.length).toBeLessThan(bytes.length)
      }),
    )
  })
})

describe('the data area of a type 2 tag', () => {
  it('holds its message behind other TLVs', () => {
    expect(ndefOfType2(hex('0103a0100c0003' + '02' + 'd100' + 'fe'))).toEqual(hex('d100'))
    expect(ndefOfType2(hex(`03ff0002d100fe`))).toEqual(hex('d100'))
  })

  it('without a whole message holds none', () => {
    for (const area of ['', '0310d1', 'fe0302d100', '03', '03ff00']) expect(ndefOfType2(hex(area))).toBeNull()
  })
})
