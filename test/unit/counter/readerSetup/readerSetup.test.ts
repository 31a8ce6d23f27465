import { describe, expect, it } from 'vitest'
import type { ReaderSetupAction } from '../../../../core/counter/readerSetup.ts'
import { accepted, refused } from '../../../../core/outcome.ts'
import { DevicesConfiguration } from '../../../../core/readers/protocol.ts'
import type { ReaderHealth } from '../../../../core/readers/reader.ts'
import type { DevicesRequest } from '../../../../counter/devicesLink.ts'
import { ReaderSetup } from '../../../../counter/readerSetup/readerSetup.ts'
import { refusal } from '../../../../counter/session/model.ts'
import { newParts } from '../counterParts.ts'

const MANAGER = { operatorId: 'm-1', name: 'Kaori', role: 'manager' } as const
const SCANNER: ReaderHealth = { readerId: '0c2e:0b61:17', transport: 'hid', name: 'Voyager 1472g', state: 'ready' }
const PORT = { path: '/dev/ttyACM0', baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 } as const
const RAW = { readerId: SCANNER.readerId, at: 1, hex: '·· 0d', text: '9999999999999' }

/** A setup over a real journal, with a devices process that only remembers what it is told. */
function newSetup(options: { start?: Partial<DevicesConfiguration>; healths?: ReaderHealth[] } = {}) {
  const parts = newParts()
  const sent: DevicesRequest[] = []
  const configured: DevicesConfiguration[] = []
  const failures: string[] = []
  const healths = options.healths ?? [SCANNER]
  const state = { busy: false, changes: 0 }
  const make = () =>
    new ReaderSetup({
      journal: parts.store.journal,
      events: parts.events,
      scheduler: parts.time,
      now: parts.time.now,
      devices: {
        all: () => healths,
        configure: (configuration) => void configured.push(configuration),
        send: (command) => sent.push(command) > 0,
      },
      start: DevicesConfiguration.parse(options.start ?? {}),
      admit: async (operatorId, pin) =>
        operatorId === MANAGER.operatorId && pin === '3456'
          ? accepted(MANAGER)
          : refused({ refused: refusal('operator_not_allowed') }),
      isBusy: () => state.busy,
      record: (event) => parts.store.journal.record(event).ok,
      storageFailed: () => void failures.push('storage'),
      changed: () => {
        state.changes += 1
      },
    })
  const setup = make()
  const act = (action: ReaderSetupAction) => setup.carryOut(action)
  const open = () => act({ do: 'open', operatorId: MANAGER.operatorId, pin: '3456' })
  const journaled = () =>
    parts.store.journal.due(Number.MAX_SAFE_INTEGER, 100, 1e6).map(({ type, body }) => ({ type, ...body }))
  return { parts, sent, configured, failures, state, setup, act, open, journaled, again: make }
}

describe('opening', () => {
  it('takes a manager’s PIN and is journaled, and so is closing', async () => {
    const { setup, act, open, journaled } = newSetup()
    expect(await act({ do: 'open', operatorId: MANAGER.operatorId, pin: '1111' })).toMatchObject({
      reason: 'operator_not_allowed',
    })
    expect(setup.isOpen).toBe(false)
    expect(await open()).toBeNull()
    expect(setup.view()?.operator).toEqual({ operatorId: 'm-1', name: 'Kaori' })
    expect(await act({ do: 'close' })).toBeNull()
    expect(setup.view()).toBeNull()
    expect(journaled()).toEqual([
      { type: 'session', action: 'manager_in', operatorId: 'm-1' },
      { type: 'session', action: 'manager_out', operatorId: 'm-1' },
    ])
  })

  it('waits for a customer whose card is being read or decided about', async () => {
    const { setup, state, open } = newSetup()
    state.busy = true
    expect(await open()).toMatchObject({ reason: 'in_progress' })
    expect(setup.isOpen).toBe(false)
  })

  it('is not had without: every other action is refused and nothing is sent', async () => {
    const { sent, configured, act, journaled } = newSetup()
    const actions: ReaderSetupAction[] = [
      { do: 'name', readerId: SCANNER.readerId, name: 'Left' },
      { do: 'enable', readerId: SCANNER.readerId, enabled: false },
      { do: 'setSerial', serial: PORT },
      { do: 'test', readerId: SCANNER.readerId },
      { do: 'identify', on: true },
      { do: 'listPorts' },
    ]
    for (const action of actions) expect(await act(action)).toMatchObject({ reason: 'operator_not_allowed' })
    expect([sent, configured, journaled()]).toEqual([[], [], []])
  })

  it('ends by itself ten minutes after the last action or test read', async () => {
    const { setup, parts, act, open } = newSetup()
    await open()
    await parts.time.pass(9 * 60_000)
    await act({ do: 'test', readerId: SCANNER.readerId })
    await parts.time.pass(9 * 60_000)
    setup.answered({ type: 'raw', raw: RAW })
    await parts.time.pass(9 * 60_000)
    expect(setup.isOpen).toBe(true)
    await parts.time.pass(60_000)
    expect(setup.isOpen).toBe(false)
  })

  it('ends when head office no longer lets the manager in', async () => {
    const { setup, open } = newSetup()
    await open()
    setup.recheck((operatorId) => operatorId === MANAGER.operatorId)
    expect(setup.isOpen).toBe(true)
    setup.recheck(() => false)
    expect(setup.isOpen).toBe(false)
  })
})

describe('what is set', () => {
  it('is on disk with a policy event, told to the devices process, and there after a restart', async () => {
    const { setup, configured, act, open, journaled, again } = newSetup()
    await open()
    expect(await act({ do: 'name', readerId: SCANNER.readerId, name: 'Left till' })).toBeNull()
    expect(await act({ do: 'enable', readerId: SCANNER.readerId, enabled: false })).toBeNull()
    expect(await act({ do: 'setSerial', serial: { ...PORT, preset: 'zebra' } })).toBeNull()
    const expected = {
      names: { [SCANNER.readerId]: 'Left till' },
      disabled: [SCANNER.readerId],
      serial: [{ ...PORT, preset: 'zebra' }],
    }
    expect(configured.at(-1)).toMatchObject(expected)
    expect(again().configuration()).toEqual(setup.configuration())
    expect(journaled().slice(1)).toMatchObject([
      { type: 'policy', action: 'reader_settings', operatorId: 'm-1' },
      { type: 'policy' },
      { type: 'policy', settings: { serial: [{ path: PORT.path, preset: 'zebra' }] } },
    ])
    expect(setup.view()?.readers).toMatchObject([
      { readerId: SCANNER.readerId, name: 'Left till', model: 'Voyager 1472g', enabled: false },
      { readerId: PORT.path, transport: 'serial', state: 'opening', serial: { fixed: false } },
    ])
  })

  it('a name that is taken back leaves nothing behind', async () => {
    const { setup, act, open, again } = newSetup()
    await open()
    await act({ do: 'name', readerId: SCANNER.readerId, name: 'Left' })
    await act({ do: 'name', readerId: SCANNER.readerId, name: '' })
    expect(setup.view()?.readers[0]).toMatchObject({ name: 'Voyager 1472g' })
    expect(again().configuration().names).toEqual({})
  })

  it('a disk that does not take it changes nothing and says so', async () => {
    const { setup, parts, configured, failures, act, open } = newSetup()
    await open()
    parts.store.journal.keepReaderSettings = () => refused({ fault: 'full', detail: '' })
    expect(await act({ do: 'name', readerId: SCANNER.readerId, name: 'Left' })).toMatchObject({
      reason: 'storage_failed',
    })
    expect(failures).toEqual(['storage'])
    expect(configured).toEqual([])
    expect(setup.view()?.readers[0]?.name).toBe('Voyager 1472g')
  })

  it('a reader nobody knows cannot be named, nor a service that finds readers', async () => {
    const service: ReaderHealth = { readerId: 'pcsc', transport: 'pcsc', name: 'PC/SC', state: 'error' }
    const { act, open } = newSetup({ healths: [service] })
    await open()
    expect(await act({ do: 'name', readerId: 'nobody', name: 'x' })).toMatchObject({ reason: 'invalid_request' })
    expect(await act({ do: 'enable', readerId: 'pcsc', enabled: false })).toMatchObject({ reason: 'invalid_request' })
  })

  it('the seventeenth port does not fit', async () => {
    const { act, open } = newSetup()
    await open()
    for (let n = 0; n < 16; n++)
      expect(await act({ do: 'setSerial', serial: { ...PORT, path: `/dev/tty${n}` } })).toBeNull()
    expect(await act({ do: 'setSerial', serial: PORT })).toMatchObject({ reason: 'invalid_request' })
    expect(await act({ do: 'setSerial', serial: { ...PORT, path: '/dev/tty3', baudRate: 115_200 } })).toBeNull()
  })

  it('what is read of cards is kept; a payment application is refused and changes nothing', async () => {
    const { setup, configured, act, open, again } = newSetup()
    await open()
    const pcsc = { aids: ['f0545041434f'], ndef: true, felicaSystemCode: false }
    expect(await act({ do: 'setPcsc', pcsc })).toBeNull()
    expect(configured.at(-1)?.pcscOptions).toEqual(pcsc)
    expect(await act({ do: 'setPcsc', pcsc: { ...pcsc, aids: ['A0000000031010'] } })).toMatchObject({
      reason: 'invalid_request',
    })
    expect(setup.view()?.pcsc).toEqual(pcsc)
    expect(again().configuration().pcscOptions).toEqual(pcsc)
  })

  it('a calibrated layout is kept at once', async () => {
    const { setup, act, open, again } = newSetup()
    await open()
    await act({ do: 'calibrateWedge', on: true })
    setup.answered({ type: 'calibrated', layout: 'jp', gs: true })
    expect(setup.view()).toMatchObject({ wedge: { layout: 'jp' }, calibration: { status: 'done', gs: true } })
    expect(again().configuration().wedgeOptions).toMatchObject({ layout: 'jp' })
  })
})

describe('the command line', () => {
  const start = { serial: [{ ...PORT, path: '/dev/ttyS0' }, PORT], disabled: ['simulated'] }

  it('still counts: its ports are there, and a manager’s settings of the same port come first', async () => {
    const { setup, act, open } = newSetup({ start })
    await open()
    await act({ do: 'setSerial', serial: { ...PORT, baudRate: 115_200 } })
    expect(setup.configuration().serial).toEqual([{ ...PORT, baudRate: 115_200 }, start.serial[0]])
    expect(setup.configuration().disabled).toEqual(['simulated'])
    const rows = setup.view()?.readers.filter(({ transport }) => transport === 'serial')
    expect(rows?.map(({ readerId, serial }) => [readerId, serial?.fixed])).toEqual([
      ['/dev/ttyACM0', false],
      ['/dev/ttyS0', true],
    ])
  })

  it('a port of it cannot be removed here, one of a manager’s can', async () => {
    const { setup, act, open } = newSetup({ start: { serial: [start.serial[0]!] } })
    await open()
    expect(await act({ do: 'removeSerial', path: '/dev/ttyS0' })).toMatchObject({ reason: 'invalid_request' })
    await act({ do: 'setSerial', serial: PORT })
    await act({ do: 'name', readerId: PORT.path, name: 'Desk' })
    expect(await act({ do: 'removeSerial', path: PORT.path })).toBeNull()
    expect(setup.configuration()).toMatchObject({ serial: [start.serial[0]], names: {} })
  })
})
