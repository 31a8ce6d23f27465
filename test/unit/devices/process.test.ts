import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../../core/ports/channel.ts'
import { DevicesMessage } from '../../../core/readers/protocol.ts'
import { childChannel } from '../../../counter/channel/childProcessChannel.ts'

const MAIN = fileURLToPath(new URL('../../../counter/devices/main.ts', import.meta.url))
const felica = { type: 'felica-idm', identifier: '0123456789abcdef' }

/** Each starts a program and loads native modules, on a machine that may have other things to do. */
describe('the devices process', { timeout: 60_000 }, () => {
  let child: ChildProcess
  let channel: Channel
  let said: DevicesMessage[]
  let exit: Promise<{ code: number | null; signal: string | null }>

  beforeEach(() => {
    child = fork(MAIN, [], { stdio: ['ignore', 2, 2, 'ipc'] })
    exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
    channel = childChannel(child)
    said = []
    channel.onMessage((message) => said.push(DevicesMessage.parse(message)))
  })

  afterEach(async () => {
    child.kill('SIGKILL')
    await exit
  })

  async function heard(type: DevicesMessage['type']): Promise<DevicesMessage> {
    const end = performance.now() + 40_000
    for (;;) {
      const found = said.find((message) => message.type === type)
      if (found) return found
      if (performance.now() > end) throw new Error(`no ${type}; heard ${said.map((message) => message.type).join(' ')}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  const configure = (configuration: object) => channel.post({ type: 'configure', configuration })
  const nativeOff = { pcsc: false, hid: false, simulated: true }

  it('reads a simulated tap', async () => {
    configure(nativeOff)
    channel.post({ type: 'simulate', medium: felica })
    expect(await heard('read')).toMatchObject({ read: { readerId: 'simulated', medium: felica, entry: 'tap' } })
  })

  it('runs with every native reader switched on, whatever this machine lacks', async () => {
    configure({ simulated: true, serial: [{ path: '/dev/ttyTapcoupon' }] })
    channel.post({ type: 'simulate', medium: felica })
    await heard('read')
    const known = () =>
      new Set(
        said.flatMap((message) =>
          message.type === 'health' && message.health.state !== 'opening' ? [message.health.transport] : [],
        ),
      )
    const end = performance.now() + 40_000
    while (known().size < 5 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10))
    expect([...known()].sort()).toEqual(['hid', 'pcsc', 'serial', 'simulated', 'wedge'])
    expect(child.exitCode).toBeNull()
  })

  it('that is killed closes its channel', async () => {
    configure(nativeOff)
    await heard('health')
    const closed = new Promise<void>((resolve) => channel.onClosed(resolve))
    child.kill('SIGKILL')
    await closed
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('ends by itself when its counter is gone', async () => {
    configure({ simulated: true })
    await heard('health')
    channel.close()
    expect(await exit).toEqual({ code: 0, signal: null })
  })
})
