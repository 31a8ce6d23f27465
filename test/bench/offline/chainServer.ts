import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import { StationSettings } from '../../../core/contract/stations.ts'
import { buildApp } from '../../../server/app.ts'
import { newSecret, secretHash } from '../../../server/auth/secrets.ts'
import { newHashKeys } from '../../../server/media/hashKeys.ts'
import { openDatabase } from '../../../server/store/sqlite/database.ts'
import { sqliteCouponStore } from '../../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../../server/system.ts'
import { bareBatches } from './bareBatches.ts'
import { approveCampaigns, holdersOf } from './chain.ts'
import { HOLDERS } from './holders.ts'

/**
 * The real server on a new SQLite file with a million coupons, and one enrolled station with the key it was started with.
 * A number on stdin: writes that many redemptions in bare batches and says how many milliseconds it took.
 */
const publicKey = Buffer.from(process.argv[2] ?? '', 'base64url')
const holders = Number(process.argv[3] ?? HOLDERS)
const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))
const path = join(folder, 'server.db')
const db = openDatabase(path)
// As the server's own start does it: decisions in a thread of their own.
const store = sqliteCouponStore(db, ids, undefined, true)
const app = await buildApp({ store, hashKeys: newHashKeys(ids), clock, ids, snapshotsIn: folder })

db.pragma('synchronous = OFF')
const settings = StationSettings.parse({ offline: { maxStoredCount: 100_000, maxStoredValue: 1_000_000_000 } })
const place = { storeId: 's', name: 'S', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 4 }
await store.putStore({ store: place, settings, acceptsRawMedia: false })
const campaigns = await approveCampaigns(store, clock.now())
await store.importHolders(holdersOf(campaigns, { until: holders }), clock.now())
db.pragma('synchronous = FULL')
db.pragma('wal_checkpoint(TRUNCATE)')

const token = await enrol()
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ url, token, store: place, settings }))
const bare = bareBatches(path)
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify({ ms: bare(Number(line)) }))
}

async function enrol(): Promise<string> {
  const now = clock.now()
  const codeHash = secretHash('code')
  const secret = newSecret(ids)
  const station = { stationId: uuidv7(), storeId: 's', name: 'bench', role: 'counter' as const }
  await store.announceStation({ ...station, codeHash, codeExpiresAt: now + 60_000, announcedBy: 'a', now })
  await store.enrolStation({ codeHash, tokenHash: secretHash(secret), publicKey, isProven: false, now })
  return secret
}
