import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HidCodec } from '../../../../drivers/hid/codec.ts'
import { DEFAULT_LAYOUT, layoutOf } from '../../../../drivers/hid/layout.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))

/** A scanner of the default layout: report 2 of count, three identifiers, 56 bytes, two of the vendor's, the flag. */
const FULL = hex(`
  05 8c 09 02 a1 01
    09 12 a1 02
      85 02 15 00 26 ff 00 75 08
      95 01 05 01 09 3b 81 02
      95 01 05 8c 09 fb 81 02 09 fc 81 02 09 fd 81 02
      95 38 09 fe 82 02 01
      06 66 ff 95 02 09 04 09 00 81 02
      05 8c 95 01 75 01 09 ff 81 02
      95 07 81 03
    c0
    09 14 a1 02 85 04 75 01 95 08 09 00 91 02 c0
  c0`)

/** Newland's shape: no identifier, no report id, the data padded with zeros. */
const PLAIN = hex('05 8c 09 02 a1 01 15 00 26 ff 00 75 08 95 10 09 fe 81 02 c0')

describe('the report layout', () => {
  it('is read from the descriptor', () => {
    expect(layoutOf(FULL)).toEqual({ ...DEFAULT_LAYOUT, continued: { at: 63, mask: 0x01 } })
  })

  it('takes the only byte in front of the identifier as the count, whatever its usage', () => {
    const vendors = FULL.slice()
    const at = Buffer.from(vendors).indexOf(Buffer.from('05 01 09 3b'.replaceAll(' ', ''), 'hex'))
    vendors.set(hex('05 8c 09 77'), at)
    expect(layoutOf(vendors)).toMatchObject({ lengthAt: 1, aimAt: 2, dataAt: 5, dataSize: 56 })
  })

  it('may have no report id, count or identifier', () => {
    const layout = layoutOf(PLAIN)
    expect(layout).toEqual({ reportId: null, lengthAt: null, aimAt: null, dataAt: 0, dataSize: 16, continued: null })
    const report = new Uint8Array(16)
    report.set(new TextEncoder().encode('0049'))
    expect(new HidCodec(layout!).push(report, 0)).toEqual([
      { kind: 'symbol', symbol: { data: new TextEncoder().encode('0049'), aim: null } },
    ])
  })

  it('is unknown for a keyboard, and for a descriptor cut off before its data', () => {
    expect(layoutOf(hex('05 01 09 06 a1 01 05 07 19 e0 29 e7 75 01 95 08 81 02 c0'))).toBeNull()
    expect(layoutOf(FULL.subarray(0, 20))).toBeNull()
    expect(layoutOf(new Uint8Array())).toBeNull()
  })

  it('ends the data where its bytes stop following each other', () => {
    // Four bytes, then one of padding and four more; then a field of 129 bits.
    expect(layoutOf(hex('05 8c 75 08 95 04 09 fe 81 02 95 01 81 03 95 04 09 fe 81 02'))).toMatchObject({ dataSize: 4 })
    expect(layoutOf(hex('05 8c 75 08 95 04 09 fe 81 02 75 81 95 01 09 fe 81 02'))).toMatchObject({ dataSize: 4 })
    expect(layoutOf(hex('05 8c 75 01 95 04 09 fe 81 02'))).toBeNull()
  })

  it('costs little and never throws, whatever a device declares', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (descriptor) => {
        const layout = layoutOf(descriptor)
        if (layout) expect(() => new HidCodec(layout).push(new Uint8Array(64), 0)).not.toThrow()
      }),
    )
    const started = performance.now()
    // Report count 2^32 − 1, again and again.
    layoutOf(hex(`05 8c 75 08 ${'97 ff ff ff ff 09 fe 81 02 '.repeat(400)}`))
    expect(performance.now() - started).toBeLessThan(500)
  })
})
