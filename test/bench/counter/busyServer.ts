import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../../../server/app.ts'
import { seedDemo } from '../../../server/demo/seed.ts'
import { newHashKeys } from '../../../server/media/hashKeys.ts'
import { presentedMedium } from '../../../server/media/presentedMedium.ts'
import { openDatabase } from '../../../server/store/sqlite/database.ts'
import { openSqliteCouponStore, sqliteCouponStore } from '../../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../../server/system.ts'
import { approveCampaigns, holdersOf } from '../offline/chain.ts'
import { cardOf, REGULARS } from './cards.ts'

/**
 * The real server with the sample chain's stores and cashiers and, beyond its regulars, as many customers of ten coupons
 * each as it is told. Prints the line of a demo server.
 */
const holders = Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
const path = join(folder, 'server.db')
const hashKeys = newHashKeys(ids)
await fill()

const store = openSqliteCouponStore({ path, ids, decidesInThread: true })
const app = await buildApp({ store, hashKeys, clock, ids, snapshotsIn: folder })
const { operators, stations } = await seedDemo({ store, hashKeys, clock, ids })
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ url, pid: process.pid, operators, stations }))

/** Nobody waits for the disk while it is filled. */
async function fill(): Promise<void> {
  const db = openDatabase(path)
  db.pragma('synchronous = OFF')
  const filling = sqliteCouponStore(db, ids)
  await seedDemo({ store: filling, hashKeys, clock, ids })
  const campaigns = await approveCampaigns(filling, clock.now())
  const regulars = { until: REGULARS, coupons: 1 }
  const others = { from: REGULARS, until: REGULARS + holders }
  for (const which of [regulars, others]) await filling.importHolders(holdersOf(campaigns, which, keyOf), clock.now())
  db.pragma('wal_checkpoint(TRUNCATE)')
  await filling.close()
}

function keyOf(holder: number): string {
  const medium = presentedMedium(cardOf(holder), hashKeys, { acceptNonUniqueUids: false, membershipRules: [] })
  const key = medium.ok ? medium.value.keys[0]?.key : undefined
  if (key === undefined) throw new Error('a customer of the benchmark has no card')
  return key
}
