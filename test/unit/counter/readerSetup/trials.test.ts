import { beforeEach, describe, expect, it } from 'vitest'
import type { DevicesRequest } from '../../../../counter/devicesLink.ts'
import { SetupTrials } from '../../../../counter/readerSetup/trials.ts'

let sent: DevicesRequest[]
let trials: SetupTrials
const raw = (at: number, readerId = 'r1') => ({ type: 'raw', raw: { readerId, at, hex: '', text: '999' } }) as const

beforeEach(() => {
  sent = []
  trials = new SetupTrials((command) => sent.push(command) > 0)
})

describe('a live test', () => {
  it('shows what its reader reads, newest first, and nothing of another reader', () => {
    trials.begin({ do: 'test', readerId: 'r1' })
    trials.answered(raw(1))
    trials.answered(raw(2, 'r2'))
    trials.answered(raw(3))
    expect(trials.view().test?.reads.map(({ at }) => at)).toEqual([3, 1])
    expect(sent).toEqual([{ type: 'test', readerId: 'r1' }])
  })

  it('keeps the last twenty', () => {
    trials.begin({ do: 'test', readerId: 'r1' })
    for (let at = 1; at <= 25; at++) trials.answered(raw(at))
    expect(trials.view().test?.reads.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n))
  })
})

describe('one thing at a time', () => {
  it('beginning one ends the other, in the devices process too', () => {
    trials.begin({ do: 'test', readerId: 'r1' })
    trials.begin({ do: 'identify', on: true })
    trials.begin({ do: 'calibrateWedge', on: true })
    trials.begin({ do: 'detectSerial', path: '/dev/ttyS0' })
    expect(trials.view()).toMatchObject({ test: null, identify: null, calibration: null })
    expect(sent).toEqual([
      { type: 'test', readerId: 'r1' },
      { type: 'test', readerId: null },
      { type: 'identify', enabled: true },
      { type: 'identify', enabled: false },
      { type: 'calibrateWedge', enabled: true },
      { type: 'calibrateWedge', enabled: false },
      { type: 'detectSerial', path: '/dev/ttyS0' },
    ])
  })

  it('a search for settings is given up: by hand, by leaving, and by what comes next', () => {
    const search = { do: 'detectSerial', path: '/dev/ttyS0' } as const
    const endings = [
      () => trials.begin({ do: 'detectSerial', path: null }),
      () => trials.endAll(),
      () => trials.begin({ do: 'identify', on: false }),
    ]
    for (const end of endings) {
      trials.begin(search)
      end()
      expect(trials.view().detection).toBeNull()
      expect(sent.at(-1)).toEqual({ type: 'detectSerial', path: null })
    }
    trials.begin(search)
    trials.answered({ type: 'serialDetected', path: '/dev/ttyS0', preset: 'zebra' })
    sent = []
    trials.endAll()
    expect(sent).toEqual([])
  })

  it('leaving ends whatever is under way', () => {
    trials.begin({ do: 'identify', on: true })
    trials.endAll()
    expect(sent.at(-1)).toEqual({ type: 'identify', enabled: false })
    expect(trials.view().identify).toBeNull()
  })

  it('what has been answered is not taken back', () => {
    trials.begin({ do: 'identify', on: true })
    trials.answered({ type: 'identified', readerId: 'r7' })
    expect(trials.view().identify).toEqual({ readerId: 'r7' })
    trials.endAll()
    expect(sent).toEqual([{ type: 'identify', enabled: true }])
  })
})

describe('answers', () => {
  it('of a detection: found, or nothing; one of another port is not taken for it', () => {
    trials.begin({ do: 'detectSerial', path: '/dev/ttyS0' })
    trials.answered({ type: 'serialDetected', path: '/dev/ttyS9', preset: 'ncr' })
    expect(trials.view().detection).toMatchObject({ status: 'waiting' })
    trials.answered({ type: 'serialDetected', path: '/dev/ttyS0', preset: 'honeywell' })
    expect(trials.view().detection).toEqual({ path: '/dev/ttyS0', status: 'found', preset: 'honeywell' })
    trials.begin({ do: 'detectSerial', path: '/dev/ttyS0' })
    trials.answered({ type: 'serialDetected', path: '/dev/ttyS0', preset: null })
    expect(trials.view().detection).toMatchObject({ status: 'nothing' })
  })

  it('of a calibration that fits no layout', () => {
    trials.begin({ do: 'calibrateWedge', on: true })
    trials.answered({ type: 'calibrated', layout: null, gs: false })
    expect(trials.view().calibration).toEqual({ status: 'unknown', layout: null, gs: false })
  })

  it('that nobody has asked for change nothing', () => {
    const before = trials.view()
    trials.answered(raw(1))
    trials.answered({ type: 'ports', ports: [] })
    trials.answered({ type: 'identified', readerId: 'r1' })
    trials.answered({ type: 'calibrated', layout: 'us', gs: true })
    expect(trials.view()).toEqual(before)
  })
})

it('a devices process that took a dead one’s place is asked for what is still open', () => {
  trials.begin({ do: 'listPorts' })
  trials.answered({ type: 'ports', ports: [] })
  trials.begin({ do: 'test', readerId: 'r1' })
  sent = []
  trials.begunAgain()
  expect(sent).toEqual([{ type: 'test', readerId: 'r1' }])
})

it('a light cannot wait for a devices process', () => {
  const nobody = new SetupTrials(() => false)
  expect(nobody.begin({ do: 'indicate', readerId: 'r1', outcome: 'accepted' })).toMatchObject({ reason: 'in_progress' })
  expect(nobody.begin({ do: 'identify', on: true })).toBeNull()
  expect(nobody.view().identify).toEqual({ readerId: null })
})
