import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { buildApp } from './app.ts'
import { seedDemo } from './demo/seed.ts'
import { importFile } from './importFile.ts'
import { hashKeysFromFile, hashKeysFromText, newHashKeys } from './media/hashKeys.ts'
import { importOptions, serverOptions, USAGE } from './options.ts'
import { keepTidy } from './services/upkeep.ts'
import { openSqliteCouponStore } from './store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids, systemScheduler as scheduler } from './system.ts'

const WRONG_USAGE = 2

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`)
    return
  }
  if (args[0] === 'import') {
    await runImport(args.slice(1))
    return
  }
  const options = serverOptions(args)
  if (!options.ok) {
    wrongUsage(options.message)
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

  const stopTidying = keepTidy(store, clock, scheduler, (error) => app.log.warn({ err: error }, 'not tidied up'))
  app.addHook('onClose', async () => stopTidying())

  // A second signal ends the process at once, as it would without a listener.
  const stop = () => void app.close()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  const sample = demo ? await seedDemo({ store, hashKeys, clock, ids }) : {}
  const url = await app.listen({ host, port })
  process.stdout.write(`${JSON.stringify({ url, pid: process.pid, ...sample })}\n`)
}

/** `import FILE`: one line of JSON says what became of it; exit code 1 when somebody must look at something. */
async function runImport(args: readonly string[]): Promise<void> {
  const options = importOptions(args)
  if (!options.ok) {
    wrongUsage(options.message)
    return
  }
  const { file, databasePath } = options.value
  if (!existsSync(databasePath)) throw new Error(`there is no database ${databasePath}`)
  const hashKeys = hashKeysFor(databasePath)
  const store = openSqliteCouponStore({ path: databasePath, ids })
  try {
    const onFailure = () => void process.stderr.write('tapcoupon server: an event could not be settled; import again\n')
    const imported = await importFile(file, { store, hashKeys, now: () => clock.now(), onFailure })
    if (!imported.ok) throw new Error(imported.message)
    const { results, whole } = imported.value
    process.stdout.write(`${JSON.stringify(imported.value)}\n`)
    if (!whole) process.stderr.write('tapcoupon server: the file was cut off: its end is missing\n')
    if (!whole || results.quarantined > 0 || results.retry > 0) process.exitCode = 1
  } finally {
    await store.close()
  }
}

function wrongUsage(message: string): void {
  process.stderr.write(`tapcoupon server: ${message}\n${USAGE}\n`)
  process.exitCode = WRONG_USAGE
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
