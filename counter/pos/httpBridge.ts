import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { POS_EVENTS_PATH } from '../../core/pos/routes.ts'
import type { BridgeProblem, PosApi, PosBridge } from './api.ts'
import { isForBridge, mayAsk } from './callers.ts'
import { serveEvents } from './eventLine.ts'
import { answerPos, sendProblem } from './requests.ts'

const MOST_LINES = 16
const LARGEST_MESSAGE_BYTES = 4 * 1024
/** Another program has the port: it may end. */
const LISTEN_AGAIN_MS = 3_000

/** The bridge on 127.0.0.1. `version`: of the program, for the description. */
export function httpBridge(port: number, scheduler: Scheduler, version: string): PosBridge {
  let server: Server | null = null
  let again = () => {}
  let problem: BridgeProblem | null = null
  let listening = false
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES, perMessageDeflate: false })

  const listen = (api: PosApi, changed: () => void) => {
    // Requests are small and local: one that dawdles is no POS.
    const opening = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 })
    server = opening
    opening.on('request', (request, response) => {
      answerPos(api, { port, version }, request, response).catch(() => {
        if (response.headersSent) response.destroy()
        else sendProblem(request, response, { reason: 'failed' })
      })
    })
    opening.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      if (!isForBridge(request.headers, port)) return refuse(socket, '421 Misdirected Request')
      if (!mayAsk(request.headers, api.accesses)) return refuse(socket, '403 Forbidden')
      if (request.url !== POS_EVENTS_PATH) return refuse(socket, '404 Not Found')
      if (sockets.clients.size >= MOST_LINES) return refuse(socket, '503 Service Unavailable')
      sockets.handleUpgrade(request, socket, head, (line) => serveEvents(api, scheduler, request.headers, line))
    })
    opening.once('listening', () => {
      listening = true
      problem = null
      changed()
    })
    opening.on('error', (error) => {
      if (listening) return
      server = null
      problem = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'port_taken' : 'failed'
      changed()
      again = scheduler.after(LISTEN_AGAIN_MS, () => listen(api, changed))
    })
    opening.listen(port, '127.0.0.1')
  }

  return {
    get address() {
      return listening ? `http://127.0.0.1:${port}` : null
    },
    get problem() {
      return problem
    },
    open(api, changed) {
      if (server === null) listen(api, changed)
    },
    close() {
      again()
      problem = null
      const closing = server
      server = null
      for (const line of sockets.clients) line.terminate()
      if (!closing || !listening) return Promise.resolve()
      listening = false
      return new Promise((resolve) => {
        closing.close(() => resolve())
        closing.closeAllConnections()
      })
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
