import type { IpcMainEvent, WebContents } from 'electron'
import { ToCounter } from '../../core/counter/protocol.ts'
import type { ScreenEvents, ScreenLine } from '../../counter/supervisor/counterSupervisor.ts'
import { IPC } from '../ipcChannels.ts'
import { APP_ORIGIN } from './appProtocol.ts'
import type { ElectronApis } from './electronApis.ts'

/** The part of the supervisor that a screen needs. */
export interface CounterLines {
  whenReady(timeoutMs: number): Promise<boolean>
  openScreen(events: ScreenEvents): ScreenLine | null
}

const ASK_AGAIN_MS = 60_000

/**
 * The one way from the window to the counter. A message passes when it comes from the main frame of our window, from
 * exactly our origin, and is a `ToCounter`; anything else, a frame that cannot be told included, is dropped.
 *
 * While the counter is gone the window hears `lost`; when it is back, `connected` and the newest state.
 */
export function openScreenGate(ipcMain: ElectronApis['ipcMain'], contents: WebContents, lines: CounterLines): void {
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

  ipcMain.on(IPC.open, (event) => {
    if (isOurPage(event, contents)) void connect()
  })
  ipcMain.on(IPC.toCounter, (event, message: unknown) => {
    if (!isOurPage(event, contents)) return
    const parsed = ToCounter.safeParse(message)
    if (parsed.success) line?.post(parsed.data)
  })
  contents.once('destroyed', () => {
    attempt += 1
    line?.close()
    line = null
  })
}

/** Whether the main frame of our window, showing our page, sent this. Fails closed: a frame that is gone is not ours. */
export function isOurPage(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame
  return (
    frame !== null &&
    event.sender === contents &&
    frame === contents.mainFrame &&
    frame.parent === null &&
    frame.origin === APP_ORIGIN
  )
}
