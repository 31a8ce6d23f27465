import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { csvParts } from '../../core/acquisition/csvParts.ts'
import { type ImportProgress, MOST_ROWS } from '../../core/contract/acquisitionImports.ts'
import { migrate } from '../../server/store/postgres/migrate.ts'
import { type Postgres, startPostgres } from '../rigs/postgres.ts'
import { newMedium, type TestServer, testServer } from '../server/fixture.ts'
import { postgresTestDatabase, type TestDatabase } from '../server/testDatabase.ts'

/**
 * `npm run proof -- bulk [ROWS] [postgres]`: a list of 1,000,000 acquisitions (or ROWS) through the routes of a server over a
 * SQLite file, or a PostgreSQL: first as a dry run, then for real, with redemptions beside it all the time. Every thousandth
 * row is bad. Holds when the two say the same to the row, the report names exactly the bad rows, ninety-nine of a hundred
 * redemptions wait no longer than a second for the list, and memory stays bounded.
 */
export async function run(say: (line: string) => void, options: readonly string[]): Promise<void> {
  const rows = Number(options[0] ?? 1_000_000)
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bulk-'))
  const postgres = options[1] === 'postgres' ? await startPostgres({ synced: true }) : null
  const database = postgres ? await databaseOn(postgres) : undefined
  const server = await testServer(database ? { database } : { path: join(folder, 'server.db') })
  try {
    const campaignId = await server.campaign({ acquire: { by: 'given' } })
    const bad = Math.floor(rows / 1_000)
    const dry = await pass(server, campaignId, rows, true, say)
    const real = await pass(server, campaignId, rows, false, say)
    for (const { progress } of [dry, real]) {
      if (progress.acquired !== rows - bad || progress.reasons.no_identifier !== bad) {
        throw new Error(`acquired ${progress.acquired}, bad ${JSON.stringify(progress.reasons)}; ${bad} rows are bad`)
      }
    }
    const report = await server.ask(
      'GET',
      `/v1/acquisition-imports/${real.progress.importId}/report`,
      undefined,
      server.operators.planner.token,
    )
    const lines = String(report.body).trimEnd().split('\r\n')
    if (lines.length !== bad + 1 || lines[1] !== '1000,no_identifier')
      throw new Error('the report is not of the bad rows')
  } finally {
    await server.close()
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function databaseOn(postgres: Postgres): Promise<TestDatabase> {
  const url = await postgres.newDatabase()
  await migrate(url)
  return postgresTestDatabase(url)
}

async function* file(rows: number): AsyncGenerator<string> {
  yield 'type,identifier\n'
  for (let row = 1; row <= rows; row += 1) {
    yield row % 1_000 === 0 ? 'barcode,\n' : `barcode,29${String(row).padStart(11, '0')}\n`
  }
}

async function pass(
  server: TestServer,
  campaignId: string,
  rows: number,
  dryRun: boolean,
  say: (line: string) => void,
): Promise<{ readonly progress: ImportProgress }> {
  const importId = uuidv7()
  const token = server.operators.planner.token
  const post = async (path: string, body: object): Promise<ImportProgress> => {
    const answer = await server.ask('POST', `/v1/acquisition-imports${path}`, body, token)
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const beside = redemptionsBeside(server)
  const before = performance.now()
  let mostMemory = 0
  let next = 1
  for await (const part of csvParts(file(rows), MOST_ROWS)) {
    if ('header' in part) {
      await post('', { importId, header: part.header, campaignId, dryRun, rows })
      continue
    }
    const { acquired } = await post(`/${importId}/rows`, part)
    next = part.firstRow + part.lines.length
    mostMemory = Math.max(mostMemory, process.memoryUsage.rss())
    if ((next - 1) % 100_000 === 0) say(`${dryRun ? 'dry run' : 'given'}: ${next - 1} rows, ${acquired} good`)
  }
  const progress = await post(`/${importId}/rows`, { firstRow: next, lines: [], last: true })
  const seconds = (performance.now() - before) / 1_000
  const { served, slowestMs, p99Ms } = await beside.stop()
  const memory = Math.round(mostMemory / 1024 ** 2)
  say(
    `${dryRun ? 'dry run' : 'given'}: ${Math.round(rows / seconds)} rows/s, ${memory} MiB at most, ${served} redemptions beside it, 99 of 100 within ${Math.round(p99Ms)} ms, the slowest ${Math.round(slowestMs)} ms`,
  )
  if (served === 0) throw new Error('no redemption went on beside the list')
  if (p99Ms > 1_000) throw new Error(`redemptions waited ${Math.round(p99Ms)} ms`)
  if (memory > 1_024) throw new Error(`${memory} MiB`)
  return { progress }
}

/** One customer after another at a till, all the time. */
function redemptionsBeside(server: TestServer): {
  stop(): Promise<{ served: number; slowestMs: number; p99Ms: number }>
} {
  let isStopped = false
  let served = 0
  const waited: number[] = []
  const loop = async () => {
    const campaignId = await server.campaign({ limits: { acquisitionUses: 1_000_000, holderAcquisitions: 1 } })
    const medium = newMedium()
    await server.coupon(campaignId, medium)
    while (!isStopped) {
      const before = performance.now()
      const { body } = await server.redeem(medium)
      if (body.status !== 'approved') throw new Error(JSON.stringify(body))
      waited.push(performance.now() - before)
      served += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const done = loop()
  return {
    async stop() {
      isStopped = true
      await done
      waited.sort((a, b) => a - b)
      return { served, slowestMs: waited.at(-1) ?? 0, p99Ms: waited[Math.floor(waited.length * 0.99)] ?? 0 }
    },
  }
}
