import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { StationSettings } from '../../core/contract/stations.ts'
import { newSecret, secretHash } from '../../server/auth/secrets.ts'
import { STORES } from './office.ts'
import { seededBytes, seededIds } from './seededIds.ts'
import { Servers } from './servers.ts'
import { World } from './world.ts'

test('what each process of the server remembers is its own, as it is of real processes: all know what one has changed', async () => {
  const world = new World(1)
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-simulation-'))
  const ids = seededIds(world.random, () => world.now)
  const servers = new Servers(world, {
    processes: 2,
    hashKeys: [{ v: 1, key: seededBytes(world.random, 32) }],
    clock: { now: () => world.now, monotonic: () => world.now },
    ids,
    folder,
    around: (store) => store,
  })
  onTestFinished(async () => {
    await servers.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await servers.start()

  const settings = StationSettings.parse({})
  for (const store of STORES) await servers.store.putStore({ store, settings, acceptsRawMedia: true })
  const token = newSecret(ids)
  const [stationId, storeId] = [ids.uuid7(), STORES[0]?.storeId ?? '']
  const station = { stationId, storeId, name: 'terminal', role: 'registration' as const }
  await servers.store.putUnsignedStation({ ...station, tokenHash: secretHash(token), now: world.now })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  // Which of the two answers is chance.
  const answers = async () => {
    const statuses = new Set<number | undefined>()
    for (let time = 0; time < 20; time++) {
      statuses.add((await servers.ask({ method: 'GET', url: '/v1/sync/changes', headers, body: null }))?.status)
    }
    return [...statuses]
  }

  expect(await answers()).toEqual([200])
  await servers.store.revokeStation(stationId, world.now)
  expect(await answers()).toEqual([401])
})
