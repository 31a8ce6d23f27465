import { expect, it } from 'vitest'
import type { Channel } from '../../../core/ports/channel.ts'
import { type DevicesCommand, DevicesConfiguration } from '../../../core/readers/protocol.ts'
import { DevicesLink } from '../../../counter/devicesLink.ts'
import { systemIds } from '../../../counter/system.ts'

/** A devices process that says what a test says and remembers what it is told. */
function newProcess() {
  const told: DevicesCommand[] = []
  let listener: (message: unknown) => void = () => {}
  let closed = () => {}
  const channel: Channel = {
    post: (message) => void told.push(message as DevicesCommand),
    onMessage: (given) => {
      listener = given
    },
    onClosed: (given) => {
      closed = given
    },
    close: () => {},
  }
  return { told, channel, says: (message: unknown) => listener(message), dies: () => closed() }
}

const PORT = { path: '/dev/ttyACM0', baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 } as const
const read = () => ({
  type: 'read',
  read: {
    readId: systemIds.uuid7(),
    readerId: 'r1',
    medium: { type: 'barcode', identifier: '1' },
    entry: 'scan',
    readAt: 1,
  },
})
const health = (readerId: string, transport: string) => ({
  type: 'health',
  health: { readerId, transport, name: readerId, state: 'ready' },
})

function newLink(taken: () => void = () => {}) {
  const answers: string[] = []
  const reads: string[] = []
  const link = new DevicesLink(DevicesConfiguration.parse({ serial: [PORT] }), {
    health: () => {},
    attached: () => void answers.push('attached'),
    answered: ({ type }) => void answers.push(type),
    reading: () => {},
    read: ({ readId }) => {
      reads.push(readId)
      taken()
    },
    failed: () => {},
  })
  return { link, answers, reads }
}

it('arms the readers for one read at a time, and again once that is taken', () => {
  const { link } = newLink()
  const process = newProcess()
  link.attach(process.channel)
  link.setDataEventEnabled(true)
  process.told.length = 0
  process.says(read())
  expect(process.told).toEqual([{ type: 'dataEventEnabled', enabled: true, autoDisable: true }])
})

it('leaves them held while what was read is being decided about', () => {
  const { link } = newLink(() => link.setDataEventEnabled(false))
  const process = newProcess()
  link.attach(process.channel)
  link.setDataEventEnabled(true)
  process.told.length = 0
  process.says(read())
  expect(process.told).toEqual([{ type: 'dataEventEnabled', enabled: false, autoDisable: true }])
})

it('counts one read once, however often it arrives', () => {
  const { link, reads } = newLink()
  const process = newProcess()
  link.attach(process.channel)
  const message = read()
  process.says(message)
  process.says(message)
  expect(reads).toHaveLength(1)
})

it('tells another devices process the newest configuration, and that it is there', () => {
  const { link, answers } = newLink()
  link.attach(newProcess().channel)
  link.configure(DevicesConfiguration.parse({ names: { r1: 'Left' } }))
  const second = newProcess()
  link.attach(second.channel)
  expect(second.told[0]).toMatchObject({ type: 'configure', configuration: { names: { r1: 'Left' } } })
  expect(answers).toEqual(['attached', 'attached'])
})

it('shows a cashier neither readers that are switched off nor ports that were taken away', () => {
  const { link } = newLink()
  const process = newProcess()
  link.attach(process.channel)
  for (const [readerId, transport] of [
    ['left', 'hid'],
    ['right', 'hid'],
    [PORT.path, 'serial'],
  ] as const) {
    process.says(health(readerId, transport))
  }
  link.configure(DevicesConfiguration.parse({ disabled: ['right'] }))
  expect(link.readers().map(({ readerId }) => readerId)).toEqual(['left'])
  expect(link.all()).toHaveLength(3)
  process.dies()
  expect(link.all()).toEqual([])
})
