import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ServerProcess, startServer } from './serverProcess.ts'

let folder: string
let running: ServerProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-process-'))
  running = []
})
afterEach(async () => {
  for (const server of running) await server.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const start = async (args: string[] = [], env: NodeJS.ProcessEnv = {}) => {
  const server = await startServer(['--database', `sqlite:${join(folder, 'server.db')}`, ...args], env)
  running.push(server)
  return server
}
const post = (server: ServerProcess, path: string, body: object, token: string) =>
  fetch(server.line.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const objective = {
  currency: 'JPY',
  items: [{ lineId: '1', category: 'deli', unitPrice: 2_000, lineTotal: 2_000 }],
  total: 2_000,
}

describe('npm run server', () => {
  it('prints one line of JSON: with --demo people, stations and media that work', async () => {
    const server = await start(['--demo'])
    const { url, pid, operators, stations, media } = server.line
    expect(pid).toBe(server.process.pid)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const roles = operators.map(({ role }: { role: string }) => role)
    expect(roles).toEqual(expect.arrayContaining(['planner', 'approver', 'admin', 'manager', 'cashier']))
    expect(stations.length).toBeGreaterThanOrEqual(3)
    expect(media.length).toBeGreaterThanOrEqual(40)
    const { type, identifier } = media[0]
    const found = await post(server, '/v1/search', { medium: { type, identifier }, objective }, stations[0].token)
    expect(((await found.json()) as { usable: unknown[] }).usable.length).toBeGreaterThan(0)
    expect(
      server
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{')),
    ).toHaveLength(1)
  })

  it('starts again on the same database: nothing twice, what was used stays used, old tokens are gone', async () => {
    const first = await start(['--demo'])
    const { media, stations } = first.line
    const { type, identifier } = media[0]
    const request = { redemptionId: uuidv7(), medium: { type, identifier }, objective, select: 'best' }
    const answer = await (await post(first, '/v1/redemptions', request, stations[0].token)).json()
    expect(answer).toMatchObject({ status: 'approved' })
    const before = await (
      await fetch(`${first.line.url}/v1/sync/changes`, { headers: { authorization: `Bearer ${stations[0].token}` } })
    ).json()
    expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null })
    // A clean end leaves no write-ahead log behind.
    expect(existsSync(join(folder, 'server.db-wal'))).toBe(false)

    const second = await start(['--demo'])
    expect(second.line.media).toEqual(media)
    expect((await post(second, '/v1/search', {}, stations[0].token)).status).toBe(401)
    const again = await post(second, '/v1/redemptions', request, second.line.stations[0].token)
    expect(await again.json()).toEqual(answer)
    const after = await (
      await fetch(`${second.line.url}/v1/sync/changes`, {
        headers: { authorization: `Bearer ${second.line.stations[0].token}` },
      })
    ).json()
    const count = (page: unknown, kind: string) =>
      (page as { changes: { kind: string }[] }).changes.filter((change) => change.kind === kind).length
    for (const kind of ['campaign', 'medium', 'acquisition', 'operator'])
      expect(count(after, kind)).toBe(count(before, kind))
  })

  it('keeps its hash key in a file for its owner only, or takes it from the environment', async () => {
    const server = await start()
    expect(server.line).toEqual({ url: expect.any(String), pid: server.process.pid })
    const keyFile = join(folder, 'server.db.key')
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    const key = JSON.parse(readFileSync(keyFile, 'utf8')).keys[0].key
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    await server.end('SIGTERM')
    await expect(start([], { TAPCOUPON_MEDIUM_HASH_KEY: 'secret-but-wrong' })).rejects.toThrow(/must look like/)
    await expect(start([], { TAPCOUPON_MEDIUM_HASH_KEY: 'secret-but-wrong' })).rejects.not.toThrow(/secret-but-wrong/)
    const second = await start([], { TAPCOUPON_MEDIUM_HASH_KEY: `1:${key}` })
    expect((await fetch(`${second.line.url}/readyz`)).status).toBe(200)
  })

  it('says in one line what is wrong with its options or its database', async () => {
    await expect(start(['--prot', '1'])).rejects.toThrow(/ended with 2.*--prot/s)
    await expect(start(['--database', 'mysql://x'])).rejects.toThrow(/ended with 2.*--database/s)
    const db = new Sqlite(join(folder, 'server.db'))
    db.pragma('user_version = 9999')
    db.close()
    await expect(start()).rejects.toThrow(/ended with 1.*schema version 9999/s)
  })

  it('logs nothing that identifies anybody', async () => {
    const server = await start(['--demo', '--log-level', 'debug'])
    const { stations, operators, media } = server.line
    const { identifier, type } = media[0]
    await post(server, '/v1/search', { medium: { type, identifier }, objective }, stations[0].token)
    await post(server, `/v1/search?medium=${identifier}`, { medium: { type: 'x', identifier } }, stations[0].token)
    await post(server, '/v1/sessions', { name: operators[0].name, pin: '8642' }, '')
    await post(server, `/v1/${identifier}`, {}, stations[0].token)
    await server.end('SIGTERM')
    const stderr = server.log()
    expect(stderr).toContain('"route":"/v1/search"')
    for (const secret of [identifier, stations[0].token, operators[0].token, '8642'])
      expect(stderr).not.toContain(secret)
  })
})
