import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import type { ScreenEvents, ScreenLine, ScreenOf } from '../counter/supervisor/counterSupervisor.ts'
import { readRendererFile, securityHeaders } from '../counter/supervisor/rendererFiles.ts'
import { cookieValue, isOurHost, isOurOrigin, loopbackAddress } from './requestOrigin.ts'
import { ScreenSession } from './screenSession.ts'
import { LARGEST_MESSAGE_BYTES, serveScreen } from './screenSocket.ts'

const LARGEST_SESSION_BODY_BYTES = 1024
const MOST_SCREENS = 8
/** A screen that dials while the counter is starting is answered as soon as it is up. */
const WAIT_FOR_COUNTER_MS = 10_000

const SessionRequest = z.object({ token: z.string().max(128) })

/** Where a customer's display (`/display.html`) has its line; the cashier's screen has its own at `/client`. */
const DISPLAY_LINE = '/display'

/** The part of the supervisor that a screen needs. */
export interface CounterLines {
  whenReady(timeoutMs: number): Promise<boolean>
  openScreen(events: ScreenEvents, of?: ScreenOf): ScreenLine | null
}

export interface LoopbackServer {
  /** A new address to open: carries a one-time token in its fragment, and ends the one given out before. */
  newUrl(): string
  readonly origin: string
  close(): Promise<void>
}

/**
 * Serves the screen and its line to the counter on 127.0.0.1, to one browser.
 *
 * `GET` the built renderer; `POST /session {token}` exchanges the one-time token for an HttpOnly cookie (204, else 401);
 * WebSockets `/client` and `/display` with that cookie and our own Origin. Every request must carry our exact Host. Rejects with the
 * listen error, `EADDRINUSE` among them, when the port cannot be had.
 */
export async function startLoopbackServer(options: {
  readonly port: number
  readonly rendererDir: string
  readonly lines: CounterLines
  /** The page says that what it has drawn stands. */
  readonly alive: () => void
}): Promise<LoopbackServer> {
  const session = new ScreenSession()
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  })
  // Requests are small and local: one that dawdles is not a browser of ours.
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  const address = loopbackAddress(port)
  const headers = securityHeaders([`ws://${address.host}`])
  // Cookies do not tell ports apart: the name does, for two counters on one machine.
  const cookie = `tapcoupon-${port}`

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else empty(response, 500)
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurHost(request.headers, address)) return empty(response, 421)
    const path = request.url?.split('?', 1)[0] ?? '/'
    if (path === '/session') return exchange(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') return empty(response, 405, { allow: 'GET, HEAD' })
    const file = await readRendererFile(options.rendererDir, path)
    if (file === null) return empty(response, 404)
    response.writeHead(200, { ...file.headers, 'content-length': file.body.byteLength })
    response.end(request.method === 'HEAD' ? undefined : file.body)
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return empty(response, 405, { allow: 'POST' })
    if (!isOurOrigin(request.headers, address)) return empty(response, 403)
    const announced = Number(request.headers['content-length'])
    if (!(announced <= LARGEST_SESSION_BODY_BYTES)) return empty(response, 413, { connection: 'close' })
    const parsed = SessionRequest.safeParse(await readJson(request))
    if (!parsed.success) return empty(response, 400)
    const secret = session.exchange(parsed.data.token)
    if (secret === null) return empty(response, 401)
    empty(response, 204, { 'set-cookie': `${cookie}=${secret}; Path=/; HttpOnly; SameSite=Strict` })
  }

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const refusal = refuseUpgrade(request)
    if (refusal !== null) return refuse(socket, refusal)
    options.lines
      .whenReady(WAIT_FOR_COUNTER_MS)
      .then((ready) => {
        if (!ready) return refuse(socket, '503 Service Unavailable')
        sockets.handleUpgrade(request, socket, head, (accepted) => {
          const isDisplay = request.url === DISPLAY_LINE
          const of = isDisplay ? 'customer' : 'cashier'
          serveScreen(accepted, (events) => options.lines.openScreen(events, of), isDisplay ? () => {} : options.alive)
        })
      })
      .catch(() => socket.destroy())
  })

  function refuseUpgrade(request: IncomingMessage): string | null {
    if (!isOurHost(request.headers, address)) return '421 Misdirected Request'
    if (request.url !== '/client' && request.url !== DISPLAY_LINE) return '404 Not Found'
    if (!isOurOrigin(request.headers, address)) return '403 Forbidden'
    if (!session.accepts(cookieValue(request.headers, cookie))) return '401 Unauthorized'
    return sockets.clients.size >= MOST_SCREENS ? '503 Service Unavailable' : null
  }

  return {
    newUrl: () => `${address.origin}/#token=${session.issue()}`,
    origin: address.origin,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Reads a JSON body, whose length Node holds to the one announced; undefined when it is not JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

function empty(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-length': 0, 'cache-control': 'no-store', ...headers })
  response.end()
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
