import type { ParentPort } from 'electron'
import type { Channel } from '../../core/ports/channel.ts'
import { ChannelListeners } from '../../counter/channel/channelListeners.ts'

/**
 * The channel to the shell, inside a utility process. The port says nothing when the shell ends: Electron ends its
 * utility processes itself, so `onClosed` is told only after our own `close`.
 */
export function parentPortChannel(port: Pick<ParentPort, 'on' | 'postMessage'>): Channel {
  const listeners = new ChannelListeners()
  let closed = false
  port.on('message', (event) => listeners.message(event.data))
  return {
    post(message) {
      if (!closed) port.postMessage(message)
    },
    onMessage: (listener) => listeners.onMessage(listener),
    onClosed: (listener) => listeners.onClosed(listener),
    close() {
      closed = true
      listeners.closed()
    },
  }
}
