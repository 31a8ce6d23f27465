import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { SilenceWatch } from '../../../../counter/supervisor/silenceWatch.ts'
import { ManualTime } from './supervisorDoubles.ts'

function watched() {
  const time = new ManualTime()
  const silent = vi.fn()
  const watch = new SilenceWatch(time, silent)
  watch.begin()
  return { time, silent, watch }
}

describe('somebody who should be heard every few seconds', () => {
  it('is left alone as long as they are, whenever in between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 29_999 }), { maxLength: 50 }), (pauses) => {
        const { time, silent, watch } = watched()
        for (const pause of pauses) {
          watch.heard()
          time.advance(pause)
        }
        expect(silent).not.toHaveBeenCalled()
      }),
    )
  })

  it('hangs after half a minute of silence, and is told of once', () => {
    const { time, silent, watch } = watched()
    watch.heard()
    time.advance(30_000)
    expect(silent).not.toHaveBeenCalled()
    time.advance(300_000)
    expect(silent).toHaveBeenCalledOnce()
  })

  it('has a whole minute to begin with', () => {
    const { time, silent } = watched()
    time.advance(60_000)
    expect(silent).not.toHaveBeenCalled()
    time.advance(5_000)
    expect(silent).toHaveBeenCalledOnce()
  })

  it('is not blamed for a night that the computer slept: one look late is one look', () => {
    const tasks: (() => void)[] = []
    const silent = vi.fn()
    const after = (_: number, task: () => void) => {
      tasks.push(task)
      return () => {}
    }
    const watch = new SilenceWatch({ after }, silent)
    watch.begin()
    watch.heard()
    tasks.shift()?.()
    expect(silent).not.toHaveBeenCalled()
    expect(tasks).toHaveLength(1)
  })

  it('is watched no more after the end, and anew after another beginning', () => {
    const { time, silent, watch } = watched()
    watch.end()
    time.advance(600_000)
    expect(time.pending()).toBe(0)
    expect(silent).not.toHaveBeenCalled()
    watch.begin()
    time.advance(65_000)
    expect(silent).toHaveBeenCalledOnce()
  })
})
