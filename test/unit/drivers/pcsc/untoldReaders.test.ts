import { describe, expect, it } from 'vitest'
import { UntoldReaders } from '../../../../drivers/pcsc/untoldReaders.ts'

/** Looks `times` times in a row at a connection that has not told of `reader`; how often a new one was wanted. */
function lookAt(untold: UntoldReaders, reader: string, times: number): number {
  let wanted = 0
  for (let look = 0; look < times; look += 1) {
    if (!untold.look([reader], [])) continue
    wanted += 1
    untold.afresh()
  }
  return wanted
}

describe('a reader that the service has not told of', () => {
  it('is given time to be powered up', () => {
    const untold = new UntoldReaders()
    expect([1, 2, 3].map(() => untold.look(['1/9'], []))).toEqual([false, false, true])
  })

  it('is given that time again by a new connection, and when another reader is missing', () => {
    const untold = new UntoldReaders()
    untold.look(['1/9'], [])
    untold.look(['1/9'], [])
    untold.afresh()
    expect(untold.look(['1/9'], [])).toBe(false)
    untold.look(['1/9'], [])
    expect(untold.look(['1/9', '1/10'], [])).toBe(false)
  })

  it('is asked for twice and no more: it may have no driver', () => {
    expect(lookAt(new UntoldReaders(), '1/9', 100)).toBe(2)
  })

  it('is asked for again when it is plugged in again', () => {
    const untold = new UntoldReaders()
    lookAt(untold, '1/9', 100)
    expect(lookAt(untold, '1/10', 100)).toBe(2)
  })

  it('is asked for again once it was told of in between', () => {
    const untold = new UntoldReaders()
    lookAt(untold, 'Reader 00 00', 100)
    untold.look([], ['Reader 00 00'])
    expect(lookAt(untold, 'Reader 00 00', 100)).toBe(2)
  })
})

it('nothing is wanted of a connection that has told everything', () => {
  const untold = new UntoldReaders()
  for (let look = 0; look < 10; look += 1) expect(untold.look([], ['Reader 00 00'])).toBe(false)
})
