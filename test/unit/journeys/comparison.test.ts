import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { compare } from '../../journeys/rig/comparison.ts'
import { smaller } from '../../journeys/rig/smaller.ts'

type Colour = readonly [number, number, number]
const PAPER: Colour = [255, 255, 255]
const INK: Colour = [17, 24, 39]

/** A picture of one colour, and what is drawn on it. */
function picture(draw: (fill: (x: number, y: number, width: number, height: number, colour: Colour) => void) => void) {
  const png = new PNG({ width: 320, height: 240 })
  const fill = (left: number, top: number, width: number, height: number, [red, green, blue]: Colour) => {
    for (let y = top; y < top + height; y += 1) {
      for (let x = left; x < left + width; x += 1) png.data.set([red, green, blue, 255], (y * png.width + x) * 4)
    }
  }
  fill(0, 0, 320, 240, PAPER)
  draw(fill)
  return PNG.sync.write(png)
}

const button = (left: number) => picture((fill) => fill(left, 150, 160, 48, INK))

describe('two pictures', () => {
  it('are the same when nothing differs', () => {
    expect(compare(button(40), button(40))).toEqual({ same: true })
  })

  it('are the same when few pixels differ, far from each other', () => {
    const specks = picture((fill) => {
      fill(40, 150, 160, 48, INK)
      for (let speck = 0; speck < 12; speck += 1) fill(5 + speck * 25, 5 + speck * 10, 2, 1, INK)
    })
    expect(compare(button(40), specks)).toEqual({ same: true })
  })

  it('differ when a button has moved by two pixels, and where is said', () => {
    const result = compare(button(40), button(42))
    expect(result).toMatchObject({ same: false, why: expect.stringMatching(/pixels differ/) })
    if (result.same || !result.difference) throw new Error('there is no picture of the difference')
    const marked = PNG.sync.read(result.difference)
    expect([...marked.data.subarray((170 * 320 + 41) * 4, (170 * 320 + 41) * 4 + 3)]).toEqual([255, 0, 0])
  })

  it('differ when as much as one thin letter has changed', () => {
    const letter = (height: number) => picture((fill) => fill(100, 100, 2, height, INK))
    expect(compare(letter(12), letter(4))).toMatchObject({ same: false })
  })

  it('differ in size before anything else', () => {
    const small = PNG.sync.write(new PNG({ width: 200, height: 150 }))
    expect(compare(button(40), small)).toEqual({
      same: false,
      why: '200×150 and not 320×240',
      difference: null,
    })
  })
})

describe('a smaller picture', () => {
  it('of few colours is exactly what it was', () => {
    const [before, after] = [button(40), smaller(button(40))]
    expect(PNG.sync.read(after).data.equals(PNG.sync.read(before).data)).toBe(true)
  })

  it('of a thousand colours looks the same in a fraction of the bytes', () => {
    const shaded = picture((fill) => {
      for (let x = 0; x < 256; x += 1)
        for (let tint = 0; tint < 4; tint += 1) fill(x, tint * 50, 1, 50, [x, x ^ tint, x ^ (tint >> 1)])
    })
    const after = smaller(shaded)
    expect(after.length).toBeLessThan(shaded.length)
    expect(compare(shaded, after)).toEqual({ same: true })
  })
})
