import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RawMedium } from '../../../core/media/medium.ts'
import { scannedMedium } from '../../../drivers/scannedMedium.ts'
import { splitAim, symbologyOf } from '../../../drivers/symbology.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const medium = (data: Uint8Array | string, aim: string | null = null) => {
  const outcome = scannedMedium({ data: typeof data === 'string' ? bytes(data) : data, aim })
  return outcome.ok ? outcome.value : outcome.reason
}

describe('a scanned symbol', () => {
  it('keeps leading zeros, inner spaces and GS', () => {
    expect(medium('00490', ']C0')).toEqual({ type: 'barcode', identifier: '00490' })
    expect(medium('A 1\u001dB', ']C1')).toEqual({ type: 'barcode', identifier: 'A 1\u001dB' })
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
    ['nothing but a suffix', bytes('\r\n')],
    ['a document', bytes('A'.repeat(513))],
  ])('is unreadable: %s', (_, data) => {
    expect(medium(data)).toBe('medium_unreadable')
  })

  it('of any bytes is a medium that the contract takes, or unreadable', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(null, ']Q1', ']C0', ']??'), (data, aim) => {
        const outcome = scannedMedium({ data, aim })
        if (outcome.ok) RawMedium.parse(outcome.value)
        else expect(outcome.reason).toBe('medium_unreadable')
      }),
    )
  })
})

describe('AIM identifiers', () => {
  it('name their symbology; a bracket in data is none', () => {
    expect(symbologyOf(']C1')).toBe('gs1-128')
    expect(symbologyOf(']A0')).toBe('code39')
    expect(symbologyOf(']!1')).toBeNull()
    expect(splitAim(']?1abc')).toEqual({ aim: null, text: ']?1abc' })
    expect(splitAim('')).toEqual({ aim: null, text: '' })
  })
})
