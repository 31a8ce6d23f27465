import type { ChildProcess } from 'node:child_process'
import type { Channel } from '../../core/ports/channel.ts'
import { ChannelListeners } from './channelListeners.ts'

/**
 * The channel to a child that was started with an IPC pipe (`fork`, or `stdio: [..., 'ipc']`). It closes when the
 * child exits for whatever reason, or disconnects; `close()` disconnects, at which a child of ours exits by itself.
 */
export function childChannel(child: ChildProcess): Channel {
  return processChannel(child)
}

/** The channel to the parent, inside a child that was started with an IPC pipe. Throws where there is none. */
export function parentChannel(): Channel {
  if (!process.send) throw new Error('this program is started by another one, over an IPC pipe')
  return processChannel(process)
}

interface IpcEnd {
  connected: boolean
  send?: ((message: object, callback: (error: Error | null) => void) => boolean) | undefined
  disconnect(): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

function processChannel(end: IpcEnd): Channel {
  const listeners = new ChannelListeners()
  end.on('message', (message) => listeners.message(message))
  end.on('disconnect', () => listeners.closed())
  return {
    post(message) {
      if (!end.connected || typeof message !== 'object' || message === null) return
      // A pipe that breaks between the check and the write is reported by `disconnect`.
      end.send?.(message, () => {})
    },
    onMessage: (listener) => listeners.onMessage(listener),
    onClosed: (listener) => listeners.onClosed(listener),
    close() {
      if (end.connected) end.disconnect()
      listeners.closed()
    },
  }
}
