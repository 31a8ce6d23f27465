import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HASH_KEYS, newMedium, objective, testServer } from './fixture.ts'
import { type ServerProcess, startServer } from './serverProcess.ts'

const ROUNDS = 5
const LANES = 16

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-kill-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('kill -9 in the middle of redemptions', () => {
  it('whatever was answered is there exactly once, and nothing is half there', async () => {
    const path = join(folder, 'server.db')
    const prepared = await testServer({ path })
    const token = prepared.stations.north ?? ''
    const media = Array.from({ length: LANES }, newMedium)
    for (let campaign = 0; campaign < 2; campaign++) {
      const limits = { acquisitionUses: 100_000, holderAcquisitions: 1, campaignUses: 1_000_000 }
      const campaignId = await prepared.campaign({ limits })
      for (const medium of media) await prepared.coupon(campaignId, medium)
    }
    await prepared.close()

    const approved = new Map<string, string[]>()
    const undone = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      const key = Buffer.from(HASH_KEYS[0]!.key).toString('hex')
      const server = await startServer(['--database', `sqlite:${path}`], { TAPCOUPON_MEDIUM_HASH_KEY: `1:${key}` })
      const enough = approved.size + 20 + Math.floor(Math.random() * 60)
      let ended: ReturnType<ServerProcess['end']> | null = null
      const post = async (url: string, body: object) => {
        const response = await fetch(server.line.url + url, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
        return { status: response.status, body: await response.json() }
      }
      const lane = async (number: number): Promise<void> => {
        for (;;) {
          const redemptionId = uuidv7()
          const request = { redemptionId, medium: media[number], objective: objective(), select: 'best' }
          const { body } = await post('/v1/redemptions', request)
          approved.set(
            redemptionId,
            body.lines.map((line: { acquisitionId: string }) => line.acquisitionId),
          )
          if (approved.size >= enough) ended ??= server.end('SIGKILL')
          if (number % 3 > 0) continue
          const rolledBack = await post(`/v1/redemptions/${redemptionId}/rollback`, {
            rollbackId: uuidv7(),
            reason: 'x',
          })
          if (rolledBack.status === 200) undone.add(redemptionId)
        }
      }
      // Each lane ends when its connection does.
      await Promise.allSettled(Array.from({ length: LANES }, (_, number) => lane(number)))
      expect(await ended).toMatchObject({ signal: 'SIGKILL' })
    }
    expect(approved.size).toBeGreaterThanOrEqual(ROUNDS * 20)
    expect(undone.size).toBeGreaterThan(0)

    const db = new Sqlite(path)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    const linesOf = db.prepare('SELECT acquisition_id, state FROM redemption_lines WHERE redemption_id = ? ORDER BY 1')
    for (const [redemptionId, acquisitionIds] of approved) {
      const lines = linesOf.all(redemptionId) as { acquisition_id: string; state: string }[]
      expect(lines.map((line) => line.acquisition_id)).toEqual([...acquisitionIds].sort())
      if (undone.has(redemptionId)) expect(lines.map((line) => line.state)).toEqual(lines.map(() => 'rolled_back'))
    }
    // Every use that is gone is a counted line, and every counted line is a use that is gone.
    const counted = db.prepare("SELECT count(*) FROM redemption_lines WHERE state = 'counted'").pluck().get()
    const gone = db.prepare('SELECT sum(100000 - uses_left) FROM acquisitions').pluck().get()
    expect(gone).toBe(counted)
    expect(db.prepare('SELECT sum(uses) FROM campaign_usage').pluck().get()).toBe(counted)
    db.close()
  })
})
