import { connect } from 'node:net'

/** What one round of load gave. */
export interface Load {
  /** Answers a second. */
  readonly rate: number
  readonly p99Ms: number
  /** Anything but 200, which makes a measurement worthless. */
  readonly failures: number
}

/**
 * Sends requests over `connections` kept open, one at a time on each, for `ms` milliseconds. `request` makes the bytes of
 * the next one. Answers must carry a content-length, as Fastify's do.
 */
export async function load(url: URL, connections: number, ms: number, request: () => string): Promise<Load> {
  const times: number[] = []
  let failures = 0
  const end = performance.now() + ms
  const lane = () =>
    new Promise<void>((resolve, reject) => {
      let received = ''
      let sentAt = 0
      const next = () => {
        if (performance.now() >= end) {
          socket.destroy()
          resolve()
          return
        }
        sentAt = performance.now()
        socket.write(request())
      }
      const socket = connect(Number(url.port), url.hostname, next)
      socket.setNoDelay(true)
      socket.setEncoding('latin1')
      socket.on('error', reject)
      socket.on('data', (chunk: string) => {
        received += chunk
        const head = received.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
        if (received.length < head + 4 + length) return
        times.push(performance.now() - sentAt)
        if (!received.startsWith('HTTP/1.1 200')) failures += 1
        received = ''
        next()
      })
    })
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: connections }, lane))
  const seconds = (performance.now() - startedAt) / 1_000
  times.sort((a, b) => a - b)
  return { rate: times.length / seconds, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0, failures }
}

/** The bytes of a POST. */
export function post(path: string, token: string, body: string): string {
  return [
    `POST ${path} HTTP/1.1`,
    'host: bench',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
