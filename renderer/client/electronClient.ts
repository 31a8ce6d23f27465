import type { CounterClient } from '../../core/counter/client.ts'
import type { ScreenBridge } from '../../core/counter/screenBridge.ts'
import { counterLine } from './counterLine.ts'

/**
 * The counter over the bridge that Electron's preload puts on `window.tapcoupon` (core/counter/screenBridge.ts). Its
 * messages are parsed like any other: the preload passes them on unread. One that does not follow the protocol marks
 * the line as lost until a good state follows, because an old screen must not go on showing an old state.
 */
export function electronClient(bridge: ScreenBridge): CounterClient {
  const line = counterLine((message) => {
    bridge.post(message)
    return true
  }, bridge.alive)
  bridge.onMessage((message) => {
    if (!line.receive(message)) line.lost()
  })
  bridge.onLink((link) => (link === 'connected' ? line.opened() : line.lost()))
  return line
}
