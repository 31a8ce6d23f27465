import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to one exchange between a counter and the server. */
export type Fault =
  /** Goes through. */
  | { readonly kind: 'pass' }
  /** The connection dies before the server sees the request. */
  | { readonly kind: 'dropRequest' }
  /** The server decides and commits; its answer never arrives. */
  | { readonly kind: 'loseAnswer' }
  /** The counter's connection stays silent; the server sees the request `ms` later. */
  | { readonly kind: 'delayRequest'; readonly ms: number }
  /** The same, when `release` is called. */
  | { readonly kind: 'holdRequest' }
  /** The connection dies in the middle of the answer. */
  | { readonly kind: 'cutAnswer' }
  /** The answer arrives `ms` late. */
  | { readonly kind: 'delayAnswer'; readonly ms: number }
  /** The shop's Wi-Fi answers with its sign-in page. */
  | { readonly kind: 'captivePortal' }

export interface Exchange {
  readonly method: string
  readonly path: string
}

export interface FaultProxy {
  readonly url: string
  /** Decides for every later exchange; the default passes everything. */
  plan(decide: (exchange: Exchange) => Fault): void
  /** Where requests go from now on: a restarted server has another port. */
  target(url: string): void
  /** Requests that were delayed or held and have not been answered by the server yet. */
  pending(): number
  /** Lets every held request go. */
  release(): void
  close(): Promise<void>
}

/** An HTTP proxy on loopback that plays a bad network, one exchange at a time. */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  let decide: (exchange: Exchange) => Fault = () => ({ kind: 'pass' })
  let target = targetUrl
  let pending = 0
  let held: (() => void)[] = []

  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('error', () => outgoing.destroy())
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const path = incoming.url ?? '/'
      const fault = decide({ method: incoming.method ?? 'GET', path })
      const body = Buffer.concat(chunks)
      // A line that is held open is no exchange: it is there while the network is.
      if (path === '/v1/events')
        return fault.kind === 'pass' ? stream(target, incoming, outgoing) : void outgoing.destroy()
      switch (fault.kind) {
        case 'pass':
          return forward(target, incoming, body, (answer) => relay(answer, outgoing))
        case 'dropRequest':
          return void incoming.socket.destroy()
        case 'loseAnswer':
          return forward(target, incoming, body, () => incoming.socket.destroy())
        case 'cutAnswer':
          return forward(target, incoming, body, (answer) => relayHalf(answer, outgoing))
        case 'delayRequest':
        case 'holdRequest': {
          pending += 1
          const go = () =>
            forward(target, incoming, body, (answer) => {
              pending -= 1
              relay(answer, outgoing)
            })
          if (fault.kind === 'holdRequest') held.push(go)
          else setTimeout(go, fault.ms)
          return
        }
        case 'delayAnswer':
          return forward(target, incoming, body, (answer) => setTimeout(() => relay(answer, outgoing), fault.ms))
        case 'captivePortal':
          outgoing.writeHead(200, { 'content-type': 'text/html' })
          return void outgoing.end('<!doctype html><title>Free Wi-Fi</title><p>Please accept the terms.</p>')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: (next) => {
      decide = next
    },
    target: (url) => {
      target = url
    },
    pending: () => pending,
    release() {
      const released = held
      held = []
      for (const go of released) go()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Passes an answer on as it comes. */
function stream(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { host: _host, connection: _connection, ...headers } = incoming.headers
  const asked = request(new URL(incoming.url ?? '/', target), { headers, agent: false }, (answer) => {
    const { 'transfer-encoding': _chunked, connection: __connection, ...told } = answer.headers
    outgoing.writeHead(answer.statusCode ?? 502, told)
    outgoing.flushHeaders()
    answer.pipe(outgoing)
    answer.on('error', () => outgoing.destroy())
  })
  asked.on('error', () => outgoing.destroy())
  outgoing.on('close', () => asked.destroy())
  asked.end()
}

/** `null`: the server could not be reached or died while answering. */
function forward(target: string, incoming: IncomingMessage, body: Buffer, done: (answer: Answer | null) => void): void {
  const { host: _host, connection: _connection, ...headers } = incoming.headers
  const outgoing = request(
    new URL(incoming.url ?? '/', target),
    { method: incoming.method, headers, agent: false },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        done({ status: response.statusCode ?? 502, headers: response.headers, body: Buffer.concat(chunks) }),
      )
      response.on('error', () => done(null))
    },
  )
  outgoing.on('error', () => done(null))
  outgoing.end(body)
}

function relay(answer: Answer | null, outgoing: ServerResponse): void {
  if (outgoing.destroyed) return
  if (!answer) return void outgoing.socket?.destroy()
  begin(answer, outgoing)
  outgoing.end(answer.body)
}

function relayHalf(answer: Answer | null, outgoing: ServerResponse): void {
  if (outgoing.destroyed) return
  if (!answer) return void outgoing.socket?.destroy()
  begin(answer, outgoing)
  outgoing.write(answer.body.subarray(0, answer.body.length / 2), () => outgoing.destroy())
}

function begin({ status, headers }: Answer, outgoing: ServerResponse): void {
  const { 'transfer-encoding': _chunked, connection: _connection, ...told } = headers
  outgoing.writeHead(status, told)
}
