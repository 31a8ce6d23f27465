import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { parentPortChannel } from '../../../electron/children/parentPortChannel.ts'
import { utilityProcessSpawner } from '../../../electron/main/utilityProcessSpawner.ts'

function spawned() {
  const child = Object.assign(new EventEmitter(), { pid: 77, postMessage: vi.fn() })
  const fork = vi.fn(() => child)
  const endNow = vi.fn()
  const spawner = utilityProcessSpawner(
    { utilityProcess: { fork } as never },
    { counter: '/counter.mjs', devices: '/devices.mjs' },
    endNow,
  )
  return { child, fork, endNow, process: spawner.spawn('devices') }
}

describe('a utility process', () => {
  it('runs the bundled program under a name', () => {
    const { fork } = spawned()
    expect(fork).toHaveBeenCalledExactlyOnceWith(
      '/devices.mjs',
      [],
      expect.objectContaining({ serviceName: 'Tapcoupon devices' }),
    )
  })

  it('is a channel that keeps messages until there is a listener', () => {
    const { child, process } = spawned()
    child.emit('message', 1)
    const heard: unknown[] = []
    process.channel.onMessage((message) => heard.push(message))
    child.emit('message', 2)
    process.channel.post({ a: 1 })
    expect(heard).toEqual([1, 2])
    expect(child.postMessage).toHaveBeenCalledExactlyOnceWith({ a: 1 })
  })

  it('is not posted to or ended any more when it is gone', () => {
    const { child, process, endNow } = spawned()
    const exit = vi.fn()
    process.onExit(exit)
    process.kill()
    expect(endNow).toHaveBeenCalledExactlyOnceWith(77)
    child.emit('exit', 139)
    process.kill()
    process.channel.post({})
    expect(exit).toHaveBeenCalledExactlyOnceWith(139)
    expect(endNow).toHaveBeenCalledOnce()
    expect(child.postMessage).not.toHaveBeenCalled()
  })
})

describe('the other end, inside the utility process', () => {
  it('gives the data of each message and posts back', () => {
    const port = Object.assign(new EventEmitter(), { postMessage: vi.fn() })
    const channel = parentPortChannel(port as never)
    port.emit('message', { data: 1 })
    const heard: unknown[] = []
    channel.onMessage((message) => heard.push(message))
    channel.post({ b: 2 })
    channel.close()
    channel.post({ b: 3 })
    port.emit('message', { data: 2 })
    expect(heard).toEqual([1])
    expect(port.postMessage).toHaveBeenCalledExactlyOnceWith({ b: 2 })
  })
})
