import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp, type SecurityOptions } from './app.ts'
import { passwordHasher } from './auth/passwordHash.ts'
import { REQUEST_RATE } from './auth/requestLimit.ts'
import { acquisitionsCommand } from './commands/acquisitions.ts'
import { verifyAudit } from './commands/audit.ts'
import { copiesCommand } from './commands/copies.ts'
import { operatorCommand } from './commands/operator.ts'
import { storeCommand } from './commands/store.ts'
import { hiddenLine } from './commands/terminal.ts'
import { hasDemoData, seedDemo } from './demo/seed.ts'
import { importFile } from './importFile.ts'
import { databaseOf, importOptions, type ServerOptions, serverOptions, USAGE } from './options.ts'
import { productionDataProblems, productionProblems } from './production.ts'
import { serverKeys } from './serverKeys.ts'
import { endInOrder } from './services/ending.ts'
import { readiness } from './services/readiness.ts'
import { keepTidy } from './services/upkeep.ts'
import type { CouponStore } from './store/couponStore.ts'
import { isShared, openStore } from './store/openStore.ts'
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
  if (await runCommand(args)) return
  const copied = await copiesCommand(args, process.env, clock, ids)
  if (copied) {
    say(copied)
    return
  }
  const options = serverOptions(args)
  if (!options.ok) {
    wrongUsage(options.message)
    return
  }
  const { databasePath, host, port, demo, logLevel, production, drainSeconds } = options.value
  // Real customers' keys lie where somebody put them, never beside their data.
  const keys = serverKeys(production ? null : databasePath, process.env, ids)
  if (production) refuse(productionProblems(options.value, keys))
  const hashKeys = keys.media.keys
  const store = await openStore(databasePath, ids)
  if (production) refuse(productionDataProblems(await hasDemoData(store), await store.people(), clock.now()))
  const snapshotsIn =
    databasePath === ':memory:' || isShared(databasePath) ? {} : { snapshotsIn: dirname(databasePath) }
  const ready = readiness(store, clock)
  const app = await buildApp({
    store,
    readiness: ready,
    sendsWebhooks: true,
    hashKeys,
    secretKeys: keys.secrets.keys,
    security: securityOf(options.value),
    clock,
    ids,
    officeIn: join(import.meta.dirname, '../dist/office'),
    myIn: join(import.meta.dirname, '../dist/my'),
    ...snapshotsIn,
    log: { level: logLevel, stream: process.stderr },
  })

  const stopTidying = keepTidy(store, clock, scheduler, (error) => app.log.warn({ err: error }, 'not tidied up'))
  app.addHook('onClose', async () => stopTidying())

  // A second signal ends the process at once, as it would without a listener.
  const stop = () => void endInOrder(app, ready.drain, drainSeconds * 1_000)
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
  if (!isShared(databasePath) && !existsSync(databasePath)) throw new Error(`there is no database ${databasePath}`)
  const hashKeys = serverKeys(databasePath, process.env, ids).media.keys
  const store = await openStore(databasePath, ids)
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

/** Roles that can give something away, or let others do so. */
const SECOND_FACTOR_FOR = ['approver', 'admin'] as const

function securityOf({ production, trustProxy, rateLimit, privateWebhooks }: ServerOptions): SecurityOptions {
  return {
    privateWebhooks,
    ...(production ? { secondFactorFor: SECOND_FACTOR_FOR, httpsOnly: true } : {}),
    ...(trustProxy.length === 0 ? {} : { trustProxy }),
    ...(rateLimit === 0 ? {} : { rate: { perSecond: rateLimit, burst: rateLimit * BURST_SECONDS } }),
  }
}

const BURST_SECONDS = REQUEST_RATE.burst / REQUEST_RATE.perSecond

/** Under --production nothing is served while anything speaks against it. */
function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`--production refuses:\n${problems.map((one) => `  ${one}`).join('\n')}`)
}

const COMMANDS = ['operator', 'store', 'audit', 'acquisitions'] as const

/** Commands for whoever may run this program on the server's machine: one line of JSON says what became of each. */
async function runCommand(args: readonly string[]): Promise<boolean> {
  const [command, ...rest] = args
  if (!COMMANDS.some((known) => known === command)) return false
  const { values } = parseArgs({ args: rest, strict: false, options: { database: { type: 'string' } } })
  const { database } = values
  const path = databaseOf(typeof database === 'string' ? database : undefined)
  const store = await openStore(path, ids)
  try {
    const parts = { store, passwords: passwordHasher(ids), clock, ids, ask: hiddenLine }
    switch (command) {
      case 'operator':
        say(await operatorCommand(rest, parts))
        break
      case 'store':
        say(await storeCommand(rest, store, clock.now()))
        break
      case 'audit':
        await runAudit(rest, store)
        break
      case 'acquisitions':
        await runAcquisitions(rest, store, path)
        break
    }
  } finally {
    await store.close()
  }
  return true
}

/** Exit code 1 when rows were not taken: each is named on stderr. */
async function runAcquisitions(args: readonly string[], store: CouponStore, path: string): Promise<void> {
  const hashKeys = serverKeys(path, process.env, ids).media.keys
  const bad = (line: string) => void process.stderr.write(`${line}\n`)
  const list = await acquisitionsCommand(args, { store, hashKeys, clock, ids, bad })
  say(list)
  if (list.bad > 0) process.exitCode = 1
}

/** Exit code 1 when the log is not what was written. */
async function runAudit(args: readonly string[], store: CouponStore): Promise<void> {
  const options = { database: { type: 'string' }, head: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  if (positionals.join(' ') !== 'verify') throw new Error('audit verify is the only one')
  const verdict = await verifyAudit(store, values.head ?? null)
  say(verdict)
  if (verdict.broken !== null) process.exitCode = 1
}

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

main().catch((error: unknown) => {
  process.stderr.write(`tapcoupon server: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
