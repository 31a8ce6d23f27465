import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'
import { isAlive } from '../../../core/counter/alive.ts'
import type { CommandResult, CounterCommand } from '../../../core/counter/commands.ts'
import { ToCounter } from '../../../core/counter/protocol.ts'
import type { CounterState } from '../../../core/counter/state.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Nothing but the page's own files: what the shells allow. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'"

/** A counter that says what a test tells it to say, behind the browser shell's protocol, serving the built screens. */
export interface ScriptedCounter {
  readonly url: string
  /** With the one-time token, as the shell opens it. */
  readonly address: string
  readonly commands: CounterCommand[]
  show(change: Partial<CounterState>): void
  /** What the next commands are answered with. */
  answer(result: CommandResult): void
  /** Sends a frame as it is. */
  sendRaw(frame: string): void
  /** Cuts every line; the next ones are accepted. */
  cut(): void
  close(): Promise<void>
}

export async function scriptedCounter(root: string, first: CounterState): Promise<ScriptedCounter> {
  const token = 'one-time'
  const session = 'tapcoupon-session=good'
  const sockets = new Set<WebSocket>()
  const commands: CounterCommand[] = []
  let state = first
  let result: CommandResult = { ok: true }
  let tokenUsed = false

  const http = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (request.method === 'POST' && path === '/session') {
      let body = ''
      for await (const chunk of request) body += chunk
      const good = !tokenUsed && JSON.parse(body).token === token
      tokenUsed ||= good
      response.writeHead(good ? 204 : 401, good ? { 'set-cookie': `${session}; HttpOnly; SameSite=Strict` } : {}).end()
      return
    }
    try {
      const file = normalize(path === '/' ? '/index.html' : path)
      const content = await readFile(join(root, file))
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
      })
      response.end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  const line = new WebSocketServer({
    server: http,
    path: '/client',
    verifyClient: ({ req }: { req: { headers: { cookie?: string } } }) =>
      req.headers.cookie?.includes(session) ?? false,
  })
  line.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data) => {
      const message: unknown = JSON.parse(String(data))
      if (isAlive(message)) return
      const { requestId, command } = ToCounter.parse(message)
      commands.push(command)
      socket.send(JSON.stringify({ type: 'result', requestId, result }))
    })
    socket.send(JSON.stringify({ type: 'state', state }))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  return {
    url,
    address: `${url}/#token=${token}`,
    commands,
    show(change) {
      state = { ...state, ...change, revision: state.revision + 1 }
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'state', state }))
    },
    answer(next) {
      result = next
    },
    sendRaw(frame) {
      for (const socket of sockets) socket.send(frame)
    },
    cut() {
      for (const socket of sockets) socket.terminate()
    },
    async close() {
      for (const socket of sockets) socket.terminate()
      line.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
