import type { IpcRenderer } from 'electron'
import type { ScreenBridge } from '../../core/counter/screenBridge.ts'
import { IPC } from '../ipcChannels.ts'

/** More than this unheard means that the page is not ours; the newest state is what counts, so the oldest goes. */
const MOST_KEPT = 100

/** The page's line over Electron's IPC. Nothing of Electron (an event, a sender) reaches the page. */
export function screenBridge(ipc: Pick<IpcRenderer, 'on' | 'send'>): ScreenBridge {
  const messageListeners = new Set<(message: unknown) => void>()
  const linkListeners = new Set<(link: 'connected' | 'lost') => void>()
  let kept: unknown[] = []
  let link: 'connected' | 'lost' | null = null

  ipc.on(IPC.fromCounter, (_event, message: unknown) => {
    if (messageListeners.size === 0) kept = [...kept, message].slice(-MOST_KEPT)
    for (const listener of messageListeners) listener(message)
  })
  ipc.on(IPC.link, (_event, told: unknown) => {
    link = told === 'connected' ? 'connected' : 'lost'
    for (const listener of linkListeners) listener(link)
  })
  ipc.send(IPC.open)

  return {
    post: (message) => ipc.send(IPC.toCounter, message),
    alive: () => ipc.send(IPC.alive),
    onMessage(listener) {
      messageListeners.add(listener)
      const before = kept
      kept = []
      for (const message of before) listener(message)
      return () => messageListeners.delete(listener)
    },
    onLink(listener) {
      linkListeners.add(listener)
      if (link !== null) listener(link)
      return () => linkListeners.delete(listener)
    },
  }
}
