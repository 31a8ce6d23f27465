import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { accepted } from '../../../core/outcome.ts'
import { buildApp } from '../../../server/app.ts'
import { newSecret, secretHash } from '../../../server/auth/secrets.ts'
import { newHashKeys } from '../../../server/media/hashKeys.ts'
import type { CouponStore } from '../../../server/store/couponStore.ts'
import { openDatabase } from '../../../server/store/sqlite/database.ts'
import { sqliteCouponStore } from '../../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../../server/system.ts'

/** The real server on a new SQLite file: every holder has four coupons of campaigns with limits that are never met. */
const HOLDERS = Number(process.argv[2] ?? 5_000)
const CAMPAIGNS = 12
const COUPONS = 4

const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))
const db = openDatabase(join(folder, 'server.db'))
const store = sqliteCouponStore(db, ids)
const app = await buildApp({ store, hashKeys: newHashKeys(ids), clock, ids })

db.pragma('synchronous = OFF')
const { token, holders } = await fill(store)
db.pragma('synchronous = FULL')
db.pragma('wal_checkpoint(TRUNCATE)')
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ url, token, holders }))

async function fill(coupons: CouponStore) {
  const place = { storeId: 's', name: 'S', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 4 }
  await coupons.putStore({ store: place, settings: StationSettings.parse({}), acceptsRawMedia: true })
  const secret = newSecret(ids)
  const now = clock.now()
  const station = { stationId: 'bench', storeId: 's', name: 'bench', role: 'counter' as const }
  await coupons.putUnsignedStation({ ...station, tokenHash: secretHash(secret), now })
  const campaigns: string[] = []
  for (let index = 0; index < CAMPAIGNS; index++) campaigns.push(await approvedCampaign(coupons, index))
  const filled: { key: string; coupons: string[] }[] = []
  for (let index = 0; index < HOLDERS; index++) {
    const key = Buffer.from(ids.randomBytes(32)).toString('hex')
    const acquisitions = Array.from({ length: COUPONS }, (_, nth) => ({
      acquisitionId: uuidv7(),
      campaignId: campaigns[(index + nth) % CAMPAIGNS] ?? '',
    }))
    const medium = accepted({ type: 'felica-idm' as const, keys: [{ v: 1, key }] })
    await coupons.seedHolder({ holderId: uuidv7(), media: [{ medium, blocked: false }], acquisitions }, now)
    filled.push({ key, coupons: acquisitions.map(({ acquisitionId }) => acquisitionId) })
  }
  return { token: secret, holders: filled }
}

async function approvedCampaign(coupons: CouponStore, index: number): Promise<string> {
  const campaignId = uuidv7()
  const rules = CampaignRules.parse({
    title: `Campaign ${index}`,
    currency: 'JPY',
    benefit: index % 2 ? { kind: 'amount_off', amount: 50 } : { kind: 'percent_off', basisPoints: 500 },
    conditions: [{ kind: 'min_spend', amount: 100 }],
    limits: {
      campaignUses: 1_000_000_000,
      acquisitionUses: 1_000_000,
      holderPeriod: { period: 'day', uses: 1_000_000 },
    },
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
  })
  const now = clock.now()
  await coupons.draftCampaign({ campaignId, rules, contentHash: 'b', operatorId: 'p', role: 'planner', now })
  for (const [action, operatorId, role] of [
    ['submit', 'p', 'planner'],
    ['approve', 'a', 'approver'],
  ] as const) {
    await coupons.actOnCampaign({ campaignId, action, actor: { operatorId, role }, now })
  }
  return campaignId
}
