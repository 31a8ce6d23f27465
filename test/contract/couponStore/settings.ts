import { describe, expect, it } from 'vitest'
import { CounterValues, type StationDifference } from '../../../core/contract/counterSettings.ts'
import type { OperatorRole } from '../../../core/contract/sessions.ts'
import { byOperator } from '../../../server/audit/entry.ts'
import { type MakeStore, storeWorld } from './world.ts'

const STATION = 'lane-1'
const usual = CounterValues.parse({})

/** What counters go by: their store's settings, and how one differs. */
export function settings(make: MakeStore): void {
  const world = storeWorld(make)
  const { at, feed } = world

  const by = byOperator('someone')
  const station = () =>
    world.coupons.putUnsignedStation({
      ...{ stationId: STATION, storeId: 'north', name: 'lane 1', role: 'counter' },
      ...{ tokenHash: Buffer.alloc(32, 1), now: world.now },
    })
  const setStore = (basedOn: number, values: Partial<CounterValues>, fixed: readonly (keyof CounterValues)[] = []) =>
    world.coupons.setStoreSettings({
      ...{ storeId: 'north', basedOn, values: { ...usual, ...values }, fixed: [...fixed], by },
      now: world.now,
    })
  const differ = (
    basedOn: number,
    values: StationDifference['values'],
    marks: StationDifference['marks'] = {},
    role: OperatorRole = 'admin',
    ofStore: string | null = null,
  ) => {
    const command = { stationId: STATION, basedOn, values, marks, role, ofStore, by, now: world.now }
    return world.coupons.setStationSettings(command)
  }
  const counterOf = async () =>
    (await world.coupons.stationByToken(Buffer.alloc(32, 1)))?.settings.counter ?? { version: 'none', fixed: [] }
  const ok = { ok: true, value: { storeId: 'north' } }

  describe('settings of counters', () => {
    it('of a store are its stations’, and a difference goes over them', async () => {
      await station()
      expect(await counterOf()).toEqual({ version: '0', values: usual, fixed: [] })
      expect(await setStore(0, { volume: 50, slips: false }, ['slips'])).toEqual(ok)
      expect(await counterOf()).toMatchObject({ version: '1', values: { volume: 50, slips: false }, fixed: ['slips'] })
      expect(await differ(0, { volume: 10 }, { slips: 'free', theme: 'fixed' })).toEqual(ok)
      const values = { ...usual, volume: 10, slips: false }
      expect(await counterOf()).toEqual({ version: '1.1', values, fixed: ['theme'] })
      const other = await world.open()
      expect((await other.station(STATION))?.settings.counter).toMatchObject({ version: '1.1' })
    })

    it('come by the change feed, once, where the later of both stands', async () => {
      await station()
      await setStore(0, { volume: 50 })
      await differ(0, { volume: 10 })
      await setStore(1, { volume: 60 })
      const own = { ...at(), stationId: STATION }
      const { changes, place } = await feed(own, null, 1)
      const stations = changes.filter(({ kind }) => kind === 'station')
      expect(stations).toMatchObject([{ settings: { counter: { version: '2.1', values: { volume: 10 } } } }])
      await differ(1, {})
      const later = (await feed(own, place)).changes.filter(({ kind }) => kind === 'station')
      expect(later).toMatchObject([{ settings: { counter: { version: '2.2', values: { volume: 60 } } } }])
      const neighbour = (await feed(at(), place)).changes.filter(({ kind }) => kind === 'station')
      expect(neighbour).toEqual([])
    })

    it('are set by one of two who looked at the same version; the same once more makes none', async () => {
      await station()
      expect(await setStore(0, { volume: 50 })).toEqual(ok)
      expect(await setStore(0, { volume: 50 })).toEqual(ok)
      expect(await setStore(0, { volume: 40 })).toEqual({ ok: false, problem: 'changed' })
      expect((await world.coupons.counterSettings('north'))?.version).toBe(1)
      expect(await differ(0, { volume: 5 })).toEqual(ok)
      expect(await differ(0, { volume: 6 })).toEqual({ ok: false, problem: 'changed' })
    })

    it('are a manager’s to change where the office leaves them free, and in their own store', async () => {
      await station()
      await setStore(0, {}, ['slips'])
      expect(await differ(0, { slips: false }, {}, 'manager')).toEqual({
        ok: false,
        problem: 'fixed',
        names: ['slips'],
      })
      expect(await differ(0, {}, { slips: 'free' }, 'manager')).toMatchObject({ problem: 'fixed' })
      expect(await differ(0, { volume: 30 }, {}, 'manager', 'south')).toEqual({ ok: false, problem: 'unknown' })
      expect(await differ(0, { volume: 30 }, {}, 'manager', 'north')).toEqual(ok)
    })

    it('are listed with who set them, and which version each station said it has', async () => {
      await station()
      const seen = { stationId: STATION, at: world.now, program: null, settings: '0' }
      await world.coupons.noteStationsSeen([seen], world.now)
      await setStore(0, { volume: 50 })
      expect(await world.coupons.counterSettings('north')).toMatchObject({
        ...{ storeId: 'north', version: 1, fixed: [], at: new Date(world.now).toISOString() },
        stations: expect.arrayContaining([
          expect.objectContaining({ stationId: STATION, version: '1', hasVersion: '0', at: null }),
        ]),
      })
      expect(await world.coupons.counterSettings('nowhere')).toBeNull()
    })
  })
}
