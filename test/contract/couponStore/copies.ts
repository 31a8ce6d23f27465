import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StationSettings } from '../../../core/contract/stations.ts'
import { Copy, contentsOf } from '../../server/copyRig.ts'
import { DAY } from '../../server/fixture.ts'
import { type MakeStore, newMedium, storeWorld } from './world.ts'

/** Whole copies in a file, and the feed after them. */
export function copies(make: MakeStore): void {
  const world = storeWorld(make)
  const { at, campaign, coupon, redeem } = world
  let folder: string
  let opened: Copy[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapcoupon-copies-'))
  })
  afterEach(() => {
    for (const copy of opened) copy.close()
    opened = []
    rmSync(folder, { recursive: true, force: true })
  })
  const newCopy = (station = at()) => {
    const copy = new Copy(join(folder, `${uuidv7()}.db`), world.coupons, station)
    opened.push(copy)
    return copy
  }
  const written = async (station = at()) => {
    const path = join(folder, `${uuidv7()}.db`)
    const plan = await world.coupons.planCopy(station, world.now)
    return { path, plan, ...(await world.coupons.writeCopy({ plan, path, now: world.now })) }
  }

  /** Holders with coupons of several campaigns, one only for the south, one suspended; used a little. */
  const lives = async () => {
    await world.operator('cashier')
    await world.operator('planner')
    const limits = { acquisitionUses: 9, holderUses: 5, holderAcquisitions: 5 }
    const daily = { ...limits, holderPeriod: { period: 'day', uses: 3 } } as const
    const conditions = [{ kind: 'stores' as const, storeIds: ['south'] }]
    const campaigns = [
      await campaign({ limits }),
      await campaign({ limits: daily }),
      await campaign({ conditions, limits }),
    ]
    await world.draft()
    const media = Array.from({ length: 5 }, newMedium)
    for (const [index, medium] of media.entries()) {
      for (const campaignId of campaigns) await coupon(campaignId, medium, at(index % 2 ? 'north' : 'south'))
      if (index > 1) await redeem(medium, {}, at(index % 2 ? 'north' : 'south'))
      world.advance(DAY)
    }
    const blocked = { holderId: 'a holder of another system', media: [{ medium: newMedium(), blocked: true }] }
    const given = [{ acquisitionId: uuidv7(), campaignId: campaigns[0] ?? '', usesLeft: 4 }]
    await world.coupons.seedHolder({ ...blocked, acquisitions: given }, world.now)
    await world.act(campaigns[1] ?? '', 'suspend')
    return { media, campaigns }
  }

  const replicas: readonly [string, Partial<StationSettings['replica']>][] = [
    ['everybody', {}],
    ['the last three who came', { maxHolders: 3 }],
    ['whoever came within two days', { activityDays: 2 }],
    ['nobody yet', { maxHolders: 0 }],
  ]
  describe.each(replicas)('for a store that holds %s', (_words, replica) => {
    for (const storeId of ['north', 'south'] as const) {
      it(`in the ${storeId}, a file holds what the feed would give`, async () => {
        const station = { ...at(storeId), settings: StationSettings.parse({ replica }) }
        await lives()
        const byFeed = newCopy(station)
        await byFeed.catchUp(world.now, 3)
        const { path, changeSeq } = await written(station)
        expect(contentsOf(path)).toEqual(byFeed.contents())
        expect(changeSeq).toBe(await world.coupons.changePosition())
      })

      it(`in the ${storeId}, it is kept up by changes`, async () => {
        const station = { ...at(storeId), settings: StationSettings.parse({ replica }) }
        const { media, campaigns } = await lives()
        const copy = newCopy(station)
        await copy.takeSnapshot(world.now)
        for (const medium of media) await redeem(medium, {}, at('north'))
        await coupon(campaigns[0] ?? '', newMedium())
        await copy.catchUp(world.now, 4)
        const { path } = await scoped(copy, station)
        expect(copy.contents()).toEqual(contentsOf(path))
      })
    }
  })

  /** A file made now for the holders that a copy holds. */
  const scoped = async (copy: Copy, station: ReturnType<typeof at>) => {
    const path = join(folder, `${uuidv7()}.db`)
    const plan = await world.coupons.planCopy(station, world.now)
    await world.coupons.writeCopy({ plan: { ...plan, scope: copy.scope() }, path, now: world.now })
    return { path }
  }

  it('says what is in it, and for whom it is', async () => {
    await lives()
    const { bytes, plan } = await written()
    expect(bytes).toBeGreaterThan(4_096)
    const everybody = await world.coupons.planCopy(at(), world.now)
    expect(everybody).toEqual(plan)
    expect((await world.coupons.planCopy(at('south'), world.now)).key).not.toBe(plan.key)
    const some = { ...at(), settings: StationSettings.parse({ replica: { maxHolders: 1 } }) }
    expect((await world.coupons.planCopy(some, world.now)).key).toContain('north')
  })

  it('is not left half written: it is refused where something is in its way, and that is left alone', async () => {
    await lives()
    const { path } = await written()
    const before = contentsOf(path)
    const plan = await world.coupons.planCopy(at(), world.now)
    const nowhere = join(folder, 'no', 'such', 'folder.db')
    await expect(world.coupons.writeCopy({ plan, path: nowhere, now: world.now })).rejects.toThrow()
    expect(existsSync(nowhere)).toBe(false)
    expect(contentsOf(path)).toEqual(before)
  })

  it('decisions go on while one is written', async () => {
    const { media } = await lives()
    const writing = written()
    const answers = await Promise.all(media.map((medium) => redeem(medium)))
    expect(answers).toHaveLength(media.length)
    const { path, changeSeq } = await writing
    const copy = newCopy()
    expect(copy.replica.install(path)).toMatchObject({ ok: true })
    expect(changeSeq).toBeLessThanOrEqual(await world.coupons.changePosition())
    await copy.catchUp(world.now)
    const { path: after } = await written()
    expect(copy.contents()).toEqual(contentsOf(after))
  })
}
