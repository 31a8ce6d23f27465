import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { StationSettings } from '../../../core/contract/stations.ts'
import { BY_COMMAND } from '../../../server/audit/entry.ts'
import { settleJournal } from '../../../server/services/settleJournal.ts'
import type { CouponStore, SettleCommand, StationRecord } from '../../../server/store/couponStore.ts'
import { packSettling, unpackSettling } from '../../../server/store/sqlite/thread/settling.ts'
import { StationJournal } from '../../server/stationJournal.ts'

const NOW = Date.now()

function lane() {
  const journal = new StationJournal()
  const station: StationRecord = {
    stationId: uuidv7(),
    name: 'Lane 1',
    role: 'counter',
    state: 'enrolled',
    revokedAt: null,
    publicKey: Buffer.from(journal.publicKey, 'base64url'),
    store: { storeId: 's', name: 'S', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 4 },
    settings: StationSettings.parse({}),
    acceptsRawMedia: false,
  }
  const events = (count: number) => Array.from({ length: count }, (_, at) => journal.write('session', { at }, NOW))
  return { station, journal, events }
}

type Store = Pick<CouponStore, 'settleEvents' | 'settlesBeside'>

/** Notes what it is given, and says that everything is settled. */
function noting(settlesBeside: boolean, before: (nth: number) => Promise<void> = async () => {}) {
  const seen: SettleCommand[] = []
  let underWay = 0
  let most = 0
  const store: Store = {
    settlesBeside,
    async settleEvents(command) {
      const nth = seen.push(command)
      underWay += 1
      most = Math.max(most, underWay)
      try {
        await before(nth)
        await new Promise(setImmediate)
      } finally {
        underWay -= 1
      }
      const results = command.events.map(({ seq, id }) => ({ seq, id, status: 'confirmed' as const, lines: [] }))
      return { results, changeSeq: nth }
    },
  }
  return { store, seen, most: () => most }
}

const onFailure = (error: unknown) => {
  throw error
}

it('a store that settles beside us is given a few events at a time, in their order, two pieces at once', async () => {
  const { station, events } = lane()
  const sent = events(450)
  const { store, seen, most } = noting(true)
  const answer = await settleJournal(station, sent, { store, hashKeys: [], now: NOW, onFailure })
  expect(seen.map((command) => command.events.length)).toEqual([100, 100, 100, 100, 50])
  expect(most()).toBe(2)
  expect(answer.results.map(({ seq }) => seq)).toEqual(sent.map(({ seq }) => seq))
  expect(answer.changeSeq).toBe(5)
})

it('every piece is vouched for by a signature of its own', async () => {
  const { station, events } = lane()
  const sent = events(250)
  // The last of the first piece: all of it hangs on this one.
  const forged = sent.map((event, at) => (at === 99 ? { ...event, sig: sent[0]?.sig } : event))
  const { store, seen } = noting(true)
  await settleJournal(station, forged, { store, hashKeys: [], now: NOW, onFailure })
  const unread = seen.flatMap(({ events: read }) => read.filter(({ kind }) => kind === 'unreadable'))
  expect(unread.map(({ seq }) => seq)).toEqual([100])
})

it('one that settles in place is given them all at once, and so is one who is told who brings them', async () => {
  const { station, events } = lane()
  const inPlace = noting(false)
  await settleJournal(station, events(250), { store: inPlace.store, hashKeys: [], now: NOW, onFailure })
  expect(inPlace.seen).toHaveLength(1)
  const brought = noting(true)
  await settleJournal(station, events(250), { store: brought.store, hashKeys: [], now: NOW, by: BY_COMMAND, onFailure })
  expect(brought.seen).toHaveLength(1)
})

it('when a piece is not kept the station hears of none of them, and sends them again', async () => {
  const { station, events } = lane()
  for (const lost of [1, 2, 3]) {
    const { store } = noting(true, async (nth) => {
      if (nth === lost) throw new Error('the disk is full')
    })
    const settling = settleJournal(station, events(250), { store, hashKeys: [], now: NOW, onFailure })
    await expect(settling).rejects.toThrow('the disk is full')
  }
})

it('what is handed to the thread comes out as it was', async () => {
  const { station, journal, events } = lane()
  const redemptionId = uuidv7()
  const acquisitionId = uuidv7()
  const discount = { total: 5, allocations: [{ lineId: '1', amount: 5 }] }
  const item = { lineId: '1', label: 'お茶 "緑"', quantity: { value: 1, scale: 0 }, unitPrice: 100, lineTotal: 100 }
  const medium = { type: 'felica-idm', keys: [{ v: 1, key: 'ab'.repeat(32) }] }
  const body = {
    redemptionId,
    decided: 'offline',
    lines: [{ acquisitionId, discount }],
    medium,
    objective: { currency: 'JPY', items: [item], total: 100 },
    select: { acquisitionIds: [acquisitionId] },
    entry: 'tap',
  }
  const sent = [
    ...events(1),
    journal.write('redemption', body, NOW),
    journal.write('redemption', { ...body, objective: undefined }, NOW),
    journal.write('annul', { annulId: uuidv7(), redemptionId, reason: 'wrong basket' }, NOW),
    journal.write('redemption', { decided: 'never' }, NOW),
    { ...journal.write('session', {}, NOW), sig: 'A'.repeat(86) },
  ]
  const { store, seen } = noting(true)
  await settleJournal(station, sent, { store, hashKeys: [], now: NOW, onFailure })
  const { onFailure: _, ...command } = seen[0] as SettleCommand
  expect(command.events.map((event) => (event.kind === 'read' ? event.content.kind : event.kind))).toEqual([
    'record',
    'redemption',
    'redemption',
    'annul',
    'bad',
    'unreadable',
  ])
  expect(unpackSettling(structuredClone(packSettling(command)))).toEqual(command)
})
