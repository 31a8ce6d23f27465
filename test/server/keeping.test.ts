import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepTidy } from '../../server/services/upkeep.ts'
import { FAR_BEHIND } from '../../server/store/keeping.ts'
import { enrolledStation } from './enrolledStation.ts'
import { DAY, newMedium, type TestServer, testServer } from './fixture.ts'
import { line } from './offlineStation.ts'
import { ON_POSTGRES } from './testDatabase.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const count = async (sql: string, of = server): Promise<number> =>
  (await of.inDatabase<{ n: number }>(sql.replace('SELECT COUNT(*)', 'SELECT COUNT(*) AS n')))[0]?.n ?? 0

it('what nobody can ask for any more is erased in slices; what happened, and what a person must judge, stays', async () => {
  const { store, clock } = server
  const station = await enrolledStation(server)
  const campaignId = await server.campaign()
  const held = async () => {
    const medium = newMedium()
    return { medium, coupon: await server.coupon(campaignId, medium) }
  }
  // An approval, a refusal, an offline approval that is confirmed, one that is forced, an annul of nothing.
  const [online, offline] = [await held(), await held()]
  await server.redeem(online.medium)
  expect((await server.redeem(online.medium)).body).toMatchObject({ status: 'refused' })
  const approvedOffline = (coupon: string) =>
    station.journal.write(
      'redemption',
      { redemptionId: uuidv7(), decided: 'offline', lines: [line(coupon)] },
      clock.now(),
    )
  const confirmed = approvedOffline(offline.coupon)
  const forced = approvedOffline(offline.coupon)
  const annul = station.journal.write('annul', { annulId: uuidv7(), redemptionId: uuidv7(), reason: 'x' }, clock.now())
  const results = await station.send(confirmed, forced, annul)
  expect(results.map(({ status }) => status)).toEqual(['confirmed', 'forced', 'confirmed'])
  const figures = async () => ({
    answers: await count('SELECT COUNT(*) FROM acquisition_requests'),
    refused: await count("SELECT COUNT(*) FROM redemptions WHERE status = 'refused'"),
    approved: await count("SELECT COUNT(*) FROM redemptions WHERE status = 'approved'"),
    tombstones: await count("SELECT COUNT(*) FROM rollbacks WHERE state = 'waiting'"),
    events: await count('SELECT COUNT(*) FROM events'),
    bodies: await count('SELECT COUNT(*) FROM events WHERE event IS NOT NULL'),
    acquisitions: await count('SELECT COUNT(*) FROM acquisitions'),
  })
  const before = await figures()
  expect(before).toMatchObject({ answers: 2, refused: 1, approved: 3, tombstones: 1, events: 3, bodies: 3 })

  clock.advance(119 * DAY)
  // What webhooks were told is kept for a shorter time.
  while ((await store.prune(clock.now())) > 0);
  expect(await figures()).toEqual(before)

  clock.advance(2 * DAY)
  expect(await store.prune(clock.now())).toBeGreaterThan(0)
  while ((await store.prune(clock.now())) > 0);
  expect(await figures()).toEqual({ ...before, answers: 0, refused: 0, tombstones: 0, bodies: 1 })

  // An event that comes again is still the one that was settled, and a new one with an old id is refused by name.
  expect(await station.send(confirmed)).toEqual([results[0]])
  expect((await server.redeem(online.medium, { redemptionId: `018${uuidv7().slice(3)}` })).body).toMatchObject({
    reason: 'too_old',
  })
})

it('goes on by itself until there is nothing left, and looks again in an hour; a failure is told and tried again', async () => {
  const slices: (number | Error)[] = [500, 500, new Error('full'), 7, 0]
  const delays: number[] = []
  const failures: unknown[] = []
  const stop = keepTidy(
    {
      prune: async () => {
        const slice = slices.shift() ?? 0
        if (slice instanceof Error) throw slice
        return slice
      },
    },
    server.clock,
    {
      after: (delayMs, task) => {
        delays.push(delayMs)
        if (delays.length <= 5) queueMicrotask(task)
        return () => {}
      },
    },
    (error) => failures.push(error),
  )
  await expect.poll(() => delays.length).toBe(6)
  stop()
  expect(slices).toEqual([])
  expect(failures).toMatchObject([{ message: 'full' }])
  expect(delays.at(-1)).toBe(3_600_000)
  expect(delays[1]).toBeLessThan(1_000)
})

it('where a coupon changed is forgotten when no cursor can reach it any more, and not before', async () => {
  const another = await testServer()
  try {
    const { store, clock } = another
    const campaignId = await another.campaign()
    await another.coupon(campaignId, newMedium())
    const kept = () => count('SELECT COUNT(*) FROM holder_changes', another)
    expect(await kept()).toBe(1)
    while ((await store.prune(clock.now())) > 0);
    expect(await kept()).toBe(1)

    const moveOn = ON_POSTGRES
      ? "SELECT setval('change_positions', last_value + ?) FROM change_positions"
      : "UPDATE positions SET value = value + ? WHERE name = 'change'"
    await another.inDatabase(moveOn, FAR_BEHIND)
    while ((await store.prune(clock.now())) > 0);
    expect(await kept()).toBe(0)
    await another.coupon(campaignId, newMedium())
    expect(await kept()).toBe(1)
  } finally {
    await another.close()
  }
})
