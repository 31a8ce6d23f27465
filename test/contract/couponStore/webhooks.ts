import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { MOST_WEBHOOKS } from '../../../core/contract/webhooks.ts'
import { byOperator } from '../../../server/audit/entry.ts'
import type { DeliveryAttempt, PutWebhook } from '../../../server/store/webhookCommands.ts'
import { DAY } from '../../server/fixture.ts'
import { type MakeStore, storeWorld } from './world.ts'

const by = byOperator('admin')
const HOUR = 3_600_000

/** Endpoints, and what is on its way to them. */
export function webhooks(make: MakeStore): void {
  const world = storeWorld(make)
  const { campaign } = world

  const put = async (more: Partial<PutWebhook> = {}) => {
    const endpointId = uuidv7()
    const said = { url: 'https://example.com/hook', description: '', types: [], storeId: null, reason: null }
    const secret = new Uint8Array(32).fill(1)
    const made = await world.coupons.putWebhook({ endpointId, ...said, secret, by, now: world.now, ...more })
    return { endpointId, made }
  }
  const claim = (room: () => number = () => 100) =>
    world.coupons.claimDeliveries({ now: world.now, until: world.now + 60_000, room })
  const answered = (endpointId: string, position: number, more: Partial<DeliveryAttempt> = {}): DeliveryAttempt => ({
    endpointId,
    position,
    at: world.now,
    status: 200,
    error: null,
    excerpt: null,
    retryAfterMs: null,
    jitter: 0,
    ...more,
  })
  const deliveries = (endpointId: string) =>
    world.coupons.webhookDeliveries({ endpointId, state: null, before: null, limit: 100 })

  it('a new endpoint hears of what happens from then on, each thing for one claimer at a time', async () => {
    await campaign()
    const { endpointId } = await put()
    expect(await claim()).toEqual([])
    await campaign()
    const claimed = await claim()
    expect(claimed.map(({ notice }) => notice.content.type)).toEqual(['campaign.changed', 'campaign.changed'])
    expect(claimed.every(({ endpoint }) => endpoint.endpointId === endpointId)).toBe(true)
    expect(await claim()).toEqual([])
    // Whoever took them never came back.
    world.advance(61_000)
    expect((await claim()).map(({ notice }) => notice.position)).toEqual(claimed.map(({ notice }) => notice.position))
  })

  it('what has arrived is not sent again; what has not is tried later and later, and given up after three days', async () => {
    const { endpointId } = await put()
    await campaign()
    const [first, second] = await claim()
    const waits: number[] = []
    await world.coupons.recordAttempts([answered(endpointId, first!.notice.position)], world.now)
    for (;;) {
      const failed = answered(endpointId, second!.notice.position, { status: 500, excerpt: 'no' })
      await world.coupons.recordAttempts([failed], world.now)
      const [delivery] = await deliveries(endpointId)
      if (delivery!.state !== 'waiting') break
      waits.push(delivery!.nextAt! - world.now)
      world.advance(delivery!.nextAt! - world.now)
      await claim()
    }
    expect(waits.slice(0, 4)).toEqual([5_000, 15_000, 45_000, 135_000])
    expect(Math.max(...waits)).toBe(8 * HOUR)
    expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThanOrEqual(3 * DAY)
    expect(await deliveries(endpointId)).toMatchObject([
      { state: 'given_up', status: 500, excerpt: 'no', nextAt: null },
      { state: 'delivered', status: 200, attempts: 1 },
    ])
  })

  it('an endpoint that takes nothing for three days is disabled by name; one that answers 410 at once', async () => {
    const failing = await put()
    const gone = await put()
    await campaign()
    const claimed = await claim()
    const of = ({ endpointId }: { endpointId: string }) =>
      claimed.find(({ endpoint }) => endpoint.endpointId === endpointId)!.notice.position
    await world.coupons.recordAttempts([answered(gone.endpointId, of(gone), { status: 410 })], world.now)
    expect(await world.coupons.webhook(gone.endpointId)).toMatchObject({ disabledWhy: 'gone' })
    const refused = () => answered(failing.endpointId, of(failing), { status: null, error: 'no_connection' })
    await world.coupons.recordAttempts([refused()], world.now)
    expect(await world.coupons.webhook(failing.endpointId)).toMatchObject({ disabledWhy: null })
    world.advance(3 * DAY)
    await world.coupons.recordAttempts([refused()], world.now)
    expect(await world.coupons.webhook(failing.endpointId)).toMatchObject({ disabledWhy: 'failing' })
    expect(await claim()).toEqual([])
    const audit = await world.coupons.auditPage({ action: 'webhook.disable', limit: 10 })
    expect(audit.entries.map(({ details }) => details)).toEqual([{ why: 'failing' }, { why: 'gone' }])
    const enabled = await world.coupons.actOnWebhook(failing.endpointId, {
      kind: 'enable',
      by,
      reason: 'x',
      now: world.now,
    })
    expect(enabled).toMatchObject({ disabledWhy: null, failingSince: null })
    expect((await claim()).length).toBeGreaterThan(0)
  })

  it('one that has no room is not asked, and holds up nobody', async () => {
    const full = await put()
    const free = await put()
    await campaign()
    const claimed = await world.coupons.claimDeliveries({
      now: world.now,
      until: world.now + 60_000,
      room: ({ endpointId }) => (endpointId === full.endpointId ? 0 : 1),
    })
    expect(claimed.map(({ endpoint }) => endpoint.endpointId)).toEqual([free.endpointId])
  })

  it('hears of its own store and types only; a test goes to it alone', async () => {
    const south = await put({ storeId: 'south', types: ['redemption.approved'] })
    const other = await put({ types: ['station.revoked'] })
    await campaign()
    const { medium } = await world.held()
    await world.redeem(medium)
    expect(await claim()).toEqual([])
    await world.coupons.actOnWebhook(south.endpointId, { kind: 'test', by, reason: 'x', now: world.now })
    const claimed = await claim()
    expect(claimed.map(({ endpoint, notice }) => [endpoint.endpointId, notice.content.type])).toEqual([
      [south.endpointId, 'webhook.test'],
    ])
    expect(await deliveries(other.endpointId)).toEqual([])
  })

  it('everything from a time on is sent again, under the same positions', async () => {
    const { endpointId } = await put()
    await campaign()
    world.advance(HOUR)
    const from = world.now
    await campaign()
    const first = await claim()
    await world.coupons.recordAttempts(
      first.map(({ notice }) => answered(endpointId, notice.position)),
      world.now,
    )
    expect(await claim()).toEqual([])
    await world.coupons.actOnWebhook(endpointId, { kind: 'replay', from, by, reason: 'lost', now: world.now })
    const again = await claim()
    expect(again.map(({ notice }) => notice)).toEqual(first.map(({ notice }) => notice).filter(({ at }) => at >= from))
    await world.coupons.actOnWebhook(endpointId, { kind: 'replay', from: 0, by, reason: 'lost', now: world.now })
    world.advance(61_000)
    expect((await claim()).length).toBeGreaterThanOrEqual(first.length)
  })

  it('a rotated secret leaves the one before for a while; a removed endpoint leaves nothing', async () => {
    const { endpointId } = await put()
    const secret = new Uint8Array(32).fill(2)
    const previousUntil = world.now + HOUR
    const step = { kind: 'rotate', secret, previousUntil, by, reason: 'x', now: world.now } as const
    const rotated = await world.coupons.actOnWebhook(endpointId, step)
    expect(rotated).toMatchObject({ previousUntil })
    expect([...rotated!.secret]).toEqual([...secret])
    expect([...rotated!.previousSecret!]).toEqual(Array(32).fill(1))
    await campaign()
    await claim()
    await world.coupons.actOnWebhook(endpointId, { kind: 'remove', by, reason: 'x', now: world.now })
    expect(await world.coupons.webhook(endpointId)).toBeNull()
    expect(await world.coupons.webhooks()).toEqual([])
    await world.coupons.recordAttempts([answered(endpointId, 1)], world.now)
    expect(await world.coupons.actOnWebhook(endpointId, { kind: 'enable', by, reason: 'x', now: world.now })).toBeNull()
  })

  it('is changed under its id, keeps its secret, and there is room for so many', async () => {
    const { endpointId } = await put()
    const changed = await put({ endpointId, description: 'till totals', secret: new Uint8Array(32).fill(3) })
    expect(changed.made).toMatchObject({ ok: true, value: { made: false, endpoint: { description: 'till totals' } } })
    expect([...(await world.coupons.webhook(endpointId))!.secret]).toEqual(Array(32).fill(1))
    expect((await put({ storeId: 'nowhere' })).made).toMatchObject({ ok: false, problem: 'no_such_store' })
    for (let made = 1; made < MOST_WEBHOOKS; made += 1) await put()
    expect((await put()).made).toMatchObject({ ok: false, problem: 'too_many' })
  })
}
