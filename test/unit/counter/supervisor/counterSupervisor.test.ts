import { describe, expect, it, vi } from 'vitest'
import type { CounterStart } from '../../../../core/counter/shellProtocol.ts'
import { CounterSupervisor, type SupervisorNote } from '../../../../counter/supervisor/counterSupervisor.ts'
import { ManualTime, PlayedSpawner } from './supervisorDoubles.ts'

const start: CounterStart = {
  type: 'start',
  serverUrl: 'http://127.0.0.1:1',
  dataDir: '/data',
  simulator: true,
  devicesConfiguration: { pcsc: true, hid: true, wedge: true, simulated: true, serial: [] },
}

function supervised() {
  const time = new ManualTime()
  const spawner = new PlayedSpawner()
  const notes: SupervisorNote[] = []
  const supervisor = new CounterSupervisor({
    spawner,
    start,
    clock: time,
    scheduler: time,
    note: (note) => notes.push(note),
  })
  supervisor.start()
  return { time, spawner, notes, supervisor }
}

function screen() {
  return { message: vi.fn(), lost: vi.fn() }
}

describe('the start of the counter', () => {
  it('sends `start` first and says that devices are up once the counter is ready', () => {
    const { spawner } = supervised()
    const counter = spawner.newest('counter')
    expect(counter.received).toEqual([start])
    counter.says({ type: 'ready' })
    expect(counter.received).toEqual([start, { type: 'devicesUp' }])
  })

  it('lets a screen in only when the counter answers, and tells who waits', async () => {
    const { spawner, supervisor } = supervised()
    expect(supervisor.openScreen(screen())).toBeNull()
    const waiting = supervisor.whenReady(1_000)
    spawner.newest('counter').says({ type: 'ready' })
    await expect(waiting).resolves.toBe(true)
    expect(supervisor.openScreen(screen())).not.toBeNull()
  })

  it('answers false to who waited too long', async () => {
    const { time, supervisor } = supervised()
    const waiting = supervisor.whenReady(1_000)
    time.advance(1_000)
    await expect(waiting).resolves.toBe(false)
  })

  it('notes why a start failed', () => {
    const { spawner, notes } = supervised()
    spawner.newest('counter').says({ type: 'failed', code: 'storage_failed', detail: 'disk full' })
    expect(notes).toEqual([{ type: 'failed', code: 'storage_failed', detail: 'disk full' }])
  })
})

describe('messages', () => {
  it('pass between each screen and the counter, and only to the screen they are for', () => {
    const { spawner, supervisor } = supervised()
    const counter = spawner.newest('counter')
    counter.says({ type: 'ready' })
    const [first, second] = [screen(), screen()]
    const line = supervisor.openScreen(first)
    supervisor.openScreen(second)
    line?.post({ requestId: 1 })
    expect(counter.received.slice(-3)).toEqual([
      { type: 'clientOpened', clientId: 'screen-1' },
      { type: 'clientOpened', clientId: 'screen-2' },
      { type: 'fromClient', clientId: 'screen-1', message: { requestId: 1 } },
    ])
    counter.says({ type: 'toClient', clientId: 'screen-1', message: { type: 'state' } })
    expect(first.message).toHaveBeenCalledExactlyOnceWith({ type: 'state' })
    expect(second.message).not.toHaveBeenCalled()
  })

  it('pass between devices and counter', () => {
    const { spawner } = supervised()
    const [counter, devices] = [spawner.newest('counter'), spawner.newest('devices')]
    counter.says({ type: 'ready' })
    devices.says({ type: 'reading', readerId: 'r' })
    counter.says({ type: 'toDevices', message: { type: 'dataEventEnabled', enabled: true } })
    expect(counter.received.at(-1)).toEqual({ type: 'fromDevices', message: { type: 'reading', readerId: 'r' } })
    expect(devices.received).toEqual([{ type: 'dataEventEnabled', enabled: true }])
  })

  it('of a closed screen go nowhere, and the counter is told once', () => {
    const { spawner, supervisor } = supervised()
    const counter = spawner.newest('counter')
    counter.says({ type: 'ready' })
    const line = supervisor.openScreen(screen())
    line?.close()
    line?.close()
    line?.post({ requestId: 2 })
    expect(counter.received.slice(-1)).toEqual([{ type: 'clientClosed', clientId: 'screen-1' }])
  })

  it('that the relay does not know are noted and dropped', () => {
    const { spawner, notes } = supervised()
    spawner.newest('counter').says({ type: 'toClient', clientId: '' })
    expect(notes).toEqual([{ type: 'unreadable', name: 'counter' }])
  })
})

describe('a counter that dies', () => {
  it('loses its screens, starts again and lets them back in', () => {
    const { time, spawner, notes, supervisor } = supervised()
    spawner.newest('counter').says({ type: 'ready' })
    const lost = screen()
    const line = supervisor.openScreen(lost)
    spawner.newest('counter').exit(null)
    expect(lost.lost).toHaveBeenCalledOnce()
    expect(supervisor.openScreen(screen())).toBeNull()
    expect(notes).toEqual([{ type: 'exited', name: 'counter', code: null, retryInMs: 100 }])

    time.advance(100)
    const second = spawner.newest('counter')
    expect(second.received).toEqual([start])
    second.says({ type: 'ready' })
    expect(second.received).toEqual([start, { type: 'devicesUp' }])
    line?.post({ requestId: 3 })
    expect(second.received).toHaveLength(2)
    expect(supervisor.openScreen(screen())).not.toBeNull()
  })

  it('gets new devices, which tell it of every reader again', () => {
    const { time, spawner, notes } = supervised()
    const devices = spawner.newest('devices')
    spawner.newest('counter').exit(null)
    expect(devices.killed).toBe(true)
    time.advance(100)
    expect(spawner.newest('devices')).not.toBe(devices)
    expect(notes.map((note) => note.type === 'exited' && note.name)).toEqual(['counter'])
  })

  it('is not heard any more once it is replaced', () => {
    const { time, spawner, supervisor } = supervised()
    const first = spawner.newest('counter')
    first.exit(1)
    time.advance(100)
    first.says({ type: 'ready' })
    expect(supervisor.openScreen(screen())).toBeNull()
  })
})

describe('a devices process that dies', () => {
  it('is replaced; the counter hears of both', () => {
    const { time, spawner } = supervised()
    const counter = spawner.newest('counter')
    counter.says({ type: 'ready' })
    const first = spawner.newest('devices')
    first.exit(139)
    expect(counter.received.at(-1)).toEqual({ type: 'devicesDown' })
    time.advance(100)
    expect(spawner.newest('devices')).not.toBe(first)
    expect(counter.received.at(-1)).toEqual({ type: 'devicesUp' })
  })
})

describe('stop', () => {
  it('asks the counter, ends the devices at once, and resolves when both are gone', async () => {
    const { spawner, supervisor, time } = supervised()
    const [counter, devices] = [spawner.newest('counter'), spawner.newest('devices')]
    const stopped = supervisor.stop()
    expect(counter.received.at(-1)).toEqual({ type: 'stop' })
    expect([counter.killed, devices.killed]).toEqual([false, true])
    counter.says({ type: 'stopped' })
    counter.exit(0)
    await stopped
    time.advance(60_000)
    expect(spawner.started).toHaveLength(2)
    expect(time.pending()).toBe(0)
  })

  it('kills a counter that does not end by itself', async () => {
    const { spawner, supervisor, time } = supervised()
    const stopped = supervisor.stop()
    time.advance(5_000)
    expect(spawner.newest('counter').killed).toBe(true)
    await stopped
  })

  it('also stops a process that waits to be started again', async () => {
    const { spawner, supervisor, time } = supervised()
    spawner.newest('devices').exit(1)
    spawner.newest('counter').exit(1)
    await supervisor.stop()
    time.advance(60_000)
    expect(spawner.started).toHaveLength(2)
  })
})

describe('a process that hangs', () => {
  it.each(['counter', 'devices'] as const)('the %s is ended after half a minute, and started again', (name) => {
    const { time, spawner, notes } = supervised()
    const hanging = spawner.newest(name)
    for (const other of spawner.started) other.says({ type: 'alive' })
    const beats = spawner.started.filter((other) => other !== hanging)
    for (let seconds = 0; seconds < 40; seconds += 2) {
      for (const other of beats) other.says({ type: 'alive' })
      time.advance(2_000)
    }
    expect(notes[0]).toEqual({ type: 'hung', name })
    expect(hanging.killed).toBe(true)
    expect(spawner.newest(name)).not.toBe(hanging)
    expect(spawner.started.filter((other) => other.name !== name)).toHaveLength(name === 'counter' ? 2 : 1)
  })

  it('is not the counter’s business: it hears nothing of what devices say to the shell', () => {
    const { spawner } = supervised()
    spawner.newest('counter').says({ type: 'ready' })
    spawner.newest('devices').says({ type: 'alive' })
    expect(spawner.newest('counter').received.at(-1)).toEqual({ type: 'devicesUp' })
  })
})
