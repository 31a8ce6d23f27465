import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { uuid7Time } from '../../core/ids.ts'
import { Objective } from '../../core/objective.ts'
import { accepted } from '../../core/outcome.ts'
import type { DecisionCommand, PresentedMedium, StationContext } from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { placeOf } from '../../server/store/feedPlace.ts'
import { copyInPlace, copyInThread } from '../../server/store/sqlite/copyWriter.ts'
import { openSqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemIds as ids } from '../../server/system.ts'
import { Copy, contentsOf } from './copyRig.ts'
import { DAY, objective, rules } from './fixture.ts'

const NOW = uuid7Time(uuidv7())
const store = (storeId: string) => ({
  storeId,
  name: storeId,
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  businessDayStartHour: 0,
})
const station = (storeId: string, replica: Partial<StationSettings['replica']> = {}): StationContext => ({
  stationId: `lane-${storeId}`,
  store: store(storeId),
  settings: StationSettings.parse({ replica }),
  keepsJournal: false,
})
const card = (n: number): PresentedMedium =>
  accepted({ type: 'qr' as const, keys: [{ v: 1, key: n.toString(16).padStart(64, '0') }] })
const planner = { operatorId: 'planner', role: 'planner' } as const
const approver = { operatorId: 'approver', role: 'approver' } as const

let folder: string
let coupons: CouponStore
let files = 0
const newPath = () => join(folder, `${files++}.db`)
const open = (copyWriter = copyInPlace) => openSqliteCouponStore({ path: join(folder, 'server.db'), ids, copyWriter })
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-copies-'))
  coupons = open()
  for (const storeId of ['north', 'south']) {
    await coupons.putStore({ store: store(storeId), settings: StationSettings.parse({}), acceptsRawMedia: true })
  }
})
afterEach(async () => {
  await coupons.close()
  rmSync(folder, { recursive: true, force: true })
})

const campaign = async (onlyAt?: string): Promise<string> => {
  const campaignId = uuidv7()
  const conditions = onlyAt ? [{ kind: 'stores' as const, storeIds: [onlyAt] }] : []
  const limits = { acquisitionUses: 1_000, holderUses: 900, holderAcquisitions: 1_000 }
  const parsed = CampaignRules.parse(rules({ conditions, limits } as object))
  await coupons.draftCampaign({ campaignId, rules: parsed, contentHash: campaignId, ...planner, now: NOW })
  await coupons.actOnCampaign({ campaignId, action: 'submit', actor: planner, now: NOW })
  await coupons.actOnCampaign({ campaignId, action: 'approve', actor: approver, now: NOW })
  return campaignId
}
const decide = async (command: object, now: number) => {
  const [result] = await coupons.decide([command as DecisionCommand], now)
  if (result?.kind !== 'answered') throw result?.error ?? new Error('no answer')
  return result.answer
}
const acquire = (at: string, holder: number, campaignId: string, now: number) =>
  decide(
    {
      kind: 'acquire',
      station: station(at),
      medium: card(holder),
      request: { acquisitionId: uuidv7(), campaignId },
      intentHash: Buffer.alloc(32, files++),
    },
    now,
  )
const redeem = (at: string, holder: number, now: number) =>
  decide(
    {
      kind: 'redeem',
      station: station(at),
      medium: card(holder),
      request: {
        redemptionId: uuidv7(),
        objective: Objective.parse(objective()),
        select: 'best',
        entry: 'tap',
      },
      intentHash: Buffer.alloc(32, files++),
      mayRecall: false,
    },
    now,
  )

/** What a copy that was made in one piece, with the same scope, holds now. */
const oracle = async (copy: Copy, of: StationContext, now: number) => {
  const path = newPath()
  const plan = await coupons.planCopy(of, now)
  await coupons.writeCopy({ plan: { ...plan, scope: copy.scope() }, path, now })
  return contentsOf(path)
}

describe('a snapshot and the changes after it', () => {
  const Step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('acquire' as const),
        at: fc.nat(1),
        holder: fc.nat(7),
        campaign: fc.nat(3),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('redeem' as const), at: fc.nat(1), holder: fc.nat(7) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('page' as const), limit: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('snapshot' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const), campaign: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  )

  it.each([
    ['everybody', {}],
    ['whoever came within two days', { activityDays: 2 }],
    ['the last three who came', { maxHolders: 3 }],
    ['nobody at first', { maxHolders: 0 }],
  ])('are the database, for a store that holds %s', async (_words, replica) => {
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const here = station('north', replica)
        let now = NOW
        const campaigns = [await campaign(), await campaign('north'), await campaign('south'), await campaign()]
        const copy = new Copy(newPath(), coupons, here)
        await copy.catchUp(now, 3)
        for (const step of steps) {
          const at = 'at' in step && step.at === 1 ? 'south' : 'north'
          switch (step.do) {
            case 'acquire':
              await acquire(at, step.holder, campaigns[step.campaign] ?? '', now)
              break
            case 'redeem':
              await redeem(at, step.holder, now)
              break
            case 'page':
              await copy.takePage(now, step.limit)
              break
            case 'snapshot':
              await copy.takeSnapshot(now)
              break
            case 'suspend': {
              const campaignId = campaigns[step.campaign] ?? ''
              await coupons.actOnCampaign({ campaignId, action: 'suspend', actor: approver, now })
              break
            }
            case 'days':
              now += step.days * DAY
              break
            case 'reopen': {
              await coupons.close()
              coupons = open()
              // The copy goes on with the server that came back.
              copy.store = coupons
            }
          }
        }
        await copy.catchUp(now, 4)
        const expected = await oracle(copy, here, now)
        expect(copy.contents()).toEqual(expected)
        copy.close()
      }),
      { numRuns: 15 },
    )
  })
})

describe('while others write', () => {
  it('a snapshot that is made in a thread, and changes, are the database', async () => {
    await coupons.close()
    coupons = open(copyInThread)
    const here = station('north')
    const campaigns = [await campaign(), await campaign()]
    for (let holder = 0; holder < 200; holder++) await acquire('north', holder, campaigns[holder % 2] ?? '', NOW)
    const copy = new Copy(newPath(), coupons, here)
    let isMaking = true
    const making = copy.takeSnapshot(NOW).finally(() => {
      isMaking = false
    })
    let turn = 0
    let meanwhile = 0
    while (isMaking || turn < 400) {
      if (turn % 3 === 0) await acquire('north', turn % 300, campaigns[turn % 2] ?? '', NOW)
      else await redeem('north', turn % 300, NOW)
      turn += 1
      if (isMaking) meanwhile += 1
      await new Promise(setImmediate)
    }
    await making
    expect(meanwhile).toBeGreaterThan(0)
    await copy.catchUp(NOW, 50)
    const expected = await oracle(copy, here, NOW)
    expect(copy.contents()).toEqual(expected)
    copy.close()
  })

  it('an import leaves them their turns', async () => {
    const campaignId = await campaign()
    const holders = Array.from({ length: 4_000 }, (_, n) => ({
      holderId: uuidv7(),
      media: [{ medium: card(1_000 + n), blocked: false }],
      acquisitions: [1, 2].map(() => ({ acquisitionId: uuidv7(), campaignId, usesLeft: 1 })),
    }))
    await acquire('north', 1, campaignId, NOW)
    let isImporting = true
    const importing = coupons.importHolders(holders, NOW).finally(() => {
      isImporting = false
    })
    let between = 0
    const positions = new Set<number>()
    while (isImporting) {
      await redeem('north', 1, NOW)
      positions.add(await coupons.changePosition())
      between += 1
      await new Promise(setImmediate)
    }
    await importing
    expect(between).toBeGreaterThan(2)
    const steps = [...positions].map((position, index, all) => position - (all[index - 1] ?? position))
    expect(Math.max(...steps)).toBeLessThanOrEqual(5_000 + 10)
    const copy = new Copy(newPath(), coupons, station('north'))
    await copy.catchUp(NOW)
    expect(copy.contents().filter((line) => line.startsWith('acquisition')).length).toBe(8_001)
    copy.close()
  })
})

describe('a restored backup', () => {
  it('is not taken for the database that went on', async () => {
    const here = station('north')
    const campaignId = await campaign()
    const copy = new Copy(newPath(), coupons, here)
    await acquire('north', 1, campaignId, NOW)
    await copy.catchUp(NOW)
    const atBackup = placeOf(copy.replica.position().cursor)
    await coupons.close()
    const { copyFileSync } = await import('node:fs')
    const path = join(folder, 'server.db')
    copyFileSync(path, `${path}.backup`)

    coupons = open()
    await acquire('north', 2, campaignId, NOW)
    const lost = await coupons.changesSince({ station: here, after: atBackup, limit: 10, now: NOW })
    if (lost.kind !== 'page') throw new Error(lost.reason)
    await coupons.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    copyFileSync(`${path}.backup`, path)

    coupons = open()
    // As far again, with other things.
    for (const holder of [3, 4, 5]) await acquire('north', holder, campaignId, NOW)
    const asked = { station: here, limit: 10, now: NOW }
    expect(await coupons.changesSince({ ...asked, after: lost.place })).toEqual({
      kind: 'gone',
      reason: 'cursor_foreign',
    })
    expect(await coupons.changesSince({ ...asked, after: atBackup })).toMatchObject({ kind: 'page' })
    copy.close()
  })
})
