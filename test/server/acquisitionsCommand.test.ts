import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acquisitionsCommand } from '../../server/commands/acquisitions.ts'
import { systemIds as ids } from '../../server/system.ts'
import { HASH_KEYS, newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
let folder = ''
let campaignId = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-list-'))
  server = await testServer({ path: ':memory:' })
  campaignId = await server.campaign({ acquire: { by: 'given' } })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const fileOf = (lines: readonly string[]): string => {
  const path = join(folder, `${uuidv7()}.csv`)
  writeFileSync(path, `${lines.join('\r\n')}\r\n`)
  return path
}
const issued = async () => (await server.store.campaignUses()).get(campaignId)?.issued ?? 0

async function run(...args: string[]) {
  const bad: string[] = []
  const { store, clock } = server
  const parts = { store, clock, ids, hashKeys: HASH_KEYS, bad: (line: string) => bad.push(line) }
  return { list: await acquisitionsCommand(args, parts), bad }
}

describe('the command that reads a list', () => {
  const media = Array.from({ length: 600 }, () => newMedium())
  const lines = media.map(({ identifier }, index) => `felica-idm,${index % 200 === 199 ? 'nonsense' : identifier}`)
  const path = () => fileOf(['type,identifier', ...lines])

  it('says what would become of every row, then gives it, and names each bad row', async () => {
    const dry = await run(path(), '--campaign', campaignId, '--dry-run')
    expect(dry.list).toMatchObject({ state: 'finished', dryRun: true, acquired: 597, bad: 3, startedByName: null })
    expect(await issued()).toBe(0)
    const real = await run(path(), '--campaign', campaignId)
    expect(real.list).toMatchObject({ state: 'finished', dryRun: false, acquired: 597, bad: 3 })
    expect(real.bad.map((line) => line.split(',')[0])).toEqual(['200', '400', '600'])
    expect(real.bad.join()).not.toContain('nonsense')
    expect(real.bad).toEqual(dry.bad)
    expect(await issued()).toBe(597)
  })

  it('goes on with a list that was cut off, and gives nothing twice', async () => {
    const list = uuidv7()
    const fresh = Array.from({ length: 300 }, () => `felica-idm,${newMedium().identifier}`)
    const whole = fileOf(['type,identifier', ...fresh])
    const before = await issued()
    const first = await run(whole, '--campaign', campaignId, '--list', list)
    const again = await run(whole, '--campaign', campaignId, '--list', list)
    expect(again.list).toEqual(first.list)
    expect(await issued()).toBe(before + 300)
  })

  it('is written down as the command line’s', async () => {
    const { entries } = (
      await server.ask('GET', '/v1/audit?action=acquisition-import&limit=1', undefined, server.operators.auditor.token)
    ).body
    expect(entries[0]).toMatchObject({ action: 'acquisition-import.start', actor: { kind: 'command' } })
  })

  it.each([
    ['no file', () => [], 'takes one file'],
    ['an empty file', () => [fileOf([])], 'column 1 is none of'],
    ['a header that says too little', () => [fileOf(['type,identifier', 'qr,1'])], 'there must be campaign_id'],
    ['a campaign that is not there', () => [path(), '--campaign', uuidv7()], 'no campaign has this id'],
    ['a store that is not there', () => [path(), '--campaign', campaignId, '--store', 'moon'], 'no store has this id'],
    ['what is no id', () => [path(), '--campaign', 'x'], 'x is no id'],
  ])('refuses %s in words', async (_, args, words) => {
    await expect(run(...args())).rejects.toThrow(words)
  })
})
