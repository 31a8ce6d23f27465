import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { CampaignRules } from '../../core/campaigns/rules.ts'
import { StationSettings } from '../../core/contract/stations.ts'
import { accepted } from '../../core/outcome.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { openPostgresCouponStore } from '../../server/store/postgres/openPostgres.ts'
import { systemIds } from '../../server/system.ts'
import { objective, rules } from '../server/fixture.ts'
import { type Running, runProgram } from './program.ts'

export interface ChainSize {
  readonly acquisitions: number
  /** Uses of the one campaign. */
  readonly limit: number
  readonly clients: number
  /** At least so many processes are killed, one a second, while redemptions go on. */
  readonly kills: number
}

export interface ChainReport extends Omit<ChainSize, 'clients'> {
  /** What clients were told, by redemption: the acquisition when it was approved, else null. */
  readonly answers: ReadonlyMap<string, { readonly acquisitionId: string; readonly approved: boolean }>
  /** What the database holds. */
  readonly held: {
    readonly uses: number
    readonly usesLeft: ReadonlyMap<string, number>
    readonly approved: ReadonlyMap<string, string>
  }
  /** Uses left by acquisition, as whoever followed the change feed from the beginning believes. */
  readonly followed: ReadonlyMap<string, number>
  readonly killed: number
}

interface Coupon {
  readonly acquisitionId: string
  readonly key: string
}

const NORTH = { storeId: 'north', name: 'North', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 0 }
const TOKEN = 'chain-station'
const PROCESSES = 2
/** No answer takes that long, whatever is killed. */
const PATIENCE_MS = 120_000

const ServerLine = z.object({ url: z.url() })
const Decision = z.object({ status: z.enum(['approved', 'refused']), reason: z.string().optional() })

/**
 * Two server processes on one PostgreSQL, one of them killed (`kill -9`) every second and started again, while clients
 * redeem every coupon of a limited campaign at least twice, asking any process again under the same id until one answers.
 */
export async function redeemUnderKills(
  url: string,
  size: ChainSize,
  say: (line: string) => void,
): Promise<ChainReport> {
  const store = await openPostgresCouponStore({ url, ids: systemIds })
  const servers = new Array<Running<z.infer<typeof ServerLine>> | null>(PROCESSES).fill(null)
  const stopping = new AbortController()
  const environment = {
    TAPCOUPON_MEDIUM_HASH_KEY: `1:${randomBytes(32).toString('hex')}`,
    TAPCOUPON_SECRET_KEY: `1:${randomBytes(32).toString('hex')}`,
  }
  const start = async (index: number): Promise<void> => {
    const args = ['server/main.ts', '--database', url, '--port', '0', '--rate-limit', '0', '--log-level', 'error']
    const running = await runProgram(args, (text) => ServerLine.parse(JSON.parse(text)), environment)
    if (stopping.signal.aborted) await running.end('SIGKILL')
    else servers[index] = running
  }
  try {
    const coupons = await seed(store, size)
    await Promise.all(servers.map((_, index) => start(index)))
    let killed = 0
    const enough = () => killed >= size.kills
    const answers = new Map<string, { acquisitionId: string; approved: boolean }>()
    const starting: Promise<void>[] = []

    const kill = async (): Promise<void> => {
      while (!stopping.signal.aborted) {
        await sleep(1_000)
        const index = killed % PROCESSES
        const server = servers[index]
        // Where a process takes long to start, one of them answers meanwhile.
        if (!server || servers.some((other) => other === null)) continue
        servers[index] = null
        await server.end('SIGKILL')
        killed += 1
        starting.push(start(index))
      }
    }

    /** Every coupon, then again and again until enough processes were killed; never two of one client at once. */
    let turn = 0
    const next = (): Coupon | null => {
      if (turn >= 2 * coupons.length && enough()) return null
      return coupons[turn++ % coupons.length] ?? null
    }
    const client = async (): Promise<void> => {
      for (let coupon = next(); coupon; coupon = next()) {
        const redemptionId = uuidv7()
        const approved = await redeem(servers, redemptionId, coupon)
        answers.set(redemptionId, { acquisitionId: coupon.acquisitionId, approved })
        // As long as it takes to kill enough of them: the limit is not to be reached in the first second.
        await sleep(Math.random() * ((size.clients * size.kills * 1_000) / (2 * coupons.length)))
      }
    }

    const killer = kill()
    const reader = follow(store, stopping.signal)
    const clients = Promise.all(Array.from({ length: size.clients }, client)).finally(() => stopping.abort())
    await Promise.all([clients, reader])
    await killer
    await Promise.allSettled(starting)
    say(`${answers.size} redemptions were answered, ${killed} processes were killed`)
    const followed = await reader
    return { ...size, answers, held: await heldIn(url), followed, killed }
  } finally {
    stopping.abort()
    await Promise.all(servers.map((server) => server?.end('SIGKILL')))
    await store.close()
  }
}

async function redeem(servers: readonly (Running<{ url: string }> | null)[], redemptionId: string, coupon: Coupon) {
  const body = JSON.stringify({
    redemptionId,
    medium: { keys: [{ v: 1, key: coupon.key }] },
    objective: objective(1_000),
    select: { acquisitionIds: [coupon.acquisitionId] },
    entry: 'tap',
  })
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const until = Date.now() + PATIENCE_MS
  for (let tries = 0; Date.now() < until; tries++) {
    const server = servers[Math.floor(Math.random() * servers.length)]
    if (server) {
      try {
        const response = await fetch(`${server.line.url}/v1/redemptions`, { method: 'POST', headers, body })
        if (response.status === 200) return Decision.parse(await response.json()).status === 'approved'
        const text = await response.text()
        if (response.status < 500 && response.status !== 409) throw new Refused(`${response.status}: ${text}`)
      } catch (error) {
        if (error instanceof Refused) throw error
        // Killed under the request: whether it was decided is told to whoever asks again.
      }
    }
    await sleep(Math.random() * Math.min(50 * (tries + 1), 500))
  }
  throw new Error(`${redemptionId} was not answered in ${PATIENCE_MS} ms`)
}

class Refused extends Error {}

/** Reads the change feed from its beginning, page by page, while it grows; after the signal once more to its end. */
async function follow(store: CouponStore, stop: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const station = { stationId: 'lane', store: NORTH, settings: StationSettings.parse({}), keepsJournal: false }
  const usesLeft = new Map<string, number>()
  let after: Parameters<CouponStore['changesSince']>[0]['after'] = null
  for (let isLast = false; ; ) {
    const answer = await store.changesSince({ station, after, limit: 200, now: Date.now() })
    if (answer.kind !== 'page') throw new Error(`the feed is gone: ${answer.reason}`)
    for (const change of answer.changes) {
      if (change.kind === 'acquisition') usesLeft.set(change.acquisitionId, change.usesLeft)
    }
    after = answer.place
    if (answer.more) continue
    if (isLast) return usesLeft
    isLast = stop.aborted
    // Whoever was killed holds the feed back until the database notices.
    await sleep(stop.aborted ? 500 : 20)
  }
}

async function seed(store: CouponStore, { acquisitions, limit }: ChainSize): Promise<readonly Coupon[]> {
  const now = Date.now()
  const settings = StationSettings.parse({})
  await store.putStore({ store: NORTH, settings, acceptsRawMedia: false })
  const tokenHash = createHash('sha256').update(TOKEN).digest()
  const { storeId } = NORTH
  await store.putUnsignedStation({ stationId: 'lane', storeId, name: 'Lane', role: 'counter', tokenHash, now })
  const campaignId = uuidv7()
  const parsed = CampaignRules.parse(
    rules({ limits: { campaignUses: limit, acquisitionUses: 1, holderAcquisitions: 1 } }),
  )
  const planner = { operatorId: 'planner', role: 'planner' } as const
  await store.draftCampaign({ campaignId, rules: parsed, contentHash: campaignId, ...planner, now })
  await store.actOnCampaign({ campaignId, action: 'submit', actor: planner, now })
  const approver = { operatorId: 'approver', role: 'approver' } as const
  const approved = await store.actOnCampaign({ campaignId, action: 'approve', actor: approver, now })
  if (!approved.ok) throw new Error('the campaign was not approved')
  const coupons = Array.from({ length: acquisitions }, () => ({
    acquisitionId: uuidv7(),
    key: randomBytes(32).toString('hex'),
  }))
  const holders = coupons.map(({ acquisitionId, key }) => ({
    holderId: uuidv7(),
    media: [{ medium: accepted({ type: 'qr' as const, keys: [{ v: 1, key }] }), blocked: false }],
    acquisitions: [{ acquisitionId, campaignId }],
  }))
  await store.importHolders(holders, now)
  return coupons
}

async function heldIn(url: string): Promise<ChainReport['held']> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const uses = await client.query<{ uses: string }>('SELECT sum(uses) AS uses FROM campaign_usage')
    const left = await client.query<{ id: string; left: string }>(
      'SELECT acquisition_id AS id, uses_left AS left FROM acquisitions',
    )
    const lines = await client.query<{ redemption: string; acquisition: string }>(
      "SELECT redemption_id AS redemption, acquisition_id AS acquisition FROM redemption_lines WHERE state = 'counted'",
    )
    return {
      uses: Number(uses.rows[0]?.uses),
      usesLeft: new Map(left.rows.map((row) => [row.id, Number(row.left)])),
      approved: new Map(lines.rows.map((row) => [row.redemption, row.acquisition])),
    }
  } finally {
    await client.end()
  }
}

/** Every promise that was broken, in words. Empty: all were kept. */
export function brokenInChain(report: ChainReport): readonly string[] {
  const { answers, held, followed, limit, acquisitions, killed, kills } = report
  const broken: string[] = []
  const must = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what)
  }
  const told = [...answers].filter(([, { approved }]) => approved)
  must(killed >= kills, `only ${killed} processes were killed`)
  must(
    new Set([...answers.values()].map(({ acquisitionId }) => acquisitionId)).size === acquisitions,
    'not every coupon was tried',
  )
  must(told.length === limit, `${told.length} were told that they are approved, not ${limit}`)
  must(held.uses === limit, `the campaign counts ${held.uses} uses, not ${limit}`)
  must(held.approved.size === limit, `${held.approved.size} lines are counted, not ${limit}`)
  must(new Set(held.approved.values()).size === limit, 'a coupon of one use was used twice')
  for (const [redemptionId, { acquisitionId }] of told) {
    must(held.approved.get(redemptionId) === acquisitionId, `${redemptionId} was told as approved and is not held`)
  }
  const used = new Set(held.approved.values())
  for (const [acquisitionId, usesLeft] of held.usesLeft) {
    must(usesLeft === (used.has(acquisitionId) ? 0 : 1), `${acquisitionId} has ${usesLeft} uses left`)
    must(
      followed.get(acquisitionId) === usesLeft,
      `the feed says ${followed.get(acquisitionId)} of ${acquisitionId}, not ${usesLeft}`,
    )
  }
  return broken
}
