import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROOT } from '../rigs/program.ts'
import { objective } from './fixture.ts'
import { type ServerProcess, startServer } from './serverProcess.ts'

const FAILING_SYNC = pathToFileURL(join(ROOT, 'test/rigs/failingSync.mjs')).href
const LONG = 240_000

let folder: string
let running: ServerProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-disk-'))
  running = []
})
afterEach(async () => {
  for (const server of running) await server.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const start = async (env: NodeJS.ProcessEnv = {}) => {
  const server = await startServer(['--database', `sqlite:${join(folder, 'server.db')}`, '--demo'], env)
  running.push(server)
  const { media, stations, url } = server.line
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${stations[0].token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  const redemption = (nth: number) => {
    const { type, identifier } = media[nth]
    return { redemptionId: uuidv7(), medium: { type, identifier }, objective: objective(2_000), select: 'best' }
  }
  const redeem = (request: object) => ask('POST', '/v1/redemptions', request)
  return { ...server, ask, redeem, redemption }
}

describe('a disk that does not keep what was committed', () => {
  it(
    'nobody is told that anything is approved, the server ends, and goes on with what it finds',
    async () => {
      const fails = join(folder, 'disk-fails')
      const first = await start({ NODE_OPTIONS: `--import ${FAILING_SYNC}`, TEST_DISK_FAILS: fails })
      const kept = first.redemption(0)
      expect(await first.redeem(kept)).toMatchObject({ status: 200, body: { status: 'approved' } })
      const ended = new Promise<number | null>((resolve) => first.process.once('exit', resolve))

      writeFileSync(fails, '')
      const unsure = first.redemption(1)
      expect(await first.redeem(unsure)).toMatchObject({ status: 503, body: { title: 'Not available now' } })
      expect(await ended).not.toBe(0)
      // A process may be gone before all that it said has come.
      await expect.poll(first.log, { timeout: 60_000 }).toContain('the disk did not keep what was committed')

      const second = await start()
      expect(await second.ask('GET', `/v1/redemptions/${kept.redemptionId}`)).toMatchObject({
        status: 200,
        body: { status: 'approved', state: 'active' },
      })
      // The same request again is decided once, whether its first time was kept or not.
      const decided = await second.redeem(unsure)
      expect(decided.status).toBe(200)
      expect(await second.redeem(unsure)).toEqual(decided)
    },
    LONG,
  )
})

describe.skipIf(process.platform !== 'linux')('a disk that is full', () => {
  it(
    'is a refusal that changes nothing, and the server goes on as soon as there is room again',
    async () => {
      const server = await start()
      expect((await server.redeem(server.redemption(1))).status).toBe(200)
      // Whatever the process writes beyond the first byte of a file is refused.
      const room = (bytes: number | string) =>
        execFileSync('prlimit', [`--fsize=${bytes}:unlimited`, '--pid', String(server.process.pid)])
      room(1)

      const request = server.redemption(0)
      expect(await server.redeem(request)).toMatchObject({ status: 503, body: { title: 'Not available now' } })
      expect((await server.ask('GET', `/v1/redemptions/${request.redemptionId}`)).status).toBe(404)
      expect((await server.ask('GET', '/readyz')).status).toBe(503)

      room('unlimited')
      expect(await server.redeem(request)).toMatchObject({ status: 200, body: { status: 'approved' } })
      // What was found a moment ago is believed for a second.
      await expect.poll(async () => (await server.ask('GET', '/readyz')).status, { timeout: 60_000 }).toBe(200)
    },
    LONG,
  )
})
