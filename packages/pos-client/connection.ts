import type { Counter, Message, Transaction } from './types.ts'

/** `refused`: the counter does not know the token, or not for this page; nothing more is tried. */
export type Link = 'connecting' | 'connected' | 'lost' | 'refused'

export interface ConnectionEvents {
  /** Called at once with `connecting`, and after every change. */
  readonly onLink?: (link: Link) => void
  /** The whole state of the counter, after every change. */
  readonly onCounter?: (counter: Counter) => void
  /** A sale as it is now, after every change of it; after a break, also those that were missed. */
  readonly onTransaction?: (transaction: Transaction) => void
}

export interface Connection {
  /** The highest change that was heard: keep it, and a POS that starts anew misses nothing. */
  readonly cursor: number | undefined
  close(): void
}

interface Line {
  readonly token: string
  readonly url: string
  readonly WebSocket: typeof globalThis.WebSocket
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000
/** The counter is heard every ten seconds. */
const SILENT_FOR_MS = 30_000
/** Close codes of the counter: unknown token, and a page of another origin. */
const FINAL = [4401, 4403]

/** One WebSocket after another until `close`. */
export function connect(line: Line, events: ConnectionEvents, from?: number): Connection {
  let cursor = from
  let pauseMs = FIRST_PAUSE_MS
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let link: Link | null = null

  const tell = (next: Link) => {
    if (next === link) return
    link = next
    events.onLink?.(next)
  }
  const expect = (opening: WebSocket) => {
    clearTimeout(timer)
    timer = setTimeout(() => opening.close(), SILENT_FOR_MS)
  }
  const received = (message: Message) => {
    switch (message.type) {
      case 'welcome':
        // A counter that was set up anew counts from the beginning.
        if (cursor !== undefined && cursor > message.cursor) cursor = undefined
        pauseMs = FIRST_PAUSE_MS
        tell('connected')
        break
      case 'counter':
        events.onCounter?.(message.counter)
        break
      case 'transaction':
        cursor = Math.max(cursor ?? 0, message.transaction.cursor)
        events.onTransaction?.(message.transaction)
        break
      case 'alive':
        break
    }
  }
  const open = () => {
    tell(link === null ? 'connecting' : 'lost')
    const opening = new line.WebSocket(line.url)
    socket = opening
    expect(opening)
    opening.onopen = () => {
      opening.send(JSON.stringify({ type: 'hello', token: line.token, ...(cursor === undefined ? {} : { cursor }) }))
    }
    opening.onmessage = ({ data }) => {
      if (socket !== opening) return
      expect(opening)
      received(JSON.parse(String(data)) as Message)
    }
    opening.onclose = ({ code }) => {
      if (socket !== opening || closed) return
      clearTimeout(timer)
      if (FINAL.includes(code)) return tell('refused')
      tell('lost')
      timer = setTimeout(open, pauseMs * (0.5 + Math.random() / 2))
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
    // What follows is the close, which says as much as there is to say.
    opening.onerror = () => {}
  }
  open()

  return {
    get cursor() {
      return cursor
    },
    close() {
      closed = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}
