import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { type CounterLines, type LoopbackServer, startLoopbackServer } from '../../../browser/loopbackServer.ts'
import { LARGEST_MESSAGE_BYTES } from '../../../browser/screenSocket.ts'
import type { ScreenEvents } from '../../../counter/supervisor/counterSupervisor.ts'

/** A counter that answers every message with itself. */
class EchoingCounter implements CounterLines {
  ready = true
  screens: ScreenEvents[] = []
  closed = 0

  async whenReady(): Promise<boolean> {
    return this.ready
  }

  openScreen(events: ScreenEvents) {
    this.screens.push(events)
    return {
      post: (message: unknown) => events.message({ echo: message }),
      close: () => {
        this.closed += 1
      },
    }
  }
}

let rendererDir: string
let counter: EchoingCounter
let server: LoopbackServer
let url: string
let beats: string[]

beforeEach(async () => {
  rendererDir = mkdtempSync(join(tmpdir(), 'tapcoupon-screen-'))
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Tapcoupon</title>')
  counter = new EchoingCounter()
  beats = []
  server = await startLoopbackServer({ port: 0, rendererDir, lines: counter, alive: () => beats.push('alive') })
  url = server.newUrl()
})

afterEach(async () => {
  await server.close()
  rmSync(rendererDir, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(new URL(path, server.origin), { method: options.method ?? 'GET' }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    for (const [name, value] of Object.entries(options.headers ?? {})) sent.setHeader(name, value)
    sent.end(options.body)
  })
}

const token = () => new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? ''

function exchange(given: string, origin = server.origin) {
  return ask('/session', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: given }),
  })
}

async function cookie(): Promise<string> {
  const answer = await exchange(token())
  return String(answer.headers['set-cookie']).split(';')[0] ?? ''
}

/** Resolves with the open socket, or the HTTP status of the refusal. */
function dial(headers: Record<string, string>, path = '/client'): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, { headers })
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.once('error', reject)
  })
}

async function screen(): Promise<WebSocket> {
  const socket = await dial({ origin: server.origin, cookie: await cookie() })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return socket
}

const nextMessage = (socket: WebSocket) =>
  new Promise<unknown>((resolve) => socket.once('message', (data) => resolve(JSON.parse(data.toString()))))
const closeCode = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))

describe('the page', () => {
  it('is served with a policy that allows only its own files', async () => {
    const answer = await ask('/')
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Tapcoupon')
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'/)
    expect(answer.headers['content-security-policy']).toContain(`ws://${new URL(server.origin).host}`)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
  })

  it('is listened for on 127.0.0.1 only', () => {
    expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it.each(['/missing.js', '/%2e%2e/package.json', '/assets'])('has no %s', async (path) => {
    expect((await ask(path)).status).toBe(404)
  })

  it('is only read', async () => {
    expect((await ask('/', { method: 'DELETE' })).status).toBe(405)
    expect((await ask('/', { method: 'HEAD' })).body).toBe('')
  })

  it('is refused to a page whose name was pointed at us (DNS rebinding)', async () => {
    const { port } = new URL(server.origin)
    for (const host of ['attacker.example', `attacker.example:${port}`, `localhost:${port}`, '127.0.0.1']) {
      expect((await ask('/', { headers: { host } })).status).toBe(421)
    }
  })
})

describe('the one-time token', () => {
  it('stands in the fragment, which no server and no log ever sees', () => {
    expect(new URL(url).search).toBe('')
    expect(token()).toMatch(/^[\w-]{43}$/)
  })

  it('becomes a cookie that scripts and other sites cannot use', async () => {
    const answer = await exchange(token())
    expect(answer.status).toBe(204)
    const set = String(answer.headers['set-cookie'])
    expect(set).toMatch(/^tapcoupon-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(set).not.toContain(token())
  })

  it('is good once', async () => {
    await exchange(token())
    const again = await exchange(token())
    expect(again.status).toBe(401)
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  it('is not taken from another origin, and is not used up by the attempt', async () => {
    expect((await exchange(token(), 'http://attacker.example')).status).toBe(403)
    expect((await exchange(token())).status).toBe(204)
  })

  it.each([
    ['a wrong token', JSON.stringify({ token: 'A'.repeat(43) }), 401],
    ['no token', '{}', 400],
    ['not JSON', 'token=x', 400],
    ['too much', JSON.stringify({ token: 'A'.repeat(5_000) }), 413],
  ])('refuses %s', async (_, body, status) => {
    const answer = await ask('/session', { method: 'POST', headers: { origin: server.origin }, body })
    expect(answer.status).toBe(status)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('is only posted', async () => {
    expect((await ask('/session')).status).toBe(405)
  })
})

describe("a screen's line", () => {
  it('carries messages both ways as they are', async () => {
    const socket = await screen()
    const answered = nextMessage(socket)
    socket.send(JSON.stringify({ requestId: 7, command: { type: 'signOut' } }))
    expect(await answered).toEqual({ echo: { requestId: 7, command: { type: 'signOut' } } })
    socket.terminate()
  })

  it('tells the shell that the page is alive, and the counter nothing of it', async () => {
    const socket = await screen()
    const answered = nextMessage(socket)
    socket.send(JSON.stringify({ type: 'alive' }))
    socket.send(JSON.stringify({ type: 'alive', more: 1 }))
    expect(await answered).toEqual({ echo: { type: 'alive', more: 1 } })
    expect(beats).toEqual(['alive'])
    socket.terminate()
  })

  it('is open to a reloaded page by the cookie alone', async () => {
    const headers = { origin: server.origin, cookie: await cookie() }
    const [first, reloaded] = [await dial(headers), await dial(headers)]
    expect(first).toBeInstanceOf(WebSocket)
    expect(reloaded).toBeInstanceOf(WebSocket)
  })

  it.each([
    ['no cookie', (given: Record<string, string>) => ({ origin: given.origin ?? '' }), 401],
    ['another cookie', (given: Record<string, string>) => ({ ...given, cookie: 'tapcoupon-1=A' }), 401],
    ['another origin', (given: Record<string, string>) => ({ ...given, origin: 'http://attacker.example' }), 403],
    ['no origin', (given: Record<string, string>) => ({ cookie: given.cookie ?? '' }), 403],
    ['another host', (given: Record<string, string>) => ({ ...given, host: 'attacker.example' }), 421],
  ])('is refused with %s', async (_, change, status) => {
    const good = { origin: server.origin, cookie: await cookie() }
    expect(await dial(change(good))).toBe(status)
    expect(counter.screens).toHaveLength(0)
  })

  it('is refused with the token in the place of the cookie', async () => {
    const name = (await cookie()).split('=')[0]
    expect(await dial({ origin: server.origin, cookie: `${name}=${token()}` })).toBe(401)
  })

  it('is refused elsewhere than on /client', async () => {
    expect(await dial({ origin: server.origin, cookie: await cookie() }, '/other')).toBe(404)
  })

  it('is refused while the counter does not start', async () => {
    counter.ready = false
    expect(await dial({ origin: server.origin, cookie: await cookie() })).toBe(503)
  })

  it('is closed when the counter is lost, so that the screen says so and dials again', async () => {
    const socket = await screen()
    const closed = closeCode(socket)
    counter.screens[0]?.lost()
    expect(await closed).toBe(4001)
    await expect.poll(() => counter.closed).toBe(1)
  })

  it.each([
    ['what is not JSON', 'hello', 1007],
    ['what is not text', Buffer.from([1, 2]), 1007],
    ['what is larger than any command', 'x'.repeat(LARGEST_MESSAGE_BYTES + 1), 1009],
  ])('is closed over %s', async (_, message, code) => {
    const socket = await screen()
    const closed = closeCode(socket)
    socket.send(message)
    expect(await closed).toBe(code)
  })

  it('is one of at most eight', async () => {
    const headers = { origin: server.origin, cookie: await cookie() }
    for (let opened = 0; opened < 8; opened += 1) expect(await dial(headers)).toBeInstanceOf(WebSocket)
    expect(await dial(headers)).toBe(503)
  })
})

describe('a port that is taken', () => {
  it('is reported by its name', async () => {
    const port = Number(new URL(server.origin).port)
    await expect(startLoopbackServer({ port, rendererDir, lines: counter, alive: () => {} })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
