import fc from 'fast-check'
import { z } from 'zod'
import { SerialCodec } from '../../../drivers/serial/codec.ts'
import { bytesLike, corpus } from '../inputs.ts'
import { fuzzStream } from '../target.ts'
import { SymbolBytes } from '../wellFormed.ts'

const Frames = z.array(
  z.union([z.object({ kind: z.literal('frame'), data: SymbolBytes }), z.object({ kind: z.literal('unreadable') })]),
)

/** A stream in pieces, some followed by silence. */
const pieces = fc.array(fc.tuple(bytesLike(corpus('serial.txt')), fc.boolean()), { minLength: 1, maxLength: 5 })

/** A serial scanner's bytes, however they were split. */
export const serial = fuzzStream('serial', pieces, () => {
  const codec = new SerialCodec()
  return (given) => {
    for (const [bytes, silence] of given) {
      for (const frame of Frames.parse(codec.push(bytes))) {
        if (frame.kind === 'frame' && frame.data.some((byte) => [2, 3, 10, 13].includes(byte))) {
          throw new Error('a frame holds what ends frames')
        }
      }
      const after = codec.idleAfterMs
      if (after !== null && !(after > 0 && after <= 5_000)) throw new Error('silence that never ends')
      if (silence) Frames.parse(codec.idle())
      if (silence && codec.idleAfterMs !== null) throw new Error('something is under way after silence')
    }
  }
})
