import { describe, expect, it } from 'vitest'
import { keepBrowserOpen } from '../../../browser/keptBrowser.ts'
import type { BrowserEnd } from '../../../browser/kioskBrowser.ts'
import { ManualTime } from '../counter/supervisor/supervisorDoubles.ts'

/** A browser that a test plays by hand. */
function kept({ kiosk = true } = {}) {
  const time = new ManualTime()
  const opened: { ended: (how: BrowserEnd) => void; signals: string[] }[] = []
  const notes: string[] = []
  const seen = { closed: 0, counterAnswers: true }
  const browser = keepBrowserOpen(
    {
      open: (ended) => {
        const one = { ended, signals: [] as string[] }
        opened.push(one)
        return { kill: (signal) => one.signals.push(signal) }
      },
      kiosk,
      counterAnswers: () => seen.counterAnswers,
      clock: time,
      scheduler: time,
      note: (line) => notes.push(line),
    },
    () => {
      seen.closed += 1
    },
  )
  return { time, opened, notes, seen, browser }
}

describe('the browser of a kiosk', () => {
  it('is opened again when it crashes, with growing pauses', () => {
    const { time, opened } = kept()
    opened[0]?.ended('crashed')
    time.advance(100)
    expect(opened).toHaveLength(2)
    opened[1]?.ended('crashed')
    time.advance(100)
    expect(opened).toHaveLength(2)
    time.advance(100)
    expect(opened).toHaveLength(3)
  })

  it('is opened again when somebody closes it: only a manager ends the program', () => {
    const { time, opened, seen } = kept()
    opened[0]?.ended('closed')
    time.advance(100)
    expect(opened).toHaveLength(2)
    expect(seen.closed).toBe(0)
  })

  it('is left alone while its page is heard', () => {
    const { time, opened, browser } = kept()
    for (let seconds = 0; seconds < 600; seconds += 2) {
      browser.alive()
      time.advance(2_000)
    }
    expect(opened[0]?.signals).toEqual([])
  })

  it('is ended when its page was heard and then is not, killed when it will not end, and opened again', () => {
    const { time, opened, browser } = kept()
    browser.alive()
    time.advance(35_000)
    expect(opened[0]?.signals).toEqual(['SIGTERM'])
    time.advance(3_000)
    expect(opened[0]?.signals).toEqual(['SIGTERM', 'SIGKILL'])
    opened[0]?.ended('crashed')
    time.advance(100)
    expect(opened).toHaveLength(2)
  })

  it('is ended when its page is never heard, after a minute', () => {
    const { time, opened } = kept()
    time.advance(60_000)
    expect(opened[0]?.signals).toEqual([])
    time.advance(5_000)
    expect(opened[0]?.signals).toEqual(['SIGTERM'])
  })

  it('is not blamed while the counter is away', () => {
    const { time, opened, seen, browser } = kept()
    browser.alive()
    seen.counterAnswers = false
    time.advance(600_000)
    expect(opened[0]?.signals).toEqual([])
    seen.counterAnswers = true
    time.advance(130_000)
    expect(opened[0]?.signals[0]).toBe('SIGTERM')
  })

  it('stays closed after the end', () => {
    const { time, opened, browser } = kept()
    browser.stop()
    expect(opened[0]?.signals).toEqual(['SIGTERM'])
    opened[0]?.ended('crashed')
    time.advance(600_000)
    expect(opened).toHaveLength(1)
    expect(time.pending()).toBe(0)
  })

  it('that handed its address to a window that was open is opened again only when its page is not heard', () => {
    const { time, opened, browser } = kept()
    browser.alive()
    opened[0]?.ended('handed_over')
    time.advance(20_000)
    expect(opened).toHaveLength(1)
    time.advance(15_000)
    expect(opened).toHaveLength(2)
  })
})

describe('a window', () => {
  it('may be closed by whoever opened it, and ends the program', () => {
    const { time, opened, seen } = kept({ kiosk: false })
    opened[0]?.ended('closed')
    time.advance(600_000)
    expect(opened).toHaveLength(1)
    expect(seen.closed).toBe(1)
  })
})
