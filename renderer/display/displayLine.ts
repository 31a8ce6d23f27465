import { type DisplayState, ToDisplay } from '../../core/counter/display.ts'

/** What the counter says to this display. */
export interface DisplayLine {
  /** The newest state; null before the first, and while nobody knows whether it still holds. */
  state(): DisplayState | null
  /** Called after each change; returns how to stop. */
  subscribe(listener: () => void): () => void
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000

/**
 * The display's line over loopback: WebSocket `/display` with the cookie of the cashier's window, which opened this one.
 * It only listens. While the line is down it shows nothing of a customer, and dials again with growing pauses.
 */
export function displayLine(page: Window): DisplayLine {
  const listeners = new Set<() => void>()
  let state: DisplayState | null = null
  let pauseMs = FIRST_PAUSE_MS
  const show = (next: DisplayState | null) => {
    state = next
    for (const listener of listeners) listener()
  }
  const dial = () => {
    const address = new URL('/display', page.location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(address)
    socket.addEventListener('message', ({ data }) => {
      const message = ToDisplay.safeParse(typeof data === 'string' ? JSON.parse(data) : null)
      if (!message.success) return socket.close(4000, 'protocol')
      pauseMs = FIRST_PAUSE_MS
      show(message.data.display)
    })
    socket.addEventListener('close', () => {
      show(null)
      page.setTimeout(dial, pauseMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    })
  }
  dial()
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
