import { ALIVE } from '../../core/counter/alive.ts'
import type { CounterClient } from '../../core/counter/client.ts'
import { counterLine } from './counterLine.ts'

/**
 * The counter over loopback, for the browser shell. What the shell serves on the page's own origin:
 *
 * - The page is opened once with `#token=<one-time token>`. A fragment never reaches a server or its log; it is taken
 *   out of the address bar and the history before anything else happens.
 * - `POST /session`, body `{"token": "…"}` as `application/json`: 2xx sets the session as an `HttpOnly`,
 *   `SameSite=Strict` cookie; any 4xx says that the token is not (or no longer) good. Without a token in the address
 *   the cookie of an earlier load is relied upon.
 * - WebSocket `/client`: authenticated by the cookie and the `Origin` header. Every frame is one JSON text: `ToCounter`
 *   or `Alive` up, `FromCounter` down, a `state` first. A line that closes is opened again with growing pauses.
 *
 * A frame that does not follow the protocol closes the line: an old screen must not go on showing an old state.
 */
export function browserClient(page: Window, backoffMs = { first: 250, longest: 5_000 }): CounterClient {
  const token = takeToken(page)
  let socket: WebSocket | null = null
  let pauseMs = backoffMs.first

  const post = (message: unknown) => {
    if (socket?.readyState !== WebSocket.OPEN) return false
    socket.send(JSON.stringify(message))
    return true
  }
  const line = counterLine(post, () => void post(ALIVE))

  const reconnect = () => {
    line.lost()
    page.setTimeout(connect, pauseMs)
    pauseMs = Math.min(pauseMs * 2, backoffMs.longest)
  }

  const connect = () => {
    const address = new URL('/client', page.location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const opening = new WebSocket(address)
    socket = opening
    opening.addEventListener('open', () => {
      pauseMs = backoffMs.first
      line.opened()
    })
    opening.addEventListener('message', (event) => {
      if (!line.receive(json(event.data))) opening.close(4000, 'protocol')
    })
    opening.addEventListener('close', () => {
      if (socket !== opening) return
      socket = null
      reconnect()
    })
  }

  const begin = async () => {
    if (token !== null && !(await exchange(token))) {
      line.lost()
      page.setTimeout(begin, pauseMs)
      pauseMs = Math.min(pauseMs * 2, backoffMs.longest)
      return
    }
    pauseMs = backoffMs.first
    connect()
  }
  void begin()
  return line
}

/** Reads the one-time token and removes it from the address bar; null when the address has none. */
function takeToken(page: Window): string | null {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token')
  if (token !== null) page.history.replaceState(null, '', page.location.pathname + page.location.search)
  return token
}

/** True when there is nothing more to do with the token: it was taken, or it was refused for good. */
async function exchange(token: string): Promise<boolean> {
  try {
    const answer = await fetch('/session', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    return answer.ok || (answer.status >= 400 && answer.status < 500)
  } catch {
    return false
  }
}

function json(data: unknown): unknown {
  if (typeof data !== 'string') return null
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
