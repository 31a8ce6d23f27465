import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, onTestFinished } from 'vitest'
import { announceStation } from '../../bin/embeddedServer.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { copiesCommand } from '../../server/commands/copies.ts'
import { openSqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../server/system.ts'
import { startFaultProxy } from '../rigs/faultProxy.ts'
import { acquire, approveCampaign, ask } from '../rigs/officeCalls.ts'
import { productEnvironment, ROOT } from '../rigs/program.ts'
import { firstRow, readInDatabase } from '../rigs/readInDatabase.ts'
import { RestartableServer } from '../rigs/restartableServer.ts'
import { CounterRig } from './counterRig.ts'
import { newMedium, objective } from './fixture.ts'

/** Processes of several programs on a machine that has other things to do. */
const PATIENCE_MS = 120_000
const USES = 5_000

interface Said {
  readonly code: number
  readonly said: string
}

const command = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, env: productEnvironment() }
    execFile(process.execPath, ['server/main.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    )
  })

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-backup-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** One customer at the counter, approved by the server; the redemption's id. */
async function serve(counter: CounterRig, medium: RawMedium): Promise<string> {
  await counter.send({ type: 'nextCustomer' })
  await counter.send({ type: 'useSampleBasket', basketId: counter.state.simulator?.baskets[0]?.basketId ?? '' })
  counter.tap(medium)
  const offers = await counter.until(({ visit }) => visit.phase === 'offers', PATIENCE_MS)
  if (offers?.visit.phase !== 'offers') throw new Error(`no offers: ${JSON.stringify(counter.state.visit)}`)
  await counter.send({ type: 'approve', select: 'best' })
  const approved = await counter.until(({ visit }) => visit.phase === 'approved', PATIENCE_MS)
  if (approved?.visit.phase !== 'approved') throw new Error(`not approved: ${JSON.stringify(counter.state.visit)}`)
  return approved.visit.redemptionId
}

async function startServer() {
  const dir = folder()
  const server = await RestartableServer.start(dir)
  onTestFinished(() => server.kill())
  return { dir, database: join(dir, 'server.db'), server }
}

/** A counter that reaches the server by this address, with somebody signed in, and a campaign for its customers. */
async function openShop(server: RestartableServer, serverUrl: string, dir: string) {
  const enrolCode = await announceStation(server.line())
  const counter = new CounterRig({ serverUrl, dataDir: join(dir, 'counter'), enrolCode })
  onTestFinished(async () => void (await counter.stop()))
  expect(await counter.signIn(PATIENCE_MS)).not.toBeNull()
  const campaignId = await approveCampaign(server.line(), {
    benefit: { kind: 'amount_off', amount: 30 },
    limits: { acquisitionUses: USES, holderAcquisitions: 1 },
  })
  return { counter, campaignId }
}

describe('a backup under load, restored after a crash', () => {
  it('holds whole redemptions; counters notice and send again what it lacks; nothing is lost or doubled', {
    timeout: 6 * PATIENCE_MS,
  }, async () => {
    const { dir, database, server } = await startServer()
    const { counter, campaignId } = await openShop(server, server.line().url, dir)
    const [busy, early, late] = [newMedium(), newMedium(), newMedium()]
    for (const medium of [busy, early, late]) await acquire(server.line(), campaignId, medium)
    const before = await serve(counter, early)

    const request = (redemptionId: string) => ({ redemptionId, medium: busy, objective: objective(), select: 'best' })
    const redeem = async (redemptionId: string): Promise<string> => {
      const { url, stations } = server.line()
      const answer = await ask(url, stations[0]?.token ?? '', 'POST', '/v1/redemptions', request(redemptionId))
      return ((await answer.json()) as { status: string }).status
    }
    const answered: string[] = []
    let isBusy = true
    const load = Array.from({ length: 2 }, async () => {
      while (isBusy && answered.length < USES - 500) {
        const redemptionId = uuidv7()
        if ((await redeem(redemptionId)) === 'approved') answered.push(redemptionId)
        await sleep(5)
      }
    })
    await expect.poll(() => answered.length, { timeout: PATIENCE_MS }).toBeGreaterThan(50)
    const atStart = [...answered]
    const backup = join(dir, 'backup.db')
    const made = await command('backup', backup, '--database', `sqlite:${database}`)
    expect(made).toMatchObject({ code: 0 })
    const atEnd = answered.length
    await expect.poll(() => answered.length, { timeout: PATIENCE_MS }).toBeGreaterThan(atEnd + 20)
    isBusy = false
    await Promise.all(load)

    // What was on disk before it began is in it, whole; and nothing beside it.
    const held = readInDatabase(backup, (db) => db.prepare('SELECT redemption_id FROM redemptions').pluck().all())
    for (const redemptionId of [...atStart, before]) expect(held).toContain(redemptionId)
    expect(readdirSync(dir).filter((name) => name.startsWith('backup'))).toEqual(['backup.db'])
    expect(await command('backup', backup, '--database', `sqlite:${database}`)).toMatchObject({ code: 1 })

    const after = await serve(counter, late)
    expect(held).not.toContain(after)
    expect(
      await counter.until(({ waiting, visit }) => waiting.count === 0 && visit.phase === 'approved'),
    ).not.toBeNull()
    const settled = () =>
      firstRow<{ n: number }>(database, "SELECT count(*) AS n FROM events WHERE type = 'redemption'").n
    await expect.poll(settled, { timeout: PATIENCE_MS }).toBe(2)

    // By where its copy is, past the backup, it will know that the server has forgotten something.
    const settledAt = Date.now()
    const copied = await counter.until(({ connection }) => (connection.replicaAsOf ?? 0) > settledAt, PATIENCE_MS)
    expect(copied).not.toBeNull()

    const refused = await command('restore', backup, '--database', `sqlite:${database}`)
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('a server works with this database') })
    await server.kill()
    const restored = await command('restore', backup, '--database', `sqlite:${database}`)
    expect(restored).toMatchObject({ code: 0 })
    expect(existsSync(JSON.parse(restored.said).before)).toBe(true)
    expect(firstRow(database, 'SELECT count(*) AS n FROM redemptions WHERE redemption_id = ?', after)).toEqual({ n: 0 })
    await server.restart()

    // The counter notices by itself, and its journal arrives again.
    await expect.poll(settled, { timeout: PATIENCE_MS }).toBe(2)
    const stateOf = (redemptionId: string) =>
      firstRow(database, 'SELECT status, state FROM redemptions WHERE redemption_id = ?', redemptionId)
    expect(stateOf(before)).toEqual({ status: 'approved', state: 'active' })
    expect(stateOf(after)).toEqual({ status: 'approved', state: 'active' })
    // Whoever keeps no journal sends its requests again: each counts once, whether the backup knew it or not.
    expect(new Set(await Promise.all(answered.map(redeem)))).toEqual(new Set(['approved']))
    const usesLeft = readInDatabase(database, (db) =>
      db.prepare('SELECT uses_left FROM acquisitions WHERE campaign_id = ? ORDER BY uses_left').pluck().all(campaignId),
    )
    expect(usesLeft).toEqual([USES - answered.length, USES - 1, USES - 1])
    // And the counter goes on.
    expect(await counter.until(({ connection }) => connection.mode === 'online', PATIENCE_MS)).not.toBeNull()
    expect(stateOf(await serve(counter, early))).toEqual({ status: 'approved', state: 'active' })
  })
})

describe("a server restored from a backup that the counter's copy is not past", () => {
  it('the counter knows it by the number of its last event, says so, and sends again what is gone: all of it, once', {
    timeout: 6 * PATIENCE_MS,
  }, async () => {
    const { dir, database, server } = await startServer()
    const proxy = await startFaultProxy(server.line().url)
    onTestFinished(() => proxy.close())
    const { counter, campaignId } = await openShop(server, proxy.url, dir)
    const [early, late, alone] = [newMedium(), newMedium(), newMedium()]
    for (const medium of [early, late, alone]) await acquire(server.line(), campaignId, medium)
    const before = await serve(counter, early)
    const settled = () =>
      firstRow<{ n: number }>(database, "SELECT count(*) AS n FROM events WHERE type = 'redemption'").n
    await expect.poll(settled, { timeout: PATIENCE_MS }).toBe(1)
    const asOf = Date.now()
    expect(await counter.until(({ connection }) => (connection.replicaAsOf ?? 0) > asOf, PATIENCE_MS)).not.toBeNull()

    // From here on the copy stands still.
    const copyStands = () =>
      proxy.plan(({ path }) => ({ kind: path.startsWith('/v1/sync/changes') ? 'holdRequest' : 'pass' }))
    copyStands()
    await expect.poll(() => proxy.pending(), { timeout: PATIENCE_MS }).toBeGreaterThan(0)
    const backup = join(dir, 'backup.db')
    expect(await command('backup', backup, '--database', `sqlite:${database}`)).toMatchObject({ code: 0 })

    const after = await serve(counter, late)
    proxy.plan(() => ({ kind: 'dropRequest' }))
    const stored = await serve(counter, alone)
    expect(counter.state.visit).toMatchObject({ phase: 'approved', certainty: 'stored' })
    copyStands()
    await expect.poll(settled, { timeout: PATIENCE_MS }).toBe(3)
    expect(await counter.until(({ waiting }) => waiting.count === 0, PATIENCE_MS)).not.toBeNull()

    await server.kill()
    expect(await command('restore', backup, '--database', `sqlite:${database}`)).toMatchObject({ code: 0 })
    const redemptions = () =>
      readInDatabase(database, (db) => db.prepare('SELECT redemption_id FROM redemptions ORDER BY 1').pluck().all())
    expect(redemptions()).toEqual([before])
    await server.restart()
    proxy.plan(() => ({ kind: 'pass' }))

    const says = ({ notices }: CounterState) => notices.some(({ code }) => code === 'server_restored')
    expect(await counter.until(says, PATIENCE_MS)).not.toBeNull()
    await expect.poll(settled, { timeout: PATIENCE_MS }).toBe(3)
    const noted = "SELECT count(*) AS n FROM events WHERE type = 'policy' AND event LIKE '%server_restored%'"
    await expect.poll(() => firstRow(database, noted), { timeout: PATIENCE_MS }).toEqual({ n: 1 })
    expect(redemptions()).toEqual([before, after, stored].toSorted())
    const uses = 'SELECT count(*) AS n, sum(uses_left) AS uses FROM acquisitions WHERE campaign_id = ?'
    expect(firstRow(database, uses, campaignId)).toEqual({ n: 3, uses: 3 * USES - 3 })
    expect(firstRow(database, 'SELECT count(*) AS n FROM conflicts')).toEqual({ n: 0 })
    expect(await counter.until(({ waiting }) => waiting.count + waiting.quarantined === 0, PATIENCE_MS)).not.toBeNull()
  })
})

describe('restore', () => {
  const copies = (command: string, file: string, dir: string) =>
    copiesCommand([command, file, '--database', `sqlite:${join(dir, 'server.db')}`], {}, clock, ids)
  /** A database with its keys. */
  const made = async (dir: string): Promise<void> => {
    await openSqliteCouponStore({ path: join(dir, 'server.db'), ids }).close()
    for (const name of ['server.db.key', 'server.db.secret-key']) writeFileSync(join(dir, name), '{}')
  }

  it('refuses what is no backup, and leaves what is there', async () => {
    const dir = folder()
    await made(dir)
    const rubbish = join(dir, 'rubbish')
    writeFileSync(rubbish, 'x'.repeat(8_192))
    const before = readdirSync(dir)
    await expect(copies('restore', rubbish, dir)).rejects.toThrow('no coupon database')
    await expect(copies('restore', join(dir, 'nothing'), dir)).rejects.toThrow('there is no file')
    expect(readdirSync(dir)).toEqual(before)
  })

  it('refuses a database that somebody works with, and one whose keys are not there', async () => {
    const dir = folder()
    await made(dir)
    const backup = join(folder(), 'backup.db')
    const running = openSqliteCouponStore({ path: join(dir, 'server.db'), ids })
    await copies('backup', backup, dir)
    await expect(copies('restore', backup, dir)).rejects.toThrow('a server works with this database')
    await running.probe()
    await running.close()
    const elsewhere = folder()
    // No medium would ever be found again.
    await expect(copies('restore', backup, elsewhere)).rejects.toThrow('its key is missing')
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('takes the place of a database that is damaged, keeps that beside it, and begins a new epoch', async () => {
    const dir = folder()
    await made(dir)
    const backup = join(folder(), 'backup.db')
    await copies('backup', backup, dir)
    writeFileSync(join(dir, 'server.db'), 'burnt')
    expect(await copies('restore', backup, dir)).toMatchObject({ before: expect.stringContaining('.before-') })
    const kept = readdirSync(dir).find((name) => name.includes('.before-'))
    expect(readFileSync(join(dir, String(kept)), 'utf8')).toBe('burnt')
    const epochs = (path: string) =>
      readInDatabase(path, (db) => db.prepare('SELECT epoch FROM feed_epochs').pluck().all())
    expect(epochs(join(dir, 'server.db'))).not.toEqual(epochs(backup))
  })
})
