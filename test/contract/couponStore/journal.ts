import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { arrivedEvents } from '../../../server/events/arrivedEvent.ts'
import { line } from '../../server/offlineStation.ts'
import { type MakeStore, storeWorld } from './world.ts'

const quarantined = (reason: string) => ({ status: 'quarantined', reason, reasonGroup: 'integration', lines: [] })

/** A station's journal as it arrives: kept, chained, each event answered for. */
export function journal(make: MakeStore): void {
  const world = storeWorld(make)
  const { counts, held, lane, offline } = world

  describe('a bad event', () => {
    it('that cannot be read is quarantined alone', async () => {
      const till = await lane()
      const results = await till.send({ seq: 'x' }, till.journal.write('session', {}))
      expect(results).toMatchObject([quarantined('invalid_request'), { status: 'confirmed' }])
    })

    it('whose body says nothing keeps its place in the chain', async () => {
      const till = await lane()
      const [first, second, third] = ['session', 'redemption', 'session'].map((type) => till.journal.write(type, {}))
      expect(await till.send(first, second, third)).toMatchObject([
        { status: 'confirmed' },
        quarantined('invalid_request'),
        { status: 'confirmed' },
      ])
      expect(await world.coupons.lastEvent(till.context.stationId)).toMatchObject({ seq: 3 })
    })

    it('of which the same is sent again gets the same answer', async () => {
      const till = await lane()
      const event = till.journal.write('redemption', {})
      const first = await till.send(event, 'nonsense')
      expect(await till.send(event, 'nonsense')).toEqual(first)
      expect((await world.coupons.figures()).tapcoupon_quarantined_events).toBe(1)
    })

    it('that breaks the program is left at the station; its neighbours are settled', async () => {
      const till = await lane()
      const { coupon: acquisitionId, campaignId } = await held({
        limits: { campaignUses: 9, acquisitionUses: 5, holderAcquisitions: 1 },
      })
      const events = [0, 1, 2].map(() => offline(till, [acquisitionId]))
      const { context } = till
      const publicKey = Buffer.from(till.journal.publicKey, 'base64url')
      const arrival = { station: context, publicKey, acceptsRawMedia: true, hashKeys: [], now: world.now }
      const arrived = arrivedEvents(events, arrival).map((event, index) =>
        index === 1 && event.kind === 'read' && event.content.kind === 'redemption'
          ? { ...event, content: { ...event.content, body: { ...event.content.body, redemptionId: null as never } } }
          : event,
      )
      const failures: unknown[] = []
      const onFailure = (error: unknown) => failures.push(error)
      const { results } = await world.coupons.settleEvents({
        station: context,
        events: arrived,
        now: world.now,
        onFailure,
      })
      expect(results.map(({ status }) => status)).toEqual(['confirmed', 'retry', 'confirmed'])
      expect(failures).toHaveLength(1)
      expect(await counts(campaignId)).toMatchObject({ uses: 2 })
      // Repaired, it comes again, and all of them have been answered for.
      expect(await till.send(...events)).toMatchObject(events.map(() => ({ status: 'confirmed' })))
      expect(await counts(campaignId)).toMatchObject({ uses: 3 })
    })
  })

  describe('the chain', () => {
    it('a forged event does not take the place of the real one', async () => {
      const till = await lane()
      const event = till.journal.write('session', { cashier: 'a' })
      const { sig: _, ...unsigned } = event
      const forgeries = [{ ...event, body: { cashier: 'b' } }, { ...event, sig: 'A'.repeat(86) }, unsigned]
      expect(await till.send(...forgeries, event)).toMatchObject([
        ...forgeries.map(() => quarantined('unauthorized')),
        { status: 'confirmed' },
      ])
    })

    it('the same place with another hash: journal_forked', async () => {
      const till = await lane()
      const [first, second] = [till.journal.write('session', { n: 1 }), till.journal.write('session', { n: 2 })]
      await till.send(first, second)
      till.journal.restore(second)
      const fork = till.journal.write('session', { n: 'another' })
      const after = till.journal.write('session', { n: 'on the fork' })
      expect(await till.send(fork, after)).toMatchObject([quarantined('journal_forked'), quarantined('journal_forked')])
      expect(await till.send(second)).toMatchObject([{ status: 'confirmed' }])
      expect(await world.coupons.lastEvent(till.context.stationId)).toMatchObject({ seq: 2 })
    })

    it('a fork inside one batch is found as well', async () => {
      const till = await lane()
      const first = till.journal.write('session', { n: 1 })
      till.journal.restore(first)
      const fork = till.journal.write('session', { n: 'another' })
      expect(await till.send(first, fork)).toMatchObject([{ status: 'confirmed' }, quarantined('journal_forked')])
    })

    it('arrives out of order: a hole does not block, and is filled only by what fits', async () => {
      const till = await lane()
      const [first, second, third] = [1, 2, 3].map((n) => till.journal.write('session', { n }))
      expect(await till.send(third, first)).toMatchObject([{ status: 'confirmed' }, { status: 'confirmed' }])
      till.journal.restore(second!)
      expect(await till.send(till.journal.write('session', { n: 'other' }))).toMatchObject([
        quarantined('journal_forked'),
      ])
      expect(await till.send(second)).toMatchObject([{ status: 'confirmed' }])
    })

    it('knows its last event by number and hash', async () => {
      const till = await lane()
      const { stationId } = till.context
      expect(await world.coupons.lastEvent(stationId)).toBeNull()
      const [first, second] = [till.journal.write('session', {}), till.journal.write('session', {})]
      await till.send(first, second)
      const [read] = arrivedEvents([second], {
        station: till.context,
        publicKey: Buffer.from(till.journal.publicKey, 'base64url'),
        acceptsRawMedia: false,
        hashKeys: [],
        now: world.now,
      })
      if (read?.kind !== 'read') throw new Error('unreadable')
      const last = await world.coupons.lastEvent(stationId)
      expect(last?.seq).toBe(2)
      expect(Buffer.compare(last?.hash ?? new Uint8Array(), read.hash)).toBe(0)
      expect(await world.coupons.lastEvent('nobody')).toBeNull()
    })
  })

  it('the time of an event is never after its arrival', async () => {
    const till = await lane()
    const { coupon: acquisitionId } = await held()
    // In 2099 the campaign is over; the event is decided as of now.
    const event = offline(till, [acquisitionId], { at: Date.parse('2099-06-01') })
    expect(await till.send(event)).toMatchObject([{ status: 'confirmed' }])
  })

  it('other kinds are kept', async () => {
    const till = await lane()
    const kinds = ['refusal', 'override', 'policy', 'session']
    const results = await till.send(...kinds.map((kind) => till.journal.write(kind, { note: kind })))
    expect(results.map(({ status }) => status)).toEqual(kinds.map(() => 'confirmed'))
  })

  it('of a station without a key is settled unsigned and unchained', async () => {
    const token = Buffer.alloc(32, 1)
    const unsigned = { stationId: 'pos-1', storeId: 'north', name: 'POS', role: 'counter', tokenHash: token } as const
    await world.coupons.putUnsignedStation({ ...unsigned, now: world.now })
    const { coupon: acquisitionId } = await held()
    const at = new Date(world.now).toISOString()
    const body = { redemptionId: uuidv7(), decided: 'offline', lines: [line(acquisitionId)] }
    const events = [{ seq: 7, type: 'redemption', id: uuidv7(), stationAt: at, correctedAt: at, body }]
    const station = { ...world.at(), stationId: 'pos-1' }
    const arrival = { station, publicKey: null, acceptsRawMedia: true, hashKeys: [], now: world.now }
    const command = { station, events: arrivedEvents(events, arrival), now: world.now, onFailure: () => {} }
    expect((await world.coupons.settleEvents(command)).results).toMatchObject([{ status: 'confirmed', seq: 7 }])
  })
}
