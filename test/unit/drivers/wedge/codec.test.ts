import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWedgeBurst } from '../../../../drivers/wedge/codec.ts'
import { wedgeKeys } from '../../../contract/wedgeKeys.ts'

const identifiers = (...bursts: Parameters<typeof decodeWedgeBurst>) =>
  decodeWedgeBurst(...bursts).map((outcome) => (outcome.ok ? outcome.value.medium.identifier : outcome.reason))

describe('a burst of keys', () => {
  it('is decoded by key position: whatever layout and case the operating system makes of it', () => {
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('')
    expect(identifiers(wedgeKeys(`x${printable}x\n`))).toEqual([`x${printable}x`])
  })

  it('keeps leading zeros and turns Ctrl+] into GS', () => {
    expect(identifiers(wedgeKeys('0101234\u001d17\n'))).toEqual(['0101234\u001d17'])
  })

  it('takes the AIM identifier off the front and believes it', () => {
    expect(decodeWedgeBurst(wedgeKeys(']Q1MEMBER-1\n'))).toMatchObject([
      { ok: true, value: { medium: { type: 'qr', identifier: 'MEMBER-1' } } },
    ])
    expect(decodeWedgeBurst(wedgeKeys(']E04901234567894\n'))).toMatchObject([
      { ok: true, value: { medium: { type: 'barcode', identifier: '4901234567894' } } },
    ])
  })

  it('may hold several symbols, or lack its suffix', () => {
    expect(identifiers(wedgeKeys('11112222\n33334444\n'))).toEqual(['11112222', '33334444'])
    expect(identifiers(wedgeKeys('11112222'))).toEqual(['11112222'])
  })

  it('of a person is none: too slow, or too short', () => {
    expect(identifiers(wedgeKeys('hello world\n', 180))).toEqual([])
    expect(identifiers(wedgeKeys('123\n'))).toEqual([])
    expect(identifiers([])).toEqual([])
  })

  it('of the slowest scanner in the field is one, its pauses too', () => {
    const keys = wedgeKeys('49012345\n', 80).map((key, index) => ({ ...key, atMs: key.atMs + (index > 4 ? 200 : 0) }))
    expect(identifiers(keys)).toEqual(['49012345'])
  })

  it('ignores modifiers that arrive as keys of their own', () => {
    const [first, ...rest] = wedgeKeys('ABCD\n')
    const shift = { ...first!, code: 'ShiftLeft', key: 'Shift' }
    expect(identifiers([shift, first!, shift, ...rest])).toEqual(['ABCD'])
  })

  it('is unreadable where a key means nothing: function keys, Alt, other Ctrl combinations', () => {
    const keys = wedgeKeys('123456\n')
    for (const odd of [{ code: 'F5' }, { alt: true }, { ctrl: true }]) {
      const changed = keys.map((key, index) => (index === 2 ? { ...key, ...odd } : key))
      expect(identifiers(changed)).toEqual(['medium_unreadable'])
    }
  })

  it('of any keys never throws', () => {
    const key = fc.record({
      code: fc.oneof(
        fc.constantFrom('KeyA', 'Digit0', 'Enter', 'BracketRight', '', 'Numpad7'),
        fc.string({ maxLength: 32 }),
      ),
      key: fc.string({ maxLength: 32 }),
      shift: fc.boolean(),
      ctrl: fc.boolean(),
      alt: fc.boolean(),
      atMs: fc.double({ min: 0, max: 600_000, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(key, { maxLength: 50 }), (keys) => {
        for (const outcome of decodeWedgeBurst(keys)) {
          if (outcome.ok) expect(outcome.value.medium.identifier.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})
