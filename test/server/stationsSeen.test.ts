import { expect, it } from 'vitest'
import { stationsSeen } from '../../server/services/stationsSeen.ts'
import type { StationSeen } from '../../server/store/officeReads.ts'

it('writes once for many requests, to the minute, with what the station last said that it runs', async () => {
  const written: StationSeen[][] = []
  let now = 120_000
  const seen = stationsSeen({ noteStationsSeen: async (all) => void written.push([...all]) }, { now: () => now })
  for (let request = 0; request < 100; request += 1) seen.saw('a', 'tapcoupon/0.1.0 linux\u0000')
  seen.saw('a', undefined, '3.1')
  seen.saw('a', undefined, '<script>')
  now += 30_000
  seen.saw('a', undefined)
  seen.saw('b', undefined)
  await seen.flush()
  await seen.flush()
  expect(written).toEqual([
    [
      { stationId: 'a', at: 120_000, program: 'tapcoupon/0.1.0 linux', settings: '3.1' },
      { stationId: 'b', at: 120_000, program: null, settings: null },
    ],
  ])
})
