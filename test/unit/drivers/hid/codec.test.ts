import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTINUATION_DEADLINE_MS, HidCodec, type HidScan } from '../../../../drivers/hid/codec.ts'
import { DEFAULT_LAYOUT } from '../../../../drivers/hid/layout.ts'
import { hidReport } from '../../../contract/mediumReaderHidDouble.ts'

const IGNORED = [{ kind: 'ignored' }]
/** Honeywell's: the byte behind the data says which symbology it was. */
const HONEYWELL = { ...DEFAULT_LAYOUT, codeIdAt: 61 }

const symbols = (scans: readonly HidScan[]) =>
  scans.map((scan) => (scan.kind === 'symbol' ? [scan.symbol.aim, new TextDecoder().decode(scan.symbol.data)] : null))

describe('HID POS reports', () => {
  it('are read by their length, not by their padding: leading and inner zeros are data', () => {
    const codec = new HidCodec(DEFAULT_LAYOUT)
    expect(symbols(codec.push(hidReport('00490\u0000', { aim: ']E0' }), 0))).toEqual([[']E0', '00490\u0000']])
  })

  it('join until the last one, at every split of a symbol', () => {
    const text = '会員番号 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    const bytes = new TextEncoder().encode(text)
    for (let at = 1; at < bytes.length; at += 1) {
      const codec = new HidCodec(DEFAULT_LAYOUT)
      if (at > 56 || bytes.length - at > 56) continue
      expect(codec.push(hidReport(bytes.subarray(0, at), { continued: true }), 0)).toEqual([])
      expect(codec.pending).toBe(true)
      expect(symbols(codec.push(hidReport(bytes.subarray(at)), 5))).toEqual([[']C0', text]])
      expect(codec.pending).toBe(false)
    }
  })

  it('of another kind are not scans: other report ids, empty ones', () => {
    const codec = new HidCodec(DEFAULT_LAYOUT)
    const other = hidReport('0049')
    other[0] = 0x03
    expect(codec.push(other, 0)).toEqual(IGNORED)
    expect(codec.push(hidReport(''), 0)).toEqual([])
  })

  it('without an AIM identifier still carry their data', () => {
    const report = hidReport('0049')
    report.fill(0, 2, 5)
    expect(symbols(new HidCodec(DEFAULT_LAYOUT).push(report, 0))).toEqual([[null, '0049']])
  })

  it('whose rest never comes are one failure, and the next symbol is whole', () => {
    const codec = new HidCodec(DEFAULT_LAYOUT)
    codec.push(hidReport('half', { continued: true }), 0)
    expect(codec.expire(CONTINUATION_DEADLINE_MS - 1)).toEqual([])
    expect(codec.expire(CONTINUATION_DEADLINE_MS)).toEqual([{ kind: 'unreadable' }])
    expect(symbols(codec.push(hidReport('whole'), CONTINUATION_DEADLINE_MS))).toEqual([[']C0', 'whole']])
  })

  it('of another symbol in the middle end the first one as lost', () => {
    const codec = new HidCodec(DEFAULT_LAYOUT)
    codec.push(hidReport('half', { aim: ']Q1', continued: true }), 0)
    expect(symbols(codec.push(hidReport('0049', { aim: ']E0' }), 1))).toEqual([null, [']E0', '0049']])
  })

  it('of a device that declares one larger than any symbol are failures, and nothing is kept of them', () => {
    const layout = { ...DEFAULT_LAYOUT, lengthAt: null, dataSize: 65_536, continued: null }
    const report = new Uint8Array(10_000).fill(0x39)
    report[0] = 0x02
    expect(new HidCodec(layout).push(report, 0)).toEqual([{ kind: 'unreadable' }])
  })

  it('that claim more data than they have, or are cut short, are failures', () => {
    const long = hidReport('0049')
    long[1] = 57
    expect(new HidCodec(DEFAULT_LAYOUT).push(long, 0)).toEqual([{ kind: 'unreadable' }])
    expect(new HidCodec(DEFAULT_LAYOUT).push(hidReport('0049').subarray(0, 7), 0)).toEqual([{ kind: 'unreadable' }])
    expect(new HidCodec(DEFAULT_LAYOUT).push(Uint8Array.of(2), 0)).toEqual([{ kind: 'unreadable' }])
  })

  it('are bounded: a symbol without end is one failure, not memory', () => {
    const codec = new HidCodec(DEFAULT_LAYOUT)
    for (let count = 0; count < 1_000; count += 1) {
      expect(codec.push(hidReport('A'.repeat(56), { continued: true }), count)).toEqual([])
    }
    expect(codec.push(hidReport('A'), 1_000)).toEqual([{ kind: 'unreadable' }])
    expect(symbols(codec.push(hidReport('0049'), 1_001))).toEqual([[']C0', '0049']])
  })

  it('of any bytes never throw, nor yield more than they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 10 }), (reports) => {
        const codec = new HidCodec(DEFAULT_LAYOUT)
        const yielded = reports.flatMap((report, at) => codec.push(report, at))
        const size = yielded.reduce((sum, scan) => sum + (scan.kind === 'symbol' ? scan.symbol.data.length : 0), 0)
        expect(size).toBeLessThanOrEqual(reports.reduce((sum, report) => sum + report.length, 0))
      }),
    )
  })
})

describe('Honeywell’s replies to commands', () => {
  /** As a Voyager 1602g answered REVINF (HenkVanAsselt/python_hon_usbhid), shortened. */
  const revision = ['Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoft', 'ware Part Number: CW0000', '15232']

  it('are no scans, over however many reports they go', () => {
    const codec = new HidCodec(HONEYWELL)
    const [first, ...rest] = revision
    expect(codec.push(hidReport(first!, { aim: ']X0', codeId: '?', continued: true }), 0)).toEqual([])
    expect(codec.push(hidReport(rest[0]!, { aim: ']X0', codeId: '?', continued: true }), 1)).toEqual([])
    expect(codec.push(hidReport(rest[1]!, { aim: ']X0', codeId: '?' }), 2)).toEqual(IGNORED)
    expect(codec.push(hidReport('REVINF\u0006.', { aim: ']Z6', codeId: '6' }), 3)).toEqual(IGNORED)
    expect(symbols(codec.push(hidReport('0049', { aim: ']E0', codeId: 'd' }), 4))).toEqual([[']E0', '0049']])
  })

  it('are no scan to be made again when their rest never comes', () => {
    const codec = new HidCodec(HONEYWELL)
    codec.push(hidReport(revision[0]!, { aim: ']X0', codeId: '?', continued: true }), 0)
    expect(codec.expire(CONTINUATION_DEADLINE_MS)).toEqual(IGNORED)
    codec.push(hidReport(revision[0]!, { aim: ']X0', codeId: '?', continued: true }), 1_000)
    expect(codec.push(hidReport('0049', { aim: ']E0', codeId: 'd' }), 1_001)[0]).toEqual(IGNORED[0])
  })

  it.each([
    ['Matrix 2 of 5', 'm', '1234567890'],
    ['UPC-E1', 'E', '01234565'],
    ['Trioptic', '=', '123456'],
    ['Korea Post', '?', '123456'],
    ['nothing said', '', 'A-42'],
  ])('are not mistaken for symbologies that AIM has no letter for: %s', (_, codeId, text) => {
    const scans = new HidCodec(HONEYWELL).push(hidReport(text, { aim: ']X0', codeId }), 0)
    expect(symbols(scans)).toEqual([[']X0', text]])
  })

  it('are Honeywell’s alone: where no code ID is known, the same report is a scan', () => {
    const scans = new HidCodec(DEFAULT_LAYOUT).push(hidReport('A-42', { aim: ']X0', codeId: '?' }), 0)
    expect(symbols(scans)).toEqual([[']X0', 'A-42']])
  })
})
