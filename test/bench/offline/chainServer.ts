import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import { accepted } from '../../../core/outcome.ts'
import { buildApp } from '../../../server/app.ts'
import { newSecret, secretHash } from '../../../server/auth/secrets.ts'
import { newHashKeys } from '../../../server/media/hashKeys.ts'
import { openDatabase } from '../../../server/store/sqlite/database.ts'
import { sqliteCouponStore } from '../../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../../server/system.ts'
import { bareBatches } from './bareBatches.ts'
import { CAMPAIGNS, COUPONS, HOLDERS, keyOf } from './holders.ts'

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
const campaigns: string[] = []
for (let index = 0; index < CAMPAIGNS; index++) campaigns.push(await campaign(index))
await store.importHolders(seeds(), clock.now())
db.pragma('synchronous = FULL')
db.pragma('wal_checkpoint(TRUNCATE)')

const token = await enrol()
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ url, token, store: place, settings }))
const bare = bareBatches(path)
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify({ ms: bare(Number(line)) }))
}

async function campaign(index: number): Promise<string> {
  const campaignId = uuidv7()
  const rules = CampaignRules.parse({
    title: `Campaign ${index}`,
    currency: 'JPY',
    benefit: index % 2 ? { kind: 'amount_off', amount: 50 + index } : { kind: 'percent_off', basisPoints: 300 + index },
    conditions: [{ kind: 'min_spend', amount: 100 }],
    limits: { acquisitionUses: 1_000 },
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
  })
  const now = clock.now()
  await store.draftCampaign({ campaignId, rules, contentHash: 'b', operatorId: 'p', role: 'planner', now })
  for (const [action, operatorId, role] of [
    ['submit', 'p', 'planner'],
    ['approve', 'a', 'approver'],
  ] as const) {
    await store.actOnCampaign({ campaignId, action, actor: { operatorId, role }, now })
  }
  return campaignId
}

function* seeds() {
  for (let holder = 0; holder < holders; holder++) {
    const medium = accepted({ type: 'felica-idm' as const, keys: [{ v: 1, key: keyOf(holder) }] })
    yield {
      holderId: uuidv7(),
      media: [{ medium, blocked: false }],
      acquisitions: Array.from({ length: COUPONS }, (_, nth) => ({
        acquisitionId: uuidv7(),
        campaignId: campaigns[(holder + nth) % CAMPAIGNS] ?? '',
        usesLeft: 1_000,
      })),
    }
  }
}

async function enrol(): Promise<string> {
  const now = clock.now()
  const codeHash = secretHash('code')
  const secret = newSecret(ids)
  const station = { stationId: uuidv7(), storeId: 's', name: 'bench', role: 'counter' as const }
  await store.announceStation({ ...station, codeHash, codeExpiresAt: now + 60_000, announcedBy: 'a', now })
  await store.enrolStation({ codeHash, tokenHash: secretHash(secret), publicKey, now })
  return secret
}
