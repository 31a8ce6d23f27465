import fc from 'fast-check'
import { z } from 'zod'
import { HidCodec } from '../../../drivers/hid/codec.ts'
import { declaredReports } from '../../../drivers/hid/descriptor.ts'
import { DEFAULT_LAYOUT, layoutOf } from '../../../drivers/hid/layout.ts'
import { bytesLike, corpus } from '../inputs.ts'
import { fuzzStream, fuzzTarget } from '../target.ts'
import { SymbolBytes } from '../wellFormed.ts'

const reports = corpus('hidReports.hex')
const descriptors = corpus('descriptors.hex')

const Aim = z.string().length(3).startsWith(']')

const Scans = z.array(
  z.union([
    z.object({
      kind: z.literal('symbol'),
      symbol: z.object({ data: SymbolBytes, aim: Aim.nullable(), vendorCode: z.string().length(1).nullish() }),
    }),
    z.object({ kind: z.literal('unreadable') }),
    z.object({ kind: z.literal('ignored') }),
  ]),
)

/** A report of a scanner that keeps to its layout but for what it says in it. */
const report = fc.record({
  id: fc.constantFrom(2, 2, 2, 0, 1, 4),
  length: fc.oneof(fc.integer({ min: 0, max: 56 }), fc.nat({ max: 255 })),
  aim: fc.constantFrom(']E0', ']Q1', ']C1', ']X0', ']Z6', '\0\0\0', ']', '   '),
  fill: bytesLike(reports, 64),
  codeId: fc.constantFrom(0, 0x3f, 0x6d, 0xff),
  continued: fc.constantFrom(0, 0, 1, 0x80),
})
const shaped = report.map(({ id, length, aim, fill, codeId, continued }) => {
  const bytes = new Uint8Array(64)
  bytes.set(fill.subarray(0, 56), 5)
  bytes.set([id, length, ...Buffer.from(aim)].slice(0, 5))
  bytes[61] = codeId
  bytes[63] = continued
  return bytes
})

/** Reports one after another, with the time between them. */
const sequence = fc.array(
  fc.tuple(fc.oneof({ weight: 3, arbitrary: shaped }, bytesLike(reports, 64)), fc.constantFrom(0, 1, 10, 499, 501)),
  { minLength: 1, maxLength: 6 },
)

/** Input reports of a scanner in the de-facto layout, known or guessed, in every order. */
export const hidReports = fuzzStream('hid: reports', fc.record({ guessed: fc.boolean(), sequence }), () => {
  const known = new HidCodec({ ...DEFAULT_LAYOUT, codeIdAt: 61 })
  const unknown = new HidCodec(DEFAULT_LAYOUT, { guessed: true })
  let at = 0
  return ({ guessed, sequence: given }) => {
    const codec = guessed ? unknown : known
    for (const [bytes, wait] of given) {
      at += wait
      Scans.parse(codec.push(bytes, at))
    }
    if (codec.pending) Scans.parse(codec.expire(at + 1))
  }
})

/** Report descriptors, and a report in the layout that one declares. */
export const hidDescriptors = fuzzTarget(
  'hid: descriptor',
  fc.record({ descriptor: bytesLike(descriptors), bytes: bytesLike(reports, 64) }),
  ({ descriptor, bytes }) => {
    for (const [id, fields] of declaredReports(descriptor).input) {
      if (!(id >= 0) || fields.length > 4_096) throw new Error('more fields than a report has')
    }
    const layout = layoutOf(descriptor)
    if (layout === null) return
    for (const place of [layout.lengthAt ?? 0, layout.aimAt ?? 0, layout.dataAt, layout.dataSize]) {
      if (!Number.isSafeInteger(place) || place < 0) throw new Error('a place that no report has')
    }
    const codec = new HidCodec(layout)
    Scans.parse(codec.push(bytes, 0))
    Scans.parse(codec.push(bytes, 1))
    Scans.parse(codec.expire(Number.POSITIVE_INFINITY))
    if (codec.pending) throw new Error('a symbol that never ends')
  },
)
