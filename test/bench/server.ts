import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import type { Report } from './report.ts'
import { growthRows } from './server/growth.ts'
import { type Load, load, post } from './server/load.ts'
import { postgresRows } from './server/postgres.ts'

const CONNECTIONS = 32
const ROUNDS = 5
const ROUND_MS = 2_000
/** Of each holder. */
const COUPONS = 4
/** Where a redemption's own id goes. */
const NO_ID = '00000000-0000-7000-8000-000000000000'

interface Holder {
  readonly key: string
  readonly coupons: readonly string[]
}

const OBJECTIVE = {
  currency: 'JPY',
  items: [1, 2, 3].map((line) => ({ lineId: String(line), category: 'food', unitPrice: 400, lineTotal: 400 })),
  total: 1_200,
}

/**
 * The coupon server over HTTP on SQLite against a Fastify POST that does nothing, 32 connections, in turn; the servers
 * are processes of their own; then what growth costs, and PostgreSQL. Options: the milliseconds of a round; `http`, `growth` or
 * `postgres` for one of these alone; with `growth` how many acquisitions it ends with.
 */
export async function run(report: Report, options: readonly string[]): Promise<void> {
  const roundMs = Number(options[0] ?? ROUND_MS)
  const [, only, top] = options
  const isAsked = (section: string): boolean => only === undefined || only === section
  if (isAsked('http')) await httpRows(report, roundMs)
  if (isAsked('growth')) await growthRows(report, roundMs, top === undefined ? undefined : Number(top))
  if (isAsked('postgres')) await postgresRows(report, roundMs)
}

async function httpRows(report: Report, roundMs: number): Promise<void> {
  const children: ChildProcess[] = []
  const start = async (file: string) => {
    const child = spawn(process.execPath, [`${import.meta.dirname}/server/${file}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    return JSON.parse(await firstLine(child))
  }
  try {
    const empty = await start('emptyPost.ts')
    const server = await start('couponServer.ts')
    const holders: readonly Holder[] = server.holders
    // Written before anything is measured: making a body costs the generator more than sending it, and an empty one less.
    const redemptions = holders.flatMap(({ key, coupons }) =>
      coupons.map((coupon) => {
        const select = { acquisitionIds: [coupon] }
        const medium = { keys: [{ v: 1, key }] }
        const body = { redemptionId: NO_ID, medium, objective: OBJECTIVE, select, entry: 'tap' }
        const [before = '', after = ''] = post('/v1/redemptions', server.token, JSON.stringify(body)).split(NO_ID)
        return { before, after }
      }),
    )
    const searches = holders.map(({ key }) =>
      post('/v1/search', server.token, JSON.stringify({ medium: { keys: [{ v: 1, key }] }, objective: OBJECTIVE })),
    )
    const emptyPost = post('/empty', server.token, JSON.stringify({ objective: OBJECTIVE }))
    let turn = 0
    const redemption = () => {
      // A holder's next coupon at the holder's next turn.
      const holder = turn % holders.length
      const nth = Math.floor(turn / holders.length) % COUPONS
      turn += 1
      const { before, after } = redemptions[holder * COUPONS + nth] ?? { before: '', after: '' }
      return `${before}${uuidv7()}${after}`
    }
    const search = () => searches[turn++ % searches.length] ?? ''
    const nothing = () => emptyPost

    const rounds: { empty: Load; redeem: Load; search: Load }[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const measured = {
        empty: await load(new URL(empty.url), CONNECTIONS, roundMs, nothing),
        redeem: await load(new URL(server.url), CONNECTIONS, roundMs, redemption),
        search: await load(new URL(server.url), CONNECTIONS, roundMs, search),
      }
      const failures = measured.empty.failures + measured.redeem.failures + measured.search.failures
      if (failures > 0) throw new Error(`${failures} requests were not answered with 200`)
      // The first round warms the compilers up.
      if (round > 0) rounds.push(measured)
    }
    const rates = (kind: 'empty' | 'redeem' | 'search') => rounds.map((round) => Math.round(round[kind].rate))
    const ratio = (kind: 'redeem' | 'search') => median(rounds.map((round) => round[kind].rate / round.empty.rate))
    const detail = { connections: CONNECTIONS, rounds: ROUNDS, emptyPerSecond: rates('empty') }
    report({
      row: 'sqlite_redeem_vs_empty_post',
      value: ratio('redeem'),
      unit: 'ratio',
      detail: { ...detail, redeemPerSecond: rates('redeem') },
    })
    report({
      row: 'sqlite_redeem_p99_ms',
      value: median(rounds.map((round) => round.redeem.p99Ms)),
      unit: 'ms',
      detail: { byRound: rounds.map((round) => Math.round(round.redeem.p99Ms * 10) / 10) },
    })
    report({
      row: 'search_vs_empty_post',
      value: ratio('search'),
      unit: 'ratio',
      detail: { ...detail, searchPerSecond: rates('search') },
    })
  } finally {
    for (const child of children) child.kill('SIGTERM')
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a server of the benchmark ended with ${code}`)))
    if (child.stdout) createInterface(child.stdout).once('line', resolve)
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
