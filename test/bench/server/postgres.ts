import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { accepted } from '../../../core/outcome.ts'
import { contentHash } from '../../../server/events/intent.ts'
import { groupCommit } from '../../../server/services/groupCommit.ts'
import type { RedeemCommand, StationContext } from '../../../server/store/commands.ts'
import { openPostgresCouponStore } from '../../../server/store/postgres/openPostgres.ts'
import { systemClock, systemIds } from '../../../server/system.ts'
import { startPostgres } from '../../rigs/postgres.ts'
import type { Report } from '../report.ts'
import { approvedCampaign, OBJECTIVE, PLACE, SETTINGS } from './sample.ts'

const HOLDERS = 5_000
const CAMPAIGNS = 12
const ROUNDS = 5

const run = promisify(execFile)

interface Coupon {
  readonly key: string
  readonly acquisitionId: string
  readonly hotId: string
}

/**
 * Redemptions as the server decides them (`groupCommit` and `CouponStore.decide`: medium, rules, limits, journal of changes,
 * notice, figures; without HTTP), from as many clients as connections, against one prepared PL/pgSQL function that writes the
 * same rows, in turn, on one PostgreSQL with fsync, all on one machine. The function is called by pgbench where it is installed.
 */
export async function postgresRows(report: Report, roundMs: number): Promise<void> {
  const postgres = await startPostgres({
    synced: true,
    settings: ['max_connections=150', 'shared_buffers=256MB', 'max_wal_size=4GB'],
  })
  const url = await postgres.newDatabase()
  const store = await openPostgresCouponStore({ url, ids: systemIds })
  const commits = groupCommit(store, systemClock)
  try {
    await store.putStore({ store: PLACE, settings: SETTINGS, acceptsRawMedia: true })
    const campaigns: string[] = []
    for (let index = 0; index <= CAMPAIGNS; index++) campaigns.push(await approvedCampaign(store, index))
    const hot = campaigns.at(-1) ?? ''
    const coupons = Array.from({ length: HOLDERS }, () => ({
      key: Buffer.from(systemIds.randomBytes(32)).toString('hex'),
      acquisitionId: uuidv7(),
      hotId: uuidv7(),
    }))
    const holders = coupons.map(({ key, acquisitionId, hotId }, index) => {
      const medium = accepted({ type: 'felica-idm' as const, keys: [{ v: 1, key }] })
      const campaignId = campaigns[index % CAMPAIGNS] ?? ''
      const held = [acquisitionId, uuidv7(), uuidv7()].map((id) => ({ acquisitionId: id, campaignId }))
      const acquisitions = [...held, { acquisitionId: hotId, campaignId: hot }]
      return { holderId: uuidv7(), media: [{ medium, blocked: false }], acquisitions }
    })
    await store.importHolders(holders, systemClock.now())
    await prepareFunction(url, coupons)

    const ours = (clients: number, isHot: boolean) =>
      rateOf(clients, roundMs, async (turn) => {
        const coupon = coupons[turn % coupons.length]
        if (!coupon) return
        const answer = await commits.submit(redemption(coupon, isHot))
        if (answer.kind !== 'decided' || answer.response.status !== 'approved') throw new Error(JSON.stringify(answer))
      })
    const calls = await functionCaller(url, roundMs)
    const measure = async (row: string, clients: number, isHot: boolean): Promise<void> => {
      const rounds: { ours: number; theirs: number }[] = []
      for (let round = 0; round <= ROUNDS; round++) {
        const measured = { theirs: await calls.rate(clients, isHot), ours: await ours(clients, isHot) }
        // The first round warms plans and compilers up.
        if (round > 0) rounds.push(measured)
      }
      const ratios = rounds.map((round) => round.ours / round.theirs).sort((a, b) => a - b)
      const detail = {
        ...{ clients, rounds: ROUNDS, functionBy: calls.by },
        oursPerSecond: rounds.map((round) => Math.round(round.ours)),
        functionPerSecond: rounds.map((round) => Math.round(round.theirs)),
      }
      report({ row, value: ratios[Math.floor(ratios.length / 2)] ?? 0, unit: 'ratio', detail })
    }
    await measure('pg_redeem_vs_prepared_function', 32, false)
    await measure('pg_redeem_128_vs_prepared_function', 128, false)
    await measure('pg_hot_campaign_vs_prepared_function', 32, true)
    await calls.close()
  } finally {
    await store.close()
    await postgres.stop()
  }
}

const station: StationContext = { stationId: 'bench', store: PLACE, settings: SETTINGS, keepsJournal: false }

function redemption({ key, acquisitionId, hotId }: Coupon, isHot: boolean): RedeemCommand {
  const redemptionId = uuidv7()
  const select = { acquisitionIds: [isHot ? hotId : acquisitionId] }
  const medium = accepted({ type: 'felica-idm' as const, keys: [{ v: 1, key }] })
  const intentHash = contentHash({ redemptionId, select }) ?? new Uint8Array()
  const request = { redemptionId, objective: OBJECTIVE, select, entry: 'tap' as const }
  return { kind: 'redeem', station, medium, request, intentHash, mayRecall: false }
}

/** Calls a second of `clients` that each wait for their answer. */
async function rateOf(clients: number, ms: number, call: (turn: number) => Promise<void>): Promise<number> {
  const began = performance.now()
  let turn = Math.floor(Math.random() * HOLDERS)
  let answered = 0
  const client = async () => {
    while (performance.now() - began < ms) {
      await call(turn++)
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (answered * 1_000) / (performance.now() - began)
}

async function prepareFunction(url: string, coupons: readonly Coupon[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(readFileSync(new URL('preparedFunction.sql', import.meta.url), 'utf8'))
  await client.query(
    'INSERT INTO bench_coupons SELECT * FROM unnest($1::BIGINT[], $2::BYTEA[], $3::TEXT[], $4::TEXT[])',
    [
      coupons.map((_, index) => index),
      coupons.map(({ key }) => Buffer.from(key, 'hex')),
      coupons.map(({ acquisitionId }) => acquisitionId),
      coupons.map(({ hotId }) => hotId),
    ],
  )
  await client.query('VACUUM ANALYZE')
  await client.end()
}

interface FunctionCaller {
  readonly by: 'pgbench' | 'pg'
  rate(clients: number, isHot: boolean): Promise<number>
  close(): Promise<void>
}

async function functionCaller(url: string, ms: number): Promise<FunctionCaller> {
  const hasPgbench = await run('pgbench', ['--version']).then(
    () => true,
    () => false,
  )
  return hasPgbench ? byPgbench(url, ms) : byDriver(url, ms)
}

function byPgbench(url: string, ms: number): FunctionCaller {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-pgbench-'))
  const script = (isHot: boolean) => {
    const path = join(folder, `${isHot}.sql`)
    writeFileSync(path, `\\set n random(0, ${HOLDERS - 1})\nSELECT bench_redeem(:n, ${isHot});\n`)
    return path
  }
  return {
    by: 'pgbench',
    async rate(clients, isHot) {
      const { hostname, port, username, password, pathname } = new URL(url)
      const seconds = String(Math.max(1, Math.round(ms / 1_000)))
      const load = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', seconds, '-f', script(isHot)]
      const { stdout } = await run(
        'pgbench',
        [...load, '-h', hostname, '-p', port, '-U', username, pathname.slice(1)],
        {
          env: { ...process.env, PGPASSWORD: password },
        },
      )
      const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
      if (tps === undefined) throw new Error(`pgbench said nothing: ${stdout}`)
      return Number(tps)
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

function byDriver(url: string, ms: number): FunctionCaller {
  const pool = new pg.Pool({ connectionString: url, max: 128 })
  const text = 'SELECT bench_redeem($1, $2)'
  return {
    by: 'pg',
    rate: (clients, isHot) =>
      rateOf(clients, ms, async () => {
        const client = await pool.connect()
        await client.query({ name: 'redeem', text, values: [Math.floor(Math.random() * HOLDERS), isHot] })
        client.release()
      }),
    close: () => pool.end(),
  }
}
