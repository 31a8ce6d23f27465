import fc from 'fast-check'
import { z } from 'zod'
import { WEDGE_CALIBRATION_TEXT } from '../../../core/readers/calibration.ts'
import { WEDGE_LAYOUTS, WedgeKey, WedgeLayout } from '../../../core/readers/protocol.ts'
import { calibratedLayout, decodeWedgeBurst } from '../../../drivers/wedge/codec.ts'
import { wedgeKeys } from '../../contract/wedgeKeys.ts'
import { corpus } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'
import { DecodedScan } from '../wellFormed.ts'

const CODES = [
  ...[
    'Enter',
    'NumpadEnter',
    'Tab',
    'ShiftLeft',
    'AltLeft',
    'CapsLock',
    'BracketRight',
    'IntlYen',
    'IntlRo',
    'Convert',
  ],
  ...[
    'KeyA',
    'KeyZ',
    'Digit0',
    'Digit9',
    'Numpad0',
    'Numpad9',
    'Minus',
    'Space',
    'F12',
    '',
    'Unidentified',
    '__proto__',
  ],
]

/** Bursts of scanners: samples that a US keyboard can type. */
const bursts = [...['scans.txt', 'gs1.txt', 'links.txt'].flatMap(corpus), Buffer.from(WEDGE_CALIBRATION_TEXT)].flatMap(
  (sample) => {
    const text = sample.toString('latin1')
    return sample.every((byte) => byte === 0x1d || (byte >= 0x20 && byte <= 0x7e)) ? [wedgeKeys(`${text}\n`)] : []
  },
)

const key = fc.record({
  code: fc.oneof(fc.constantFrom(...CODES), fc.string({ maxLength: 32 })),
  key: fc.oneof(fc.constantFrom('a', '1', 'Dead', 'Process', '\u0000', '\ud800', '会'), fc.string({ maxLength: 32 })),
  shift: fc.boolean(),
  ctrl: fc.boolean(),
  alt: fc.boolean(),
  atMs: fc.double({ min: 0, max: 600_000, noNaN: true }),
})

const change = fc.tuple(fc.nat({ max: 400 }), key, fc.constantFrom('replace', 'insert', 'delete', 'delay'))
const mutatedBurst = fc
  .tuple(fc.constantFrom(...bursts), fc.array(change, { maxLength: 4 }), fc.constantFrom(0, 1, 10, 80, 130))
  .map(([burst, changes, gap]) => {
    const keys = burst.map((each, index) => ({ ...each, atMs: index * gap }))
    for (const [place, other, how] of changes) {
      const at = place % (keys.length + 1)
      if (how === 'insert') keys.splice(at, 0, other)
      else if (how === 'delete') keys.splice(at, 1)
      else if (how === 'replace') keys.splice(at, 1, other)
      else for (const late of keys.slice(at)) late.atMs = Math.min(600_000, late.atMs + other.atMs / 1_000)
    }
    return keys
  })

const options = fc.record({
  layout: fc.constantFrom(...WEDGE_LAYOUTS),
  prefix: fc.constantFrom('', '', 'F', '~~'),
  suffix: fc.constantFrom('', '', '#', '4'),
})

const Calibrated = z.object({ layout: WedgeLayout, gs: z.boolean() }).nullable()

/** Keys of one burst, from a scanner on whatever layout, a person or an input method. */
export const wedge = fuzzTarget(
  'wedge',
  fc.record({ keys: fc.oneof(mutatedBurst, fc.array(key, { maxLength: 60 })), options }),
  ({ keys, options: given }) => {
    const burst = z.array(WedgeKey).parse(keys)
    z.array(DecodedScan).parse(decodeWedgeBurst(burst, given))
    Calibrated.parse(calibratedLayout(burst))
  },
)
