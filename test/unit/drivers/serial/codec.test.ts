import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDLE_MS, SerialCodec, type SerialFrame, TERMINATOR_DEADLINE_MS } from '../../../../drivers/serial/codec.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const texts = (frames: readonly SerialFrame[]) =>
  frames.map((frame) => (frame.kind === 'frame' ? new TextDecoder().decode(frame.data) : null))

/** What a codec makes of a stream that arrives in these pieces. */
function framesOf(pieces: readonly Uint8Array[]): SerialFrame[] {
  const codec = new SerialCodec()
  return pieces.flatMap((piece) => codec.push(piece))
}

describe('serial framing', () => {
  it.each([
    ['CR', '0049\r', ['0049']],
    ['LF', '0049\n', ['0049']],
    ['CR LF', '0049\r\n', ['0049']],
    ['STX ETX', '\u00020049\u0003', ['0049']],
    ['several in one chunk', 'AB\r\nCD\r\n', ['AB', 'CD']],
    ['GS inside', '01\u001d02\r', ['01\u001d02']],
  ])('ends a frame at %s', (_, stream, expected) => {
    expect(texts(framesOf([bytes(stream)]))).toEqual(expected)
  })

  it('gives the same frames at every split point of every framing', () => {
    const stream = bytes('4901234567894\r\n\u0002ABC\u0003会員\r0\n')
    const whole = framesOf([stream])
    expect(texts(whole)).toEqual(['4901234567894', 'ABC', '会員', '0'])
    for (let at = 0; at <= stream.length; at += 1) {
      for (let next = at; next <= stream.length; next += 1) {
        const pieces = [stream.subarray(0, at), stream.subarray(at, next), stream.subarray(next)]
        expect(framesOf(pieces), `split at ${at} and ${next}`).toEqual(whole)
      }
    }
  })

  it('takes silence as the end on a port that sends no terminator', () => {
    const codec = new SerialCodec()
    expect(codec.push(bytes('0049'))).toEqual([])
    expect(codec.idleAfterMs).toBe(IDLE_MS)
    expect(texts(codec.idle())).toEqual(['0049'])
    expect(codec.idleAfterMs).toBeNull()
    expect(codec.idle()).toEqual([])
  })

  it('gives up half a frame, rather than deliver it, on a port that ends its frames', () => {
    const codec = new SerialCodec()
    codec.push(bytes('first\r\n'))
    codec.push(bytes('sec'))
    expect(codec.idleAfterMs).toBe(TERMINATOR_DEADLINE_MS)
    expect(codec.idle()).toEqual([{ kind: 'unreadable' }])
    expect(texts(codec.push(bytes('third\r\n')))).toEqual(['third'])
  })

  it('reports a frame that begins again before it has ended', () => {
    expect(texts(framesOf([bytes('\u0002AB\u0002CD\u0003')]))).toEqual([null, 'CD'])
  })

  it('keeps no more than a bound, swallows the rest and says so once', () => {
    const codec = new SerialCodec()
    for (let count = 0; count < 100; count += 1) expect(codec.push(new Uint8Array(1_000).fill(0x41))).toEqual([])
    expect(codec.push(bytes('\r\n'))).toEqual([{ kind: 'unreadable' }])
    expect(texts(codec.push(bytes('0049\r\n')))).toEqual(['0049'])
  })

  it('never fails, and never delivers a byte that was not sent, whatever arrives in whatever pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (pieces) => {
        const stream = Uint8Array.from(pieces.flatMap((piece) => [...piece]))
        const delivered = framesOf(pieces).flatMap((frame) => (frame.kind === 'frame' ? [...frame.data] : []))
        const data = [...stream].filter((byte) => ![0x02, 0x03, 0x0a, 0x0d].includes(byte))
        let at = 0
        for (const byte of delivered) {
          while (at < data.length && data[at] !== byte) at += 1
          expect(at).toBeLessThan(data.length)
          at += 1
        }
        expect(framesOf([stream])).toEqual(framesOf(pieces))
      }),
    )
  })
})
