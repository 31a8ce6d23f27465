import type { IncomingHttpHeaders } from 'node:http'
import type { WebSocket } from 'ws'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { PosHello } from '../../core/pos/counterView.ts'
import { POS_CLOSE, type PosMessage } from '../../core/pos/messages.ts'
import type { PosAccess } from '../store/posBook.ts'
import type { PosApi } from './api.ts'
import { callerOf } from './callers.ts'
import { transactionOf } from './views.ts'

const HELLO_WITHIN_MS = 5_000
const ALIVE_EVERY_MS = 10_000
/** What a POS that does not read may keep here. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024

/** One WebSocket of a POS: its hello, then everything that changes, until it closes. */
export function serveEvents(api: PosApi, scheduler: Scheduler, headers: IncomingHttpHeaders, socket: WebSocket): void {
  let end = () => {}
  const late = scheduler.after(HELLO_WITHIN_MS, () => socket.close(POS_CLOSE.late, 'no hello'))
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    late()
    end()
  })
  socket.once('message', (data, isBinary) => {
    late()
    const hello = PosHello.safeParse(isBinary ? null : json(String(data)))
    if (!hello.success) return socket.close(POS_CLOSE.invalid, 'no hello')
    const caller = callerOf(hello.data.token, headers, api.accesses)
    if (!caller.ok) {
      const { reason } = caller
      return socket.close(reason === 'unauthorized' ? POS_CLOSE.unauthorized : POS_CLOSE.forbidden, reason)
    }
    // There is nothing more to say: everything else is asked by HTTP.
    socket.on('message', () => socket.close(POS_CLOSE.invalid, 'one hello'))
    if (socket.readyState === socket.OPEN) end = follow(api, scheduler, caller.value, hello.data.cursor, socket)
  })
}

function follow(
  api: PosApi,
  scheduler: Scheduler,
  { posId, name }: PosAccess,
  asked: number | undefined,
  socket: WebSocket,
): () => void {
  const { desk, presence, accesses } = api
  const post = (message: PosMessage) => {
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) return socket.close(POS_CLOSE.tooSlow, 'reads too slowly')
    socket.send(JSON.stringify(message))
  }
  const newest = desk.changeSeq
  // A cursor of another journal, from before this machine was made a station anew, says nothing.
  const after = asked !== undefined && asked <= newest ? asked : undefined
  let told = newest
  let lastCounter = ''
  const counter = () => {
    const now = api.counter(posId)
    const text = JSON.stringify(now)
    if (text === lastCounter) return
    lastCounter = text
    post({ type: 'counter', counter: now })
  }
  post({ type: 'welcome', posId, name, cursor: newest })
  const disconnect = presence.connected(posId)
  counter()
  for (const sale of desk.sales(posId, after)) post({ type: 'transaction', transaction: transactionOf(sale) })

  const unwatch = api.watch(() => {
    if (!accesses.active.some((access) => access.posId === posId)) {
      return socket.close(POS_CLOSE.unauthorized, 'unauthorized')
    }
    const changeSeq = desk.changeSeq
    if (changeSeq !== told) {
      const changed = desk.sales(posId, told)
      told = changeSeq
      for (const sale of changed) post({ type: 'transaction', transaction: transactionOf(sale) })
    }
    counter()
  })
  let beat = () => {}
  const alive = () => {
    beat = scheduler.after(ALIVE_EVERY_MS, () => {
      post({ type: 'alive' })
      alive()
    })
  }
  alive()
  return () => {
    unwatch()
    beat()
    disconnect()
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
