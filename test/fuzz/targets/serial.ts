import fc from 'fast-check'
import { z } from 'zod'
import { SerialPresetId } from '../../../core/readers/protocol.ts'
import { SerialCodec } from '../../../drivers/serial/codec.ts'
import { DETECTION_ORDER, presetOf } from '../../../drivers/serial/detection.ts'
import { bytesLike, corpus } from '../inputs.ts'
import { fuzzStream, fuzzTarget } from '../target.ts'
import { SymbolBytes } from '../wellFormed.ts'

const streams = corpus('serial.txt')

const Frames = z.array(
  z.union([z.object({ kind: z.literal('frame'), data: SymbolBytes }), z.object({ kind: z.literal('unreadable') })]),
)

/** A stream in pieces, some followed by silence. */
const pieces = fc.array(fc.tuple(bytesLike(streams), fc.boolean()), { minLength: 1, maxLength: 5 })

const LINES = [
  {},
  { sevenBits: true },
  { framed: true },
  { sevenBits: true, framed: true },
  { terminated: true },
] as const

/** A serial scanner's bytes on every kind of line, however they were split. */
export const serial = fuzzStream('serial', fc.record({ line: fc.nat({ max: LINES.length - 1 }), pieces }), () => {
  const codecs = LINES.map((line) => new SerialCodec(line))
  return ({ line, pieces: given }) => {
    const codec = codecs[line]
    if (!codec) throw new Error('no such line')
    for (const [bytes, silence] of given) {
      for (const frame of Frames.parse(codec.push(bytes))) {
        if (frame.kind === 'frame' && frame.data.some((byte) => byte === 2 || byte === 3)) {
          throw new Error('a frame holds what frames it')
        }
      }
      const after = codec.idleAfterMs
      if (after !== null && !(after > 0 && after <= 5_000)) throw new Error('silence that never ends')
      if (silence) Frames.parse(codec.idle())
      if (silence && codec.idleAfterMs !== null) throw new Error('something is under way after silence')
    }
  }
})

/** A test scan, received with the wrong settings and the right ones. */
export const serialDetection = fuzzTarget(
  'serial: detection',
  fc.record({ bytes: bytesLike(streams), tried: fc.constantFrom(...DETECTION_ORDER), isUsb: fc.boolean() }),
  ({ bytes, tried, isUsb }) => {
    SerialPresetId.nullable().parse(presetOf(bytes, tried, isUsb))
  },
)
