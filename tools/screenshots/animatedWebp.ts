import type { Part } from './darkroom.ts'

/** One moment of an animation: a WebP of a part of the picture, and how long it stays, in milliseconds. */
export interface AnimationFrame {
  readonly webp: Buffer
  readonly part: Part
  readonly milliseconds: number
}

/**
 * Puts WebPs into one animated WebP that runs for ever. Each frame is drawn over the one before it, where its part says; a
 * part begins at even pixels.
 *
 * Source: WebP Container Specification, https://developers.google.com/speed/webp/docs/riff_container (RIFF, VP8X, ANIM, ANMF).
 */
export function animatedWebp(width: number, height: number, frames: readonly AnimationFrame[]): Buffer {
  const header = Buffer.alloc(10)
  header.writeUInt8(ANIMATION_FLAG, 0)
  header.writeUIntLE(width - 1, 4, 3)
  header.writeUIntLE(height - 1, 7, 3)
  // Background colour, then the number of repetitions: none is for ever.
  const animation = Buffer.alloc(6)
  const chunks = [chunk('VP8X', header), chunk('ANIM', animation), ...frames.map(frameChunk)]
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]))
}

const ANIMATION_FLAG = 0b10
const OVER_WITHOUT_BLENDING = 0b10

function frameChunk({ webp, part, milliseconds }: AnimationFrame): Buffer {
  if (part.x % 2 !== 0 || part.y % 2 !== 0) throw new Error('a frame begins at even pixels')
  const place = Buffer.alloc(16)
  place.writeUIntLE(part.x / 2, 0, 3)
  place.writeUIntLE(part.y / 2, 3, 3)
  place.writeUIntLE(part.width - 1, 6, 3)
  place.writeUIntLE(part.height - 1, 9, 3)
  place.writeUIntLE(milliseconds, 12, 3)
  place.writeUInt8(OVER_WITHOUT_BLENDING, 15)
  return chunk('ANMF', Buffer.concat([place, imageChunks(webp)]))
}

/** The chunks that hold a still picture's pixels, without what says how large it is or which colours it means. */
function imageChunks(webp: Buffer): Buffer {
  const kept: Buffer[] = []
  for (let at = 12; at < webp.length; ) {
    const name = webp.toString('latin1', at, at + 4)
    const end = at + 8 + evenly(webp.readUInt32LE(at + 4))
    if (name === 'VP8 ' || name === 'VP8L' || name === 'ALPH') kept.push(webp.subarray(at, end))
    at = end
  }
  if (kept.length === 0) throw new Error('this is no WebP with a still picture')
  return Buffer.concat(kept)
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(evenly(content.length) - content.length)])
}

const evenly = (length: number): number => length + (length % 2)
