import type { WebSocket } from 'ws'
import { isAlive } from '../core/counter/alive.ts'
import type { ScreenEvents, ScreenLine } from '../counter/supervisor/counterSupervisor.ts'

/** A burst of 5,000 wedge keys, the largest command there is, is about half of this. */
export const LARGEST_MESSAGE_BYTES = 1024 * 1024

/** A screen that has stopped reading is cut off before its backlog fills the shell's memory. */
const LARGEST_BACKLOG_BYTES = 16 * 1024 * 1024

const PING_EVERY_MS = 15_000

/** RFC 6455 §7.4.1 and ws's own use of the private range. */
const CLOSE = { unreadable: 1007, counterLost: 4001 } as const

/**
 * Joins one accepted WebSocket to the counter: JSON text in both directions, passed on unread. When the counter
 * process goes, the socket is closed, which is how the screen knows; it then dials again.
 *
 * @param open the supervisor's `openScreen`; null from it closes the socket.
 * @param alive told whenever the page says that what it has drawn stands; the counter never hears that.
 */
export function serveScreen(
  socket: WebSocket,
  open: (events: ScreenEvents) => ScreenLine | null,
  alive: () => void,
): void {
  const line = open({
    message: (message) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > LARGEST_BACKLOG_BYTES) socket.terminate()
      else socket.send(JSON.stringify(message))
    },
    lost: () => socket.close(CLOSE.counterLost),
  })
  if (line === null) {
    socket.close(CLOSE.counterLost)
    return
  }
  let answered = true
  const ping = setInterval(() => {
    if (!answered) {
      socket.terminate()
      return
    }
    answered = false
    socket.ping()
  }, PING_EVERY_MS)
  socket.on('pong', () => {
    answered = true
  })
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseJson(data.toString())
    if (message === undefined) socket.close(CLOSE.unreadable)
    else if (isAlive(message)) alive()
    else line.post(message)
  })
  // ws closes the socket itself after an error (a message over the size limit, bad framing); nothing is left to do.
  socket.on('error', () => {})
  socket.on('close', () => {
    clearInterval(ping)
    line.close()
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
