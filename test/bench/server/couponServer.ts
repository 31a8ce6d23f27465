import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { accepted } from '../../../core/outcome.ts'
import { buildApp } from '../../../server/app.ts'
import { newSecret, secretHash } from '../../../server/auth/secrets.ts'
import { newHashKeys } from '../../../server/media/hashKeys.ts'
import type { CouponStore } from '../../../server/store/couponStore.ts'
import { openDatabase } from '../../../server/store/sqlite/database.ts'
import { openSqliteCouponStore, sqliteCouponStore } from '../../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../../server/system.ts'
import { approvedCampaign, PLACE, SETTINGS } from './sample.ts'

/** The real server on a new SQLite file: every holder has four coupons of campaigns with limits that are never met. */
const HOLDERS = Number(process.argv[2] ?? 5_000)
const CAMPAIGNS = 12
const COUPONS = 4

const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))
const path = join(folder, 'server.db')
const { token, holders } = await filled(path)
// As the server opens it.
const store = openSqliteCouponStore({ path, ids, decidesInThread: true })
const app = await buildApp({ store, hashKeys: newHashKeys(ids), clock, ids })
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ url, token, holders }))

/** Nobody waits for the disk while it is filled. */
async function filled(path: string) {
  const db = openDatabase(path)
  db.pragma('synchronous = OFF')
  const filling = sqliteCouponStore(db, ids)
  const what = await fill(filling)
  await filling.close()
  return what
}

async function fill(coupons: CouponStore) {
  await coupons.putStore({ store: PLACE, settings: SETTINGS, acceptsRawMedia: true })
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
