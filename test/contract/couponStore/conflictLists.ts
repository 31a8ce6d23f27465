import { uuidv7 } from 'uuidv7'
import { beforeEach, describe, expect, it } from 'vitest'
import { arrivedEvents } from '../../../server/events/arrivedEvent.ts'
import type { ConflictPlace } from '../../../server/store/conflictCommands.ts'
import { HASH_KEYS } from '../../server/fixture.ts'
import { conflictDesk } from './conflictDesk.ts'
import { type Lane, type MakeStore, storeWorld } from './world.ts'

/** Quarantined events on the list, and the list itself. */
export function conflictLists(make: MakeStore): void {
  const world = storeWorld(make)
  const { counts, held, offline } = world
  const { forcedLine, list, resolve, story, told } = conflictDesk(world)
  let till: Lane
  beforeEach(async () => {
    await world.operator('manager')
    till = await world.lane()
  })

  describe('a quarantined event', () => {
    const quarantined = async () => {
      const body = { redemptionId: uuidv7(), decided: 'offline', lines: 'none' }
      const event = till.journal.write('redemption', body, world.now)
      await till.send(event)
      const { conflicts } = await list({ kind: 'quarantined', state: 'open' })
      return { event, conflict: conflicts.find(({ eventId }) => eventId === event.id)! }
    }

    it('is on the list with as much of it as can be read', async () => {
      const { conflict } = await quarantined()
      expect(conflict).toMatchObject({ kind: 'quarantined', reason: 'invalid_request', discount: null, title: '' })
      const { station, server } = await story(conflict.conflictId)
      expect(station).toMatchObject({ type: 'redemption', decided: 'offline', lines: [] })
      expect(server).toEqual({ coupon: null, campaign: null, uses: [] })
    })

    it('of which nothing can be read is there all the same, without its identifier', async () => {
      await till.send({ seq: 'x', body: { identifier: '012e4c0000000001' } })
      const [conflict] = (await list({ kind: 'quarantined', state: 'open' })).conflicts
      expect(conflict).toMatchObject({ seq: null, eventId: null, happenedAt: null })
      const told = await story(conflict!.conflictId)
      expect(told).toMatchObject({ station: { type: null, lines: [] }, server: { uses: [] } })
      expect(JSON.stringify(told)).not.toContain('012e4c0000000001')
      expect(await resolve(conflict!.conflictId, 'written_off')).toMatchObject({ ok: true })
    })

    it('can be written off, and nothing else', async () => {
      const { conflict } = await quarantined()
      for (const resolution of ['accepted', 'rolled_back'] as const) {
        expect(await resolve(conflict.conflictId, resolution)).toEqual({ ok: false, problem: 'not_possible' })
      }
      expect(await resolve(conflict.conflictId, 'written_off')).toMatchObject({ ok: true })
      expect(await told(till.context)).toMatchObject([
        { conflictId: conflict.conflictId, conflict: 'quarantined', outcome: 'written_off', remaining: 0 },
      ])
    })

    it('sent again after what was wrong here was repaired is settled, unless it was written off', async () => {
      const [one, two] = [await held(), await held()]
      const medium = { type: 'felica-idm', identifier: '012e4c0000000001' }
      const events = [offline(till, [one.coupon], { medium }), offline(till, [two.coupon], { medium })]
      const publicKey = Buffer.from(till.journal.publicKey, 'base64url')
      const send = async (acceptsRawMedia: boolean, ...sent: unknown[]) => {
        const arrival = { station: till.context, publicKey, acceptsRawMedia, hashKeys: HASH_KEYS, now: world.now }
        const arrived = arrivedEvents(sent, arrival)
        const command = { station: till.context, events: arrived, now: world.now, onFailure: () => {} }
        return (await world.coupons.settleEvents(command)).results
      }
      expect(await send(false, ...events)).toMatchObject([{ status: 'quarantined' }, { status: 'quarantined' }])
      const conflictOf = async ({ id }: { id: string }) =>
        (await list()).conflicts.find(({ eventId, kind }) => eventId === id && kind === 'quarantined')!
      await resolve((await conflictOf(events[1]!)).conflictId, 'written_off')
      // The medium is nobody's, so the first is forced; that it is settled at all is the point.
      expect(await send(true, ...events)).toMatchObject([{ status: 'forced' }, { status: 'quarantined' }])
      expect(await conflictOf(events[0]!)).toMatchObject({ state: 'resolved', resolution: { outcome: 'settled' } })
      expect(await counts(two.campaignId)).toMatchObject({ uses: 0 })
      // And once more is the same answer.
      expect(await send(true, events[0])).toMatchObject([{ status: 'forced' }])
    })
  })

  describe('the list', () => {
    it('goes page by page, newest first, each once, whatever comes meanwhile', async () => {
      for (let n = 0; n < 5; n++) {
        world.advance(n === 2 ? 0 : 1_000)
        await forcedLine(till)
      }
      const { conflicts: found } = await list()
      const all = found.map(({ conflictId }) => conflictId)
      expect(found.map(({ openedAt }) => openedAt)).toEqual(
        found
          .map(({ openedAt }) => openedAt)
          .toSorted()
          .reverse(),
      )
      const seen: string[] = []
      let after: ConflictPlace | null = null
      do {
        const page = await list({ limit: 2, after })
        seen.push(...page.conflicts.map(({ conflictId }) => conflictId))
        after = page.next
        world.advance(1_000)
        if (seen.length === 2) await forcedLine(till)
      } while (after !== null)
      expect(seen).toEqual(all)
    })

    it('is filtered by store, station, campaign, kind, state and reason', async () => {
      const south = await world.lane('south')
      const here = await forcedLine(till)
      const there = await forcedLine(south)
      await till.send(till.journal.write('redemption', {}, world.now))
      await resolve(there.conflict.conflictId, 'accepted')
      const count = async (query: Parameters<typeof list>[0]) => (await list(query)).conflicts.length
      expect(await count({})).toBe(3)
      expect(await count({ storeId: 'north' })).toBe(2)
      expect(await count({ stationId: south.context.stationId })).toBe(1)
      expect(await count({ campaignId: here.campaignId })).toBe(1)
      expect(await count({ kind: 'quarantined' })).toBe(1)
      expect(await count({ state: 'open' })).toBe(2)
      expect(await count({ state: 'resolved' })).toBe(1)
      expect(await count({ reason: 'already_used' })).toBe(2)
      expect(await count({ reason: 'expired' })).toBe(0)
      expect(await list({ limit: 1 })).toMatchObject({ open: 2 })
    })

    it('of a scope shows, counts and tells nothing of another store', async () => {
      const { conflict } = await forcedLine(till)
      const south = { storeId: 'south' }
      expect(await list({ scope: south })).toEqual({ conflicts: [], next: null, open: 0 })
      expect((await list({ scope: south, storeId: 'north' })).conflicts).toEqual([])
      expect(await world.coupons.conflict(conflict.conflictId, south)).toBeNull()
      expect(await list({ scope: { storeId: 'north' } })).toMatchObject({ open: 1, conflicts: [{}] })
      expect(await world.coupons.conflict('ab'.repeat(16), { storeId: null })).toBeNull()
    })
  })
}
