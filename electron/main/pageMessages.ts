import type { IpcMainEvent, WebContents } from 'electron'
import { z } from 'zod'
import { ToCounter } from '../../core/counter/protocol.ts'
import { IPC } from '../ipcChannels.ts'
import { APP_ORIGIN } from './appProtocol.ts'
import type { ElectronApis } from './electronApis.ts'

/** What a page may say; the one list of it. A message without content carries nothing at all. */
const PAGE_MESSAGES = { open: z.undefined(), toCounter: ToCounter, alive: z.undefined() } as const
type PageMessages = typeof PAGE_MESSAGES

export type PageListeners = { readonly [Name in keyof PageMessages]: (message: z.infer<PageMessages[Name]>) => void }

/**
 * The one way in from the window. A message passes when it comes from the main frame of our window, from exactly our
 * origin, and is what its channel carries; anything else, a frame that cannot be told included, is dropped. Nothing is
 * answered here: what a command led to comes back as a `FromCounter`.
 */
export function hearPage(ipcMain: ElectronApis['ipcMain'], contents: WebContents, listeners: PageListeners): void {
  const hear = <Message>(channel: string, schema: z.ZodType<Message>, listener: (message: Message) => void) => {
    ipcMain.on(channel, (event, message: unknown) => {
      if (!isOurPage(event, contents)) return
      const parsed = schema.safeParse(message)
      if (parsed.success) listener(parsed.data)
    })
  }
  hear(IPC.open, PAGE_MESSAGES.open, listeners.open)
  hear(IPC.toCounter, PAGE_MESSAGES.toCounter, listeners.toCounter)
  hear(IPC.alive, PAGE_MESSAGES.alive, listeners.alive)
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
