import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../../../server/webhooks/addresses.ts'
import { webhookPost } from '../../../../server/webhooks/post.ts'
import { guardedLookup, RefusedAddress } from '../../../../server/webhooks/target.ts'

describe('an address that webhooks may go to', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001:db8::1',
    '2002:a00:1::',
    'localhost',
    '',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['8.8.8.8', '172.32.0.1', '192.0.1.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
    'may be %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
})

describe('a name is looked up for the connection itself', () => {
  const find = (privateAllowed: boolean, all: boolean) =>
    new Promise<unknown>((resolve) =>
      guardedLookup({ privateAllowed })('localhost', { all }, (error, found) => resolve(error ?? found)),
    )

  it('and refused when it leads to this machine', async () => {
    expect(await find(false, false)).toBeInstanceOf(RefusedAddress)
    expect(await find(false, true)).toBeInstanceOf(RefusedAddress)
    expect(await find(true, true)).not.toBeInstanceOf(Error)
  })

  it('so that a request to it never leaves', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, resolve))
    const { port } = server.address() as AddressInfo
    const post = webhookPost({ privateAllowed: false })
    expect(await post(`https://localhost:${port}/`, {}, '{}')).toMatchObject({ status: null, error: 'refused_address' })
    expect(asked).toBe(0)
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('one message', () => {
  const listening = async (handle: Parameters<typeof createServer>[1]) => {
    const server = createServer(handle as Parameters<typeof createServer>[0])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
  }
  const close = (server: ReturnType<typeof createServer>) =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })

  it('is given up when nothing comes, and when an answer does not end', async () => {
    const { server, url } = await listening((request, response) => {
      if (request.url === '/silent') return
      response.writeHead(200)
      response.write('begun')
    })
    const post = webhookPost({ privateAllowed: true, timeoutMs: 300 })
    expect(await post(`${url}silent`, {}, '{}')).toMatchObject({ status: null, error: 'timeout' })
    // Its status has come: it was received.
    expect(await post(url, {}, '{}')).toMatchObject({ status: 200, error: null })
    await close(server)
  })

  it('no more of an answer is read than is noted', async () => {
    const { server, url } = await listening((_request, response) => {
      response.writeHead(200, { 'retry-after': '7' })
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more)
      }
      more()
    })
    const post = webhookPost({ privateAllowed: true, timeoutMs: 20_000 })
    const result = await post(url, {}, '{}')
    expect(result).toMatchObject({ status: 200, excerpt: 'x'.repeat(200), retryAfterMs: 7_000 })
    await close(server)
  })

  it('a port where nobody listens is no connection', async () => {
    const { server, url } = await listening(() => {})
    await close(server)
    expect(await webhookPost({ privateAllowed: true })(url, {}, '{}')).toMatchObject({ error: 'no_connection' })
  })
})
