import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { IPC } from '../../../electron/ipcChannels.ts'
import { screenBridge } from '../../../electron/preload/screenBridge.ts'

function bridged() {
  const ipc = Object.assign(new EventEmitter(), { send: vi.fn() })
  return { ipc, bridge: screenBridge(ipc as never) }
}

describe('the bridge of the preload', () => {
  it('asks for the line once it listens', () => {
    expect(bridged().ipc.send.mock.calls).toEqual([[IPC.open]])
  })

  it('keeps what arrives before the page listens, in order, and gives nothing of Electron to the page', () => {
    const { ipc, bridge } = bridged()
    ipc.emit(IPC.fromCounter, { sender: 'secret' }, 1)
    ipc.emit(IPC.fromCounter, {}, 2)
    const heard: unknown[][] = []
    const stop = bridge.onMessage((...given) => heard.push(given))
    ipc.emit(IPC.fromCounter, {}, 3)
    stop()
    ipc.emit(IPC.fromCounter, {}, 4)
    expect(heard).toEqual([[1], [2], [3]])
  })

  it('keeps no more than the newest hundred', () => {
    const { ipc, bridge } = bridged()
    for (let message = 0; message < 150; message += 1) ipc.emit(IPC.fromCounter, {}, message)
    const heard: unknown[] = []
    bridge.onMessage((message) => heard.push(message))
    expect(heard).toHaveLength(100)
    expect(heard.at(-1)).toBe(149)
  })

  it('tells the present state of the line at once, and anything unknown is a lost line', () => {
    const { ipc, bridge } = bridged()
    ipc.emit(IPC.link, {}, 'connected')
    const heard: unknown[] = []
    bridge.onLink((link) => heard.push(link))
    ipc.emit(IPC.link, {}, 'lost')
    ipc.emit(IPC.link, {}, { odd: true })
    expect(heard).toEqual(['connected', 'lost', 'lost'])
  })

  it('says that the page stands, and nothing with it', () => {
    const { ipc, bridge } = bridged()
    bridge.alive()
    expect(ipc.send).toHaveBeenLastCalledWith(IPC.alive)
  })

  it('posts on the one channel that the gate reads', () => {
    const { ipc, bridge } = bridged()
    bridge.post({ requestId: 1 })
    expect(ipc.send).toHaveBeenLastCalledWith(IPC.toCounter, { requestId: 1 })
  })
})
