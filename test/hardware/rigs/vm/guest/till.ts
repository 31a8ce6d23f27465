import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { announceStation } from '../../../../../bin/embeddedServer.ts'
import type { CounterState } from '../../../../../core/counter/state.ts'
import type { RawMedium } from '../../../../../core/media/medium.ts'
import { loadSampleChain } from '../../../../../resources/sample/sampleChain.ts'
import type { ServerLine } from '../../../../e2e/product.ts'
import { acquire, approveCampaign } from '../../../../rigs/officeCalls.ts'
import { type Running, runProgram } from '../../../../rigs/program.ts'
import { CounterRig } from '../../../../server/counterRig.ts'
import { type OnDisk, TILL_DISK, type TillMessage } from '../tillProtocol.ts'

/**
 * A shop in the guest: a coupon server and a counter on one disk, and a cashier who approves as fast as the two let her. What
 * her screen shows as approved goes to the machine's console. First it tells what it finds on the disk. Every other shop
 * (`OFFLINE=1`) loses its server after the first approval.
 */
const SERVER_DB = join(TILL_DISK, 'server.db')
const COUNTER = join(TILL_DISK, 'counter')
const JOURNAL = join(COUNTER, 'journal.db')
const PORT = '8080'

function tell(message: TillMessage): void {
  process.send?.(message)
}

/** The first column of what a file answers; nothing where there is no file. */
function column(file: string, sql: string): string[] {
  if (!existsSync(file)) return []
  const db = new DatabaseSync(file)
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]))
  } finally {
    db.close()
  }
}

function onDisk(): OnDisk {
  const damage: string[] = []
  const read = (file: string, sql: string): string[] => {
    try {
      return column(file, sql)
    } catch (error) {
      damage.push(`${file}: ${error instanceof Error ? error.message : error}`)
      return []
    }
  }
  for (const file of [SERVER_DB, JOURNAL]) {
    damage.push(...read(file, 'PRAGMA integrity_check').filter((word) => word !== 'ok'))
  }
  return {
    server: read(SERVER_DB, "SELECT redemption_id FROM redemptions WHERE status = 'approved' AND state = 'active'"),
    journal: read(
      JOURNAL,
      `SELECT redemption_id FROM intent WHERE state = 'shown'
       INTERSECT SELECT json_extract(body, '$.redemptionId') FROM event WHERE type = 'redemption'`,
    ),
    waiting: read(JOURNAL, 'SELECT redemption_id FROM outbox WHERE redemption_id IS NOT NULL'),
    tidied: read(JOURNAL, 'SELECT one FROM checkpoint').length > 0,
    damage,
  }
}

/** Node may die as it starts, where the processor is emulated: not what is tried here. */
async function startServer(): Promise<Running<ServerLine>> {
  const args = ['server/main.ts', '--demo', '--database', `sqlite:${SERVER_DB}`, '--port', PORT]
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runProgram([...process.execArgv, ...args], (text) => JSON.parse(text) as ServerLine)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

/** Six customers with more uses of a coupon than there will be visits. */
async function giveCoupons(line: ServerLine): Promise<void> {
  const limits = { acquisitionUses: 100_000, holderAcquisitions: 1 }
  const campaignId = await approveCampaign(line, { benefit: { kind: 'amount_off', amount: 50 }, limits })
  for (const medium of media()) await acquire(line, campaignId, medium)
}

function media(): RawMedium[] {
  return loadSampleChain()
    .holders.flatMap((holder) => holder.media.slice(0, 1))
    .filter(({ blocked, type, identifier }) => !blocked && !(type === 'nfc-uid' && identifier.length === 8))
    .slice(0, 6)
    .map(({ type, identifier }) => ({ type, identifier }))
}

async function serve(counter: CounterRig, medium: RawMedium): Promise<void> {
  await counter.send({ type: 'nextCustomer' })
  const line = { lineId: '1', label: 'Goods', category: 'drinks', quantity: { value: 1, scale: 0 } }
  await counter.send({ type: 'setPurchase', lines: [{ ...line, unitPrice: 900, lineTotal: 900 }] })
  counter.tap(medium)
  const offers = await counter.until(({ visit: { phase } }) => phase === 'offers' || phase === 'refused')
  if (offers?.visit.phase !== 'offers') return refused(offers)
  await counter.send({ type: 'approve', select: 'best' })
  const ended = await counter.until(({ visit: { phase } }) => phase === 'approved' || phase === 'refused')
  if (ended?.visit.phase !== 'approved') return refused(ended)
  const { redemptionId, certainty } = ended.visit
  print(`APPROVED ${redemptionId} ${certainty}`)
}

/** For whoever reads the console to see why nothing is approved. */
function refused(state: CounterState | null): void {
  const why = state?.visit.phase === 'refused' ? state.visit.reason : 'no end'
  print(`REFUSED ${why}, ${state?.connection.mode}`)
}

function print(line: string): void {
  appendFileSync('/dev/console', `${line}\n`)
}

const first = !existsSync(SERVER_DB)
tell({ type: 'onDisk', ...onDisk() })
const server = await startServer()
if (first) await giveCoupons(server.line)
const enrolled = existsSync(JOURNAL)
const counter = new CounterRig({
  serverUrl: server.line.url,
  dataDir: COUNTER,
  ...(enrolled ? {} : { enrolCode: await announceStation(server.line) }),
})
// Each waits for 20 s, which emulation may need to enrol and to copy.
const signedIn = (await counter.signIn()) ?? (await counter.signIn()) ?? (await counter.signIn())
if (!signedIn) throw new Error(`nobody could sign in: ${counter.failure} ${counter.errors} ${server.log()}`)
tell({ type: 'open' })
const customers = media()
for (let visit = 0; !counter.dead; visit += 1) {
  const customer = customers[visit % customers.length]
  if (customer) await serve(counter, customer)
  if (visit === 0 && process.env.OFFLINE === '1') await server.end('SIGKILL')
  await setTimeout(20)
}
throw new Error(`the counter died: ${counter.failure} ${counter.errors}`)
