import { EventEmitter } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInWindow, keepUpToDate, mayInstall, NIGHT, type UpdateSource } from '../../../electron/main/updates.ts'
import { ManualTime } from '../counter/supervisor/supervisorDoubles.ts'

const MINUTE = 60_000
const anyMinute = fc.integer({ min: 0, max: 1_439 })
const asTime = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

describe('the maintenance window', () => {
  it.each([
    ['02:00', '05:00', 119, false],
    ['02:00', '05:00', 120, true],
    ['02:00', '05:00', 299, true],
    ['02:00', '05:00', 300, false],
    ['23:00', '01:00', 1_380, true],
    ['23:00', '01:00', 30, true],
    ['23:00', '01:00', 60, false],
  ])('%s to %s at minute %i: %s', (from, until, minute, open) => {
    expect(isInWindow({ from, until }, minute)).toBe(open)
  })

  it('and the one from its end to its beginning share no minute and leave none out', () => {
    fc.assert(
      fc.property(anyMinute, anyMinute, anyMinute, (from, until, minute) => {
        fc.pre(from !== until)
        const window = { from: asTime(from), until: asTime(until) }
        const other = { from: window.until, until: window.from }
        expect(isInWindow(window, minute)).toBe(!isInWindow(other, minute))
      }),
    )
  })
})

it('an update is installed only in the window, fetched, and ten minutes after the last person', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      anyMinute,
      fc.option(fc.integer({ min: 0, max: 60 * MINUTE })),
      (isFetched, minute, quietMs) => {
        if (!mayInstall({ isFetched, window: NIGHT, minute, quietMs })) return
        expect(isFetched && isInWindow(NIGHT, minute)).toBe(true)
        expect(quietMs).toBeGreaterThanOrEqual(10 * MINUTE)
      },
    ),
  )
})

function updating({ minute = 180 } = {}) {
  const time = new ManualTime()
  const source = Object.assign(new EventEmitter(), {
    autoDownload: false,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    checks: 0,
    installed: [] as boolean[][],
    async checkForUpdates() {
      source.checks += 1
      throw new Error('no network')
    },
    quitAndInstall: (...how: boolean[]) => void source.installed.push(how),
  })
  const wall = { minute }
  const said: string[] = []
  const updates = keepUpToDate(source as unknown as UpdateSource, {
    window: NIGHT,
    clock: time,
    scheduler: time,
    minute: () => wall.minute,
    say: (line) => said.push(line),
  })
  const ends: (() => void)[] = []
  updates.begin((install) => ends.push(install))
  return { time, source, wall, said, updates, ends }
}

describe('an installed copy', () => {
  it('fetches by itself, goes never back, and installs nothing when it ends', () => {
    const { source } = updating()
    expect(source).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: false, allowDowngrade: false })
  })

  it('looks at once and every four hours, and a check that fails harms nothing', () => {
    const { source, time } = updating()
    source.emit('error', new Error('no network'))
    time.advance(12 * 3_600_000)
    expect(source.checks).toBe(4)
  })

  it('installs at night, ten minutes after nobody works here, once the shell has ended everything', () => {
    const { source, time, updates, ends } = updating()
    source.emit('update-downloaded', { version: '1.3.0' })
    updates.occupied(false)
    time.advance(9 * MINUTE)
    expect(ends).toHaveLength(0)
    time.advance(2 * MINUTE)
    expect(ends).toHaveLength(1)
    expect(source.installed).toEqual([])
    ends[0]?.()
    expect(source.installed).toEqual([[true, true]])
    time.advance(60 * MINUTE)
    expect(ends).toHaveLength(1)
  })

  it('never during a shift, and not because somebody left for a moment', () => {
    const { source, time, updates, ends } = updating()
    source.emit('update-downloaded', { version: '1.3.0' })
    time.advance(60 * MINUTE)
    for (let round = 0; round < 10; round += 1) {
      updates.occupied(true)
      time.advance(30 * MINUTE)
      updates.occupied(false)
      time.advance(8 * MINUTE)
    }
    expect(ends).toHaveLength(0)
  })

  it('waits for the window through a whole day', () => {
    const { source, time, updates, ends, wall } = updating({ minute: 600 })
    source.emit('update-downloaded', { version: '1.3.0' })
    updates.occupied(false)
    time.advance(600 * MINUTE)
    expect(ends).toHaveLength(0)
    wall.minute = 121
    time.advance(MINUTE)
    expect(ends).toHaveLength(1)
  })

  it('installs nothing that is not here', () => {
    const { time, updates, ends } = updating()
    updates.occupied(false)
    time.advance(120 * MINUTE)
    expect(ends).toHaveLength(0)
  })
})
