import { describe, expect, it } from 'vitest'
import type { CounterToShell, ShellToCounter } from '../../../core/counter/shellProtocol.ts'
import type { Channel } from '../../../core/ports/channel.ts'
import { DevicesConfiguration } from '../../../core/readers/protocol.ts'
import { runCounterProcess } from '../../../counter/counterProcess.ts'

const START: ShellToCounter = {
  type: 'start',
  serverUrl: 'http://127.0.0.1:1',
  dataDir: '/data',
  simulator: false,
  devicesConfiguration: DevicesConfiguration.parse({}),
}

/** A shell whose other end is the process, and a counter that only remembers who was attached. */
function setUp(begins = true) {
  const sent: CounterToShell[] = []
  let receive = (_message: unknown) => {}
  let closed = () => {}
  const shell: Channel = {
    post: (message) => sent.push(message as CounterToShell),
    onMessage: (listener) => {
      receive = listener
    },
    onClosed: (listener) => {
      closed = listener
    },
    close: () => {},
  }
  const clients: Channel[] = []
  const displays: Channel[] = []
  const devices: Channel[] = []
  let stopped = 0
  const exits: number[] = []
  const counter = {
    attach: (client: Channel) => clients.push(client),
    attachDisplay: (client: Channel) => displays.push(client),
    attachDevices: (channel: Channel) => devices.push(channel),
    stop: async () => {
      stopped += 1
    },
  }
  runCounterProcess(
    shell,
    () => (begins ? { ok: true, value: counter } : { ok: false, code: 'journal_io', detail: 'no disk' }),
    (code) => exits.push(code),
  )
  const until = (holds: () => boolean) => expect.poll(holds).toBe(true)
  return {
    sent,
    clients,
    devices,
    exits,
    until,
    stops: () => stopped,
    receive: (message: unknown) => receive(message),
    close: () => closed(),
  }
}

describe('the counter’s side of the relay', () => {
  it('is ready after start, and carries each screen’s messages apart', () => {
    const { sent, clients, receive } = setUp()
    receive(START)
    receive({ type: 'clientOpened', clientId: 'a' })
    receive({ type: 'clientOpened', clientId: 'b' })
    const heard: unknown[] = []
    clients[1]?.onMessage((message) => heard.push(message))
    receive({ type: 'fromClient', clientId: 'a', message: 'for a' })
    receive({ type: 'fromClient', clientId: 'b', message: 'for b' })
    clients[0]?.post('to a')
    expect(heard).toEqual(['for b'])
    expect(sent).toEqual([{ type: 'ready' }, { type: 'toClient', clientId: 'a', message: 'to a' }])
  })

  it('a screen that opened too early gets its line when the counter is ready', () => {
    const { clients, receive } = setUp()
    receive({ type: 'clientOpened', clientId: 'a' })
    expect(clients).toHaveLength(0)
    receive(START)
    expect(clients).toHaveLength(1)
  })

  it('a screen that is gone is told nothing more', () => {
    const { sent, clients, receive } = setUp()
    receive(START)
    receive({ type: 'clientOpened', clientId: 'a' })
    let closed = false
    clients[0]?.onClosed(() => {
      closed = true
    })
    receive({ type: 'clientClosed', clientId: 'a' })
    clients[0]?.post('too late')
    expect(closed).toBe(true)
    expect(sent).toEqual([{ type: 'ready' }])
  })

  it('a new devices process takes the place of the one before', () => {
    const { sent, devices, receive } = setUp()
    receive(START)
    receive({ type: 'devicesUp' })
    receive({ type: 'devicesDown' })
    receive({ type: 'devicesUp' })
    const heard: unknown[] = []
    devices[0]?.onMessage((message) => heard.push(['first', message]))
    devices[1]?.onMessage((message) => heard.push(['second', message]))
    receive({ type: 'fromDevices', message: 'read' })
    devices[0]?.post('to nobody')
    devices[1]?.post('configure')
    expect(heard).toEqual([['second', 'read']])
    expect(sent.slice(1)).toEqual([{ type: 'toDevices', message: 'configure' }])
  })

  it('stops once it is asked, and says so before it goes', async () => {
    const { sent, exits, until, stops, receive } = setUp()
    receive(START)
    receive({ type: 'stop' })
    await until(() => exits.length === 1)
    expect(exits).toEqual([0])
    expect(sent.at(-1)).toEqual({ type: 'stopped' })
    expect(stops()).toBe(1)
  })

  it('stops when the shell is gone', async () => {
    const { exits, until, stops, receive, close } = setUp()
    receive(START)
    close()
    await until(() => exits.length === 1)
    expect(stops()).toBe(1)
  })

  it('what cannot start says why', async () => {
    const { sent, exits, until, receive } = setUp(false)
    receive(START)
    await until(() => exits.length === 1)
    expect(sent).toEqual([{ type: 'failed', code: 'journal_io', detail: 'no disk' }])
    expect(exits).toEqual([1])
  })

  it('a start that makes no sense is named, field by field', async () => {
    const { sent, exits, until, receive } = setUp()
    receive({ ...START, serverUrl: 'file:///etc/passwd' })
    await until(() => exits.length === 1)
    expect(sent).toMatchObject([
      { type: 'failed', code: 'invalid_start', detail: expect.stringContaining('serverUrl') },
    ])
  })

  it.each([null, 'x', { type: 'unheard' }, { type: 'fromClient' }])('ignores %j', (message) => {
    const { sent, receive } = setUp()
    receive(START)
    receive(message)
    expect(sent).toEqual([{ type: 'ready' }])
  })
})
