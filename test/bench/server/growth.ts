import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { accepted } from '../../../core/outcome.ts'
import { contentHash } from '../../../server/events/intent.ts'
import type { RedeemCommand, StationContext } from '../../../server/store/commands.ts'
import type { CouponStore, SearchQuery } from '../../../server/store/couponStore.ts'
import { openSqliteCouponStore } from '../../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../../server/system.ts'
import type { Report } from '../report.ts'
import { type Customer, fillInSql } from './fillInSql.ts'
import { approvedCampaign, OBJECTIVE, PLACE, SETTINGS } from './sample.ts'

const FEW = 10_000
const MANY = 10_000_000
const CAMPAIGNS = 12
const BATCH = 32
const ROUNDS = 9
/** The same customers come to both, wherever in the file they are. */
const CUSTOMERS = 2_500

/**
 * What a redemption and a search cost as the server's SQLite store does them, in batches, in a database of 10,000 acquisitions
 * and in one of 10,000,000 (`many`; about 3 GB on disk, made in SQL), in turn. The row's value is the larger of both ratios.
 */
export async function growthRows(report: Report, roundMs: number, many = MANY): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-growth-'))
  const shops: Shop[] = []
  try {
    for (const acquisitions of [FEW, many]) shops.push(await openShop(join(folder, `${acquisitions}.db`), acquisitions))
    const [few, large] = shops
    if (!few || !large) return
    const rounds: Record<'redeem' | 'search', number>[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const costs = { few: await few.round(roundMs / 4), large: await large.round(roundMs / 4) }
      const ratio = (kind: 'redeem' | 'search') => costs.large[kind] / costs.few[kind]
      // The first round reads what nobody has read yet.
      if (round > 0) rounds.push({ redeem: ratio('redeem'), search: ratio('search') })
    }
    const middle = (kind: 'redeem' | 'search') =>
      rounds.map((round) => round[kind]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0
    const [redeem, search] = [middle('redeem'), middle('search')]
    const detail = {
      from: FEW,
      to: many,
      redeem,
      search,
      rounds: ROUNDS,
      megabytes: shops.map(({ bytes }) => Math.round(bytes / 2 ** 20)),
    }
    report({ row: 'growth_10k_to_10m', value: Math.max(redeem, search), unit: 'ratio', detail })
  } finally {
    for (const { store } of shops) await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Shop {
  readonly store: CouponStore
  readonly bytes: number
  /** Milliseconds that one of each takes. */
  round(ms: number): Promise<Record<'redeem' | 'search', number>>
}

async function openShop(path: string, acquisitions: number): Promise<Shop> {
  const making = openSqliteCouponStore({ path, ids })
  await making.putStore({ store: PLACE, settings: SETTINGS, acceptsRawMedia: true })
  const campaigns: string[] = []
  for (let index = 0; index < CAMPAIGNS; index++) campaigns.push(await approvedCampaign(making, index))
  await making.close()
  const customers = fillInSql(path, { campaigns, acquisitions, customers: CUSTOMERS })
  const { size } = statSync(path)
  const store = openSqliteCouponStore({ path, ids, decidesInThread: true })
  let turn = 0
  const next = (): Customer => {
    turn = (turn + 1) % customers.length
    const customer = customers[turn]
    if (!customer) throw new Error('nobody has a coupon')
    return customer
  }
  return {
    store,
    bytes: size,
    async round(ms) {
      const redeem = await costOf(ms, async () => {
        const batch = Array.from({ length: BATCH }, () => redemption(next()))
        for (const result of await store.decide(batch, clock.now())) {
          const isApproved = result.kind === 'answered' && result.answer.kind === 'decided'
          if (!isApproved || !('status' in result.answer.response) || result.answer.response.status !== 'approved') {
            throw new Error(`not approved: ${JSON.stringify(result)}`)
          }
        }
      })
      const search = await costOf(ms, async () => {
        await store.search(Array.from({ length: BATCH }, () => query(next())))
      })
      return { redeem, search }
    },
  }
}

async function costOf(ms: number, batch: () => Promise<void>): Promise<number> {
  const began = performance.now()
  let batches = 0
  while (performance.now() - began < ms) {
    await batch()
    batches += 1
  }
  return (performance.now() - began) / (batches * BATCH)
}

const station: StationContext = { stationId: 'bench', store: PLACE, settings: SETTINGS, keepsJournal: false }

const mediumOf = ({ key }: Customer) => accepted({ type: 'felica-idm' as const, keys: [{ v: 1, key }] })

function redemption(customer: Customer): RedeemCommand {
  const redemptionId = uuidv7()
  const select = { acquisitionIds: [customer.acquisitionId] }
  const intentHash = contentHash({ redemptionId, select }) ?? new Uint8Array()
  const request = { redemptionId, objective: OBJECTIVE, select, entry: 'tap' as const }
  return { kind: 'redeem', station, medium: mediumOf(customer), request, intentHash, mayRecall: false }
}

const query = (customer: Customer): SearchQuery => ({
  station,
  medium: mediumOf(customer),
  objective: OBJECTIVE,
  entry: 'tap',
  now: clock.now(),
})
