import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { httpGateway } from '../../counter/gateway/httpGateway.ts'
import { couponGatewayContract, type GatewayRig, type Scene } from './couponGateway.ts'

const DEADLINE_MS = 400

let server: Server
let scene: Scene = { kind: 'silent' }
let arrived: { path: string; headers: Readonly<Record<string, unknown>>; body: string }[] = []
let here: GatewayRig['gateway']
let nowhere: GatewayRig['gateway']

const options = {
  token: () => 'secret-token',
  deadlines: { searchMs: DEADLINE_MS, redeemMs: DEADLINE_MS, backgroundMs: DEADLINE_MS },
  maxAnswerBytes: 100_000,
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    arrived.push({ path: request.url ?? '', headers: request.headers, body })
    const ours = { 'tapcoupon-contract': '1', 'content-type': 'application/json' }
    switch (scene.kind) {
      case 'answer':
        response.writeHead(scene.status, { ...ours, ...scene.headers }).end(JSON.stringify(scene.body))
        return
      case 'foreign':
        response.writeHead(scene.status, { 'content-type': 'text/html', ...scene.headers }).end(scene.body)
        return
      case 'ours':
        response.writeHead(scene.status, ours).end(scene.body)
        return
      case 'resetOnce':
        if (arrived.length === 1) request.socket.destroy()
        else response.writeHead(scene.status, ours).end(JSON.stringify(scene.body))
        return
      case 'slowHeaders':
        setTimeout(() => response.writeHead(200, ours).end('{}'), DEADLINE_MS * 4).unref()
        return
      case 'slowBody': {
        response.writeHead(200, ours)
        // A byte now and then: alive, and never done.
        const drip = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(drip))
        return
      }
      case 'huge': {
        response.writeHead(200, ours)
        const pour = () => {
          while (response.writable && response.write('x'.repeat(10_000)));
        }
        response.on('drain', pour)
        pour()
        return
      }
      case 'silent':
      case 'refuseConnection':
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  here = httpGateway({ ...options, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
  // Port 9 (discard) has no listener here.
  nowhere = httpGateway({ ...options, baseUrl: 'http://127.0.0.1:9' })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

couponGatewayContract(
  'httpGateway',
  () => ({
    gateway: scene.kind === 'refuseConnection' ? nowhere : here,
    play(next) {
      scene = next
      arrived = []
    },
    arrived: () => arrived,
  }),
  DEADLINE_MS,
)
