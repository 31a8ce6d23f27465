import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { StationSettings } from '../../core/contract/stations.ts'
import type { StationContext } from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import type { FeedPlace } from '../../server/store/feedPlace.ts'
import { openPostgresCouponStore } from '../../server/store/postgres/openPostgres.ts'
import { systemIds } from '../../server/system.ts'
import { newDatabase } from '../rigs/sharedPostgres.ts'
import { STORES } from './fixture.ts'

const NOW = Date.now()
const settings = StationSettings.parse({})
const station: StationContext = { stationId: 'till', store: STORES[0]!, settings, keepsJournal: false }
const PIN = JSON.stringify({ algorithm: 'scrypt', N: 16, r: 1, p: 1, salt: '', hash: 'A'.repeat(43) })

let store: CouponStore
let writers: readonly [pg.Client, pg.Client]
beforeAll(async () => {
  const url = await newDatabase(inject('postgresPort'))
  store = await openPostgresCouponStore({ url, ids: systemIds })
  await store.putStore({ store: station.store, settings, acceptsRawMedia: true })
  writers = [new pg.Client(url), new pg.Client(url)]
  for (const writer of writers) await writer.connect()
})
afterAll(async () => {
  for (const writer of writers) await writer.end()
  await store.close()
})

let people = 0
/** Somebody new, at the next position of the feed. */
const write = async (writer: pg.Client): Promise<string> => {
  const name = `person ${people++}`
  await writer.query(
    `INSERT INTO operators (operator_id, name, role, active, pin, change_seq)
     VALUES ($1, $1, 'cashier', 1, $2, (take_changes(1))[1])`,
    [name, PIN],
  )
  return name
}

/** One who follows the feed by its cursor. */
function reader() {
  let place: FeedPlace | null = null
  const seen: string[] = []
  return {
    seen,
    async page(limit: number): Promise<boolean> {
      const page = await store.changesSince({ station, after: place, limit, now: NOW })
      if (page.kind !== 'page') throw new Error(page.reason)
      for (const change of page.changes) if (change.kind === 'operator') seen.push(change.operatorId)
      place = page.place
      return page.more
    },
  }
}

const Step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), by: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('begin' as const), by: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('commit' as const), by: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), by: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
)

it('whoever follows the feed misses nothing and is shown nothing that was undone, however slowly others commit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 6, maxLength: 30 }), async (steps) => {
      const follower = reader()
      while (await follower.page(1_000));
      follower.seen.splice(0)
      const kept: string[] = []
      const open: [string[] | null, string[] | null] = [null, null]
      const end = async (by: 0 | 1, how: 'COMMIT' | 'ROLLBACK') => {
        const written = open[by]
        if (written === null) return
        await writers[by].query(how)
        if (how === 'COMMIT') kept.push(...written)
        open[by] = null
      }
      for (const step of steps) {
        if (step.do === 'read') {
          await follower.page(step.limit)
          continue
        }
        const by = step.by === 0 ? 0 : 1
        if (step.do === 'begin' && open[by] === null) {
          await writers[by].query('BEGIN')
          open[by] = []
        }
        if (step.do === 'write') {
          const name = await write(writers[by])
          const into = open[by] ?? kept
          into.push(name)
        }
        if (step.do === 'commit') await end(by, 'COMMIT')
        if (step.do === 'undo') await end(by, 'ROLLBACK')
      }
      for (const by of [0, 1] as const) await end(by, 'COMMIT')
      while (await follower.page(2));
      expect(follower.seen.toSorted()).toEqual(kept.toSorted())
    }),
    { numRuns: 25 },
  )
})

it('a transaction of somebody else that takes long, and changes nothing of ours, holds nobody up', async () => {
  const [slow, fast] = writers
  await slow.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
  await slow.query('CREATE TEMP TABLE a_report (n BIGINT)')
  const follower = reader()
  while (await follower.page(1_000));
  const name = await write(fast)
  while (await follower.page(1_000));
  expect(follower.seen).toContain(name)
  await slow.query('ROLLBACK')
})

it('what is written while a slow one is open is shown when that has ended, in order', async () => {
  const [slow, fast] = writers
  const follower = reader()
  while (await follower.page(1_000));
  follower.seen.splice(0)
  await slow.query('BEGIN')
  const first = await write(slow)
  const second = await write(fast)
  while (await follower.page(10));
  expect(follower.seen).toEqual([])
  await slow.query('COMMIT')
  while (await follower.page(10));
  expect(follower.seen).toEqual([first, second])
})
