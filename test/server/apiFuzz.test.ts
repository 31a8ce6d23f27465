import { expect, it } from 'vitest'
import { fuzzServer } from '../rigs/fuzzedServer.ts'

/** The long form, and a seed of one's own: `npm run proof -- api`. */
const ROUNDS = 5

it('whatever anybody sends to any route, the server does not fail, and says in its own words what is wrong', async () => {
  const seed = Number(process.env.TAPCOUPON_FUZZ_SEED ?? Date.now() % 1_000_000_000)
  const { broken, requests, statuses } = await fuzzServer(seed, ROUNDS)
  expect({ seed, broken }).toEqual({ seed, broken: [] })
  // It is not only turned away at the door.
  expect(statuses[200] ?? 0).toBeGreaterThan(requests / 50)
  expect(statuses[400] ?? 0).toBeGreaterThan(requests / 50)
})
