import type { WebContents } from 'electron'
import type { ScreenEvents, ScreenLine } from '../../counter/supervisor/counterSupervisor.ts'
import { IPC } from '../ipcChannels.ts'
import type { ElectronApis } from './electronApis.ts'
import { hearPage } from './pageMessages.ts'

/** The part of the supervisor that a screen needs. */
export interface CounterLines {
  whenReady(timeoutMs: number): Promise<boolean>
  openScreen(events: ScreenEvents): ScreenLine | null
}

const ASK_AGAIN_MS = 60_000

/**
 * Joins the window to the counter. While the counter is gone the window hears `lost`; when it is back, `connected` and the
 * newest state. `alive` is told whenever the page says that what it has drawn stands.
 */
export function openScreenGate(
  ipcMain: ElectronApis['ipcMain'],
  contents: WebContents,
  lines: CounterLines,
  alive: () => void,
): void {
  let line: ScreenLine | null = null
  // Rises with every load of the page and loss of the counter: an older wait that ends late changes nothing.
  let attempt = 0

  const tell = (channel: string, message: unknown) => {
    if (!contents.isDestroyed()) contents.send(channel, message)
  }

  const connect = async () => {
    attempt += 1
    const mine = attempt
    line?.close()
    line = null
    while (mine === attempt && !contents.isDestroyed()) {
      if (!(await lines.whenReady(ASK_AGAIN_MS)) || mine !== attempt) continue
      const opened = lines.openScreen({
        message: (message) => {
          if (mine === attempt) tell(IPC.fromCounter, message)
        },
        lost: () => {
          if (mine !== attempt) return
          tell(IPC.link, 'lost')
          line = null
          void connect()
        },
      })
      if (opened === null) continue
      line = opened
      tell(IPC.link, 'connected')
      return
    }
  }

  hearPage(ipcMain, contents, {
    open: () => void connect(),
    toCounter: (message) => line?.post(message),
    alive,
  })
  contents.once('destroyed', () => {
    attempt += 1
    line?.close()
    line = null
  })
}
