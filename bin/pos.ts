import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readRendererFile, securityHeaders } from '../counter/supervisor/rendererFiles.ts'
import { buildFiles, isFresh } from './builtFiles.ts'
import { say } from './say.ts'

/**
 * `npm run pos`: the sample POS page on 127.0.0.1, beside a counter. `--port N` (default 4752, 0: any that is free). Prints
 * its address as one line of JSON.
 */
const root = resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { port: { type: 'string', default: '4752' } } })
const port = Number(values.port)
if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
  say('--port is a number from 0 to 65535')
  process.exit(2)
}
if (!isFresh(root, 'pos')) await buildFiles(root, 'pos')

// The counter is on this machine, on whatever port it was given.
const headers = securityHeaders(['http://127.0.0.1:*', 'ws://127.0.0.1:*'])
const server = createServer(async (request, response) => {
  const address = server.address() as AddressInfo
  const isOurs = request.headers.host === `127.0.0.1:${address.port}`
  const path = request.url?.split('?', 1)[0] ?? '/'
  const file = isOurs && request.method === 'GET' ? await readRendererFile(join(root, 'dist/pos'), path) : null
  response.writeHead(isOurs ? (file ? 200 : 404) : 421, { ...headers, ...file?.headers })
  response.end(file?.body)
})
server.on('error', (error) => {
  say(`tapcoupon: the sample POS cannot be served: ${error.message}`)
  process.exit(1)
})
server.listen(port, '127.0.0.1', () => {
  const address = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}/`, pid: process.pid })}\n`)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
