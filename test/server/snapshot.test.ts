import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChangesResponse } from '../../core/contract/changes.ts'
import { REPLICA_SCHEMA_VERSION } from '../../core/replica/schema.ts'
import { DAY, newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
let folder: string
beforeEach(async () => {
  server = await testServer()
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-snapshot-'))
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A server that is still making a snapshot says so after a while; whoever wants it asks again. */
const MADE_WITHIN_MS = 150_000

const ask = async (headers: Record<string, string> = {}, query = '', token = server.stations.north ?? '') => {
  const until = performance.now() + MADE_WITHIN_MS
  for (;;) {
    const answer = await server.app.inject({
      method: 'GET',
      url: `/v1/sync/snapshot${query}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
    if (answer.statusCode !== 503 || performance.now() > until) return answer
    await sleep(100)
  }
}

/** Opens what a snapshot holds. */
const inside = (packed: Buffer) => {
  const path = join(folder, `${readdirSync(folder).length}.db`)
  writeFileSync(path, zstdDecompressSync(packed))
  return new Sqlite(path, { readonly: true })
}
const count = (db: Sqlite.Database, table: string) =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()

describe('GET /v1/sync/snapshot', { timeout: 2 * MADE_WITHIN_MS }, () => {
  it('is a replica of now, with its digest and the place from which changes go on', async () => {
    const campaignId = await server.campaign()
    await server.coupon(campaignId, newMedium())
    const askedAt = server.clock.now()
    const answer = await ask()
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zstd',
      'accept-ranges': 'bytes',
      'content-length': String(answer.rawPayload.length),
      'tapcoupon-replica-schema': String(REPLICA_SCHEMA_VERSION),
    })
    const sha256 = createHash('sha256').update(answer.rawPayload).digest('base64')
    expect(answer.headers['repr-digest']).toBe(`sha-256=:${sha256}:`)
    const db = inside(answer.rawPayload)
    expect(db.pragma('user_version', { simple: true })).toBe(REPLICA_SCHEMA_VERSION)
    expect(['campaign', 'holder', 'medium', 'acquisition'].map((table) => count(db, table))).toEqual([1, 1, 1, 1])
    const place = db.prepare<[], { cursor: string; change_seq: number; as_of: number }>('SELECT * FROM position').get()
    expect(String(place?.change_seq)).toBe(answer.headers['tapcoupon-change-seq'])
    expect(place?.as_of).toBeGreaterThanOrEqual(askedAt)
    expect(place?.as_of).toBeLessThanOrEqual(server.clock.now())

    await server.coupon(campaignId, newMedium())
    const changes = await changesSince(place?.cursor ?? '')
    const kinds = changes.map(({ kind }) => kind).sort()
    // The station's own comes with the first changes: many stations share the file.
    expect(kinds).toEqual(['acquisition', 'medium', 'station'])
  })

  it('goes on where it was cut, as long as it is the same file', async () => {
    await server.coupon(await server.campaign(), newMedium())
    const whole = await ask()
    const etag = String(whole.headers.etag)
    const total = whole.rawPayload.length
    const first = await ask({ range: 'bytes=0-99' })
    expect(first.statusCode).toBe(206)
    expect(first.headers['content-range']).toBe(`bytes 0-99/${total}`)
    // Whatever has changed since: the file that was begun is still there.
    await server.coupon(await server.campaign(), newMedium())
    const rest = await ask({ range: 'bytes=100-', 'if-range': etag })
    expect(rest.statusCode).toBe(206)
    expect(rest.headers.etag).toBe(etag)
    expect(Buffer.concat([first.rawPayload, rest.rawPayload]).equals(whole.rawPayload)).toBe(true)
    const other = await ask({ range: 'bytes=100-', 'if-range': '"gone"' })
    expect(other.statusCode).toBe(200)
    expect(other.rawPayload.length).toBe(Number(other.headers['content-length']))
    expect((await ask({ range: `bytes=${total}-` })).statusCode).toBe(416)
    expect((await ask({ range: 'lines=1-2' })).statusCode).toBe(200)
  })

  it('is gzip for whom zstd is foreign, and nothing for whom both are', async () => {
    const answer = await ask({ accept: 'application/gzip' })
    expect(answer.headers['content-type']).toBe('application/gzip')
    expect(gunzipSync(answer.rawPayload).subarray(0, 15).toString()).toBe('SQLite format 3')
    expect((await ask({ accept: 'text/html' })).statusCode).toBe(406)
  })

  it('is made once for all who ask at the same time, and again when it has become old', async () => {
    const etags = async () =>
      (await Promise.all([ask(), ask(), ask({}, '', server.stations.south)])).map((a) => a.headers.etag)
    const first = await etags()
    expect(new Set(first).size).toBe(1)
    await server.coupon(await server.campaign(), newMedium())
    expect(await etags()).toEqual(first)
    server.clock.advance(60 * 60_000)
    expect(new Set([...first, ...(await etags())]).size).toBe(2)
  })

  it('contains what a station has seen already, however fresh the one at hand is', async () => {
    const before = await ask()
    await server.coupon(await server.campaign(), newMedium())
    const position = await server.store.changePosition()
    const answer = await ask({}, `?atLeast=${position}`)
    expect(Number(answer.headers['tapcoupon-change-seq'])).toBe(position)
    expect(answer.headers.etag).not.toBe(before.headers.etag)
    const foreign = await ask({}, `?atLeast=${position + 1}`)
    expect(foreign.statusCode).toBe(410)
    expect(foreign.json()).toMatchObject({ reason: 'cursor_foreign' })
  })

  it('is for stations', async () => {
    expect((await ask({ authorization: 'Bearer nobody' })).statusCode).toBe(401)
    expect((await ask({}, '', server.operators.admin.token)).statusCode).toBe(403)
  })

  it('a cursor of a copy that is too old is gone, by name', async () => {
    const { cursor } = ChangesResponse.parse((await server.ask('GET', '/v1/sync/changes')).body)
    server.clock.advance(31 * DAY)
    const gone = await server.ask('GET', `/v1/sync/changes?cursor=${cursor}`)
    expect(gone).toMatchObject({ status: 410, body: { reason: 'cursor_expired', reasonGroup: 'integration' } })
  })
})

async function changesSince(cursor: string) {
  const changes = []
  for (let at = cursor; ; ) {
    const page = ChangesResponse.parse((await server.ask('GET', `/v1/sync/changes?cursor=${at}`)).body)
    changes.push(...page.changes)
    if (!page.more) return changes
    at = page.cursor
  }
}
