import { Webhook } from 'standardwebhooks'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Notice } from '../../core/contract/notices.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'
import { type WebhookReceiver, webhookReceiver } from './webhookReceiver.ts'

const SOON = { timeout: 15_000, interval: 20 }

let server: TestServer
let receivers: WebhookReceiver[]
beforeEach(async () => {
  server = await testServer({ security: { privateWebhooks: true }, sendsWebhooks: true })
  receivers = []
})
afterEach(async () => {
  await Promise.all(receivers.map((one) => one.close()))
  await server.close()
})

const admin = (method: 'GET' | 'POST', url: string, body?: unknown) =>
  server.ask(method, url, body, server.operators.admin.token)

async function subscribed(more: object = {}) {
  const receiver = await webhookReceiver()
  receivers.push(receiver)
  const endpointId = uuidv7()
  const made = await admin('POST', '/v1/webhooks', { endpointId, url: receiver.url, ...more })
  expect(made).toMatchObject({ status: 200, body: { webhook: { state: 'enabled' } } })
  return { receiver, endpointId, secret: String(made.body.secret) }
}

const types = ({ received }: WebhookReceiver) => received.map(({ body }) => JSON.parse(body).type as string)
const deliveries = async (endpointId: string, query = '') =>
  (await admin('GET', `/v1/webhooks/${endpointId}/deliveries${query}`)).body.deliveries

describe('webhooks', () => {
  it('tell of an approval, signed so that any Standard Webhooks library can tell it is ours', async () => {
    const { receiver, secret, endpointId } = await subscribed({ types: ['redemption.approved'] })
    const medium = newMedium()
    await server.coupon(await server.campaign(), medium)
    const approved = await server.redeem(medium, { saleRef: { posId: 'p1', saleId: 's1', revision: 0 } })
    await expect.poll(() => receiver.received.length, SOON).toBe(1)
    const [{ body, headers }] = receiver.received as [{ body: string; headers: Record<string, string> }]
    const message = Notice.parse(new Webhook(secret).verify(body, headers))
    expect(message).toMatchObject({
      id: headers['webhook-id'],
      type: 'redemption.approved',
      data: { redemptionId: approved.body.redemptionId, storeId: 'north', saleRef: { saleId: 's1' } },
    })
    expect(() => new Webhook(secret).verify(body.replace('north', 'south'), headers)).toThrow()
    expect(body).not.toContain(medium.identifier)
    await expect
      .poll(() => deliveries(endpointId), SOON)
      .toMatchObject([{ noticeId: message.id, state: 'delivered', attempts: 1, status: 204 }])
  })

  it('come again with the same id after an error, and a dead or slow endpoint holds up nobody', async () => {
    const slow = await subscribed()
    slow.receiver.answer(() => {})
    const failing = await subscribed()
    failing.receiver.answer((response) => response.writeHead(500).end('out of\u0007 order'))
    const good = await subscribed()
    await server.campaign()
    await expect.poll(() => types(good.receiver), SOON).toEqual(['campaign.changed', 'campaign.changed'])
    await expect
      .poll(() => deliveries(failing.endpointId), SOON)
      .toContainEqual(expect.objectContaining({ state: 'waiting', status: 500, excerpt: 'out of order' }))
    failing.receiver.answer((response) => response.writeHead(200).end())
    // Further than any retry is away.
    server.clock.advance(60_000)
    await expect.poll(async () => (await deliveries(failing.endpointId, '?state=delivered')).length, SOON).toBe(2)
    const ids = failing.receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids.length).toBeGreaterThan(new Set(ids).size)
    expect((await admin('GET', `/v1/webhooks/${failing.endpointId}`)).body.webhook.failingSince).toBeNull()
  })

  it('are signed by the new secret and, while it overlaps, by the old one', async () => {
    const { receiver, secret, endpointId } = await subscribed()
    const rotated = await admin('POST', `/v1/webhooks/${endpointId}/rotate`, { overlapHours: 1, reason: 'leaked' })
    await admin('POST', `/v1/webhooks/${endpointId}/test`, { reason: 'look' })
    await expect.poll(() => types(receiver), SOON).toEqual(['webhook.test'])
    const { body, headers } = receiver.received[0]!
    new Webhook(secret).verify(body, headers)
    new Webhook(rotated.body.secret).verify(body, headers)
    server.clock.advance(2 * 3_600_000)
    await admin('POST', `/v1/webhooks/${endpointId}/test`, { reason: 'look' })
    await expect.poll(() => receiver.received.length, SOON).toBe(2)
    expect(receiver.received[1]!.headers['webhook-signature']!.split(' ')).toHaveLength(1)
  })

  it('are sent again from a time on', async () => {
    const { receiver, endpointId } = await subscribed()
    await server.campaign()
    await expect.poll(() => receiver.received.length, SOON).toBe(2)
    await expect.poll(async () => (await deliveries(endpointId, '?state=delivered')).length, SOON).toBe(2)
    const replay = { from: '2020-01-01T00:00:00Z', reason: 'the receiver lost its database' }
    expect((await admin('POST', `/v1/webhooks/${endpointId}/replay`, replay)).status).toBe(200)
    await expect.poll(() => receiver.received.length, SOON).toBe(4)
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids.slice(2).sort()).toEqual(ids.slice(0, 2).sort())
  })

  it('follow no redirect', async () => {
    const elsewhere = await webhookReceiver()
    receivers.push(elsewhere)
    const { receiver, endpointId } = await subscribed()
    receiver.answer((response) => response.writeHead(302, { location: elsewhere.url }).end())
    await admin('POST', `/v1/webhooks/${endpointId}/test`, { reason: 'look' })
    await expect.poll(() => deliveries(endpointId), SOON).toMatchObject([{ state: 'waiting', status: 302 }])
    expect(elsewhere.received).toEqual([])
  })

  it('stop when the endpoint is disabled or removed', async () => {
    const off = await subscribed()
    const removed = await subscribed()
    await admin('POST', `/v1/webhooks/${off.endpointId}/disable`, { reason: 'maintenance' })
    await admin('POST', `/v1/webhooks/${removed.endpointId}/remove`, { reason: 'no longer' })
    const on = await subscribed()
    await server.campaign()
    await expect.poll(() => on.receiver.received.length, SOON).toBe(2)
    expect([off.receiver.received, removed.receiver.received]).toEqual([[], []])
    expect((await admin('GET', `/v1/webhooks/${removed.endpointId}`)).status).toBe(404)
    await admin('POST', `/v1/webhooks/${off.endpointId}/enable`, { reason: 'back' })
    await expect.poll(() => off.receiver.received.length, SOON).toBe(2)
  })
})

describe('the routes of webhooks', () => {
  it('list endpoints page by page, show no secret again, and say what is wrong with a URL', async () => {
    const ids = (await Promise.all([1, 2, 3].map(() => subscribed()))).map(({ endpointId }) => endpointId).sort()
    const first = await admin('GET', '/v1/webhooks?limit=2')
    expect(first.body.webhooks.map(({ endpointId }: { endpointId: string }) => endpointId)).toEqual(ids.slice(0, 2))
    const second = await admin('GET', `/v1/webhooks?limit=2&cursor=${first.body.cursor}`)
    expect(second.body).toMatchObject({ webhooks: [{ endpointId: ids[2] }], cursor: null })
    expect(JSON.stringify([first.body, second.body])).not.toContain('whsec_')
    const again = await admin('POST', '/v1/webhooks', { endpointId: ids[0], url: receivers[0]!.url })
    expect(again.body.secret).toBeNull()
    for (const url of [
      'ftp://example.com/',
      'https://me:secret@example.com/',
      'https://example.com/#part',
      'nonsense',
    ]) {
      const answer = await admin('POST', '/v1/webhooks', { endpointId: uuidv7(), url })
      expect({ url, status: answer.status }).toEqual({ url, status: 400 })
    }
  })

  it('without being allowed to, nothing is sent to this machine or its network', async () => {
    const strict = await testServer()
    try {
      for (const url of [
        'http://example.com/',
        'https://127.0.0.1/',
        'https://[::1]/',
        'https://10.1.2.3/',
        'https://169.254.169.254/latest/meta-data',
        'https://0x7f000001/',
        'https://2130706433/',
        'https://[::ffff:127.0.0.1]/',
      ]) {
        const body = { endpointId: uuidv7(), url }
        const answer = await strict.ask('POST', '/v1/webhooks', body, strict.operators.admin.token)
        expect({ url, status: answer.status }).toEqual({ url, status: 400 })
      }
    } finally {
      await strict.close()
    }
  })
})
