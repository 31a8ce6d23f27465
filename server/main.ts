import { dirname } from 'node:path'
import { buildApp } from './app.ts'
import { seedDemo } from './demo/seed.ts'
import { hashKeysFromFile, hashKeysFromText, newHashKeys } from './media/hashKeys.ts'
import { serverOptions, USAGE } from './options.ts'
import { openSqliteCouponStore } from './store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from './system.ts'

const WRONG_USAGE = 2

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`)
    return
  }
  const options = serverOptions(args)
  if (!options.ok) {
    process.stderr.write(`tapcoupon server: ${options.message}\n${USAGE}\n`)
    process.exitCode = WRONG_USAGE
    return
  }
  const { databasePath, host, port, demo, logLevel } = options.value
  const hashKeys = hashKeysFor(databasePath)
  const store = openSqliteCouponStore({ path: databasePath, ids })
  const snapshotsIn = databasePath === ':memory:' ? {} : { snapshotsIn: dirname(databasePath) }
  const app = await buildApp({
    store,
    hashKeys,
    clock,
    ids,
    ...snapshotsIn,
    log: { level: logLevel, stream: process.stderr },
  })

  // A second signal ends the process at once, as it would without a listener.
  const stop = () => void app.close()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  const sample = demo ? await seedDemo({ store, hashKeys, clock, ids }) : {}
  const url = await app.listen({ host, port })
  process.stdout.write(`${JSON.stringify({ url, pid: process.pid, ...sample })}\n`)
}

/** From the environment, else from a file beside the database; a database in memory needs none that lasts. */
function hashKeysFor(databasePath: string) {
  const text = process.env.TAPCOUPON_MEDIUM_HASH_KEY
  if (text) return hashKeysFromText(text)
  return databasePath === ':memory:' ? newHashKeys(ids) : hashKeysFromFile(`${databasePath}.key`, ids)
}

main().catch((error: unknown) => {
  process.stderr.write(`tapcoupon server: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
