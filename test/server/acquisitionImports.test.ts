import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvParts } from '../../core/acquisition/csvParts.ts'
import { type ImportProgress, MOST_ROWS } from '../../core/contract/acquisitionImports.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const planner = () => server.operators.planner.token
const post = (path: string, body: object = {}, token = planner()) =>
  server.ask('POST', `/v1/acquisition-imports${path}`, body, token)

/** Sends a file part by part as a program would; answers the last progress. */
async function send(importId: string, text: string, announced: object = {}): Promise<ImportProgress> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536)
  }
  let next = 1
  for await (const part of csvParts(pieces(), MOST_ROWS)) {
    if ('header' in part) {
      expect((await post('', { importId, header: part.header, ...announced })).status).toBe(200)
      continue
    }
    expect((await post(`/${importId}/rows`, part)).status).toBe(200)
    next = part.firstRow + part.lines.length
  }
  return (await post(`/${importId}/rows`, { firstRow: next, lines: [], last: true })).body
}

const report = async (importId: string): Promise<string> =>
  (await server.ask('GET', `/v1/acquisition-imports/${importId}/report`, undefined, planner())).body

describe('a list of acquisitions', () => {
  it('gives what is good, and names every bad row by number and reason, never by what was in it', async () => {
    const campaignId = await server.campaign({ acquire: { by: 'given' } })
    const [known, fresh] = [newMedium(), newMedium()]
    await server.coupon(await server.campaign(), known)
    const lines = [
      'type,identifier,campaign_id',
      `felica-idm,${known.identifier},`,
      `felica-idm,${fresh.identifier},${campaignId}`,
      `felica-idm,${fresh.identifier},`,
      'felica-idm,nonsense,',
      'paper,12345678,',
      `felica-idm,${newMedium().identifier},${uuidv7()}`,
      '"unclosed,1,',
      'card-token,4111111111111111,',
    ]
    const importId = uuidv7()
    const progress = await send(importId, lines.join('\n'), { campaignId })
    expect(progress).toMatchObject({ state: 'finished', acquired: 2, bad: 6, nextRow: 9 })
    expect(await report(importId)).toBe(
      [
        'row,reason',
        '3,holder_limit_reached',
        '4,medium_unreadable',
        '5,unknown_medium_type',
        '6,no_such_campaign',
        '7,quote_not_closed',
        '8,medium_unreadable',
        '',
      ].join('\r\n'),
    )
    expect((await server.search(fresh)).usable).toMatchObject([{ campaignId }])
    expect((await server.search(known)).usable).toHaveLength(2)
  })

  it('as a dry run says the same and changes nothing, limits and repeated rows included', async () => {
    const campaignId = await server.campaign({ limits: { acquisitionUses: 1, holderAcquisitions: 1, circulation: 2 } })
    const media = [newMedium(), newMedium(), newMedium()]
    const rows = [media[0], media[0], media[1], media[2]].map((medium) => `felica-idm,${medium?.identifier}`)
    const text = ['type,identifier', ...rows].join('\r\n')
    const dry = await send(uuidv7(), text, { campaignId, dryRun: true })
    expect(dry).toMatchObject({
      acquired: 2,
      reasons: { holder_limit_reached: 1, campaign_limit_reached: 1 },
    })
    for (const medium of media) expect((await server.search(medium)).unusable[0]?.reason).toBe('medium_unknown')
    const real = await send(uuidv7(), text, { campaignId })
    expect({ acquired: real.acquired, reasons: real.reasons }).toEqual({ acquired: dry.acquired, reasons: dry.reasons })
  })

  it('goes on where it stopped, whatever is sent again, and stops when it is cancelled', async () => {
    const campaignId = await server.campaign()
    const importId = uuidv7()
    const header = 'type,identifier'
    await post('', { importId, header, campaignId, rows: 3 })
    const lines = [newMedium(), newMedium()].map(({ identifier }) => `felica-idm,${identifier}`)
    const part = { firstRow: 1, lines }
    expect((await post(`/${importId}/rows`, part)).body).toMatchObject({ acquired: 2, nextRow: 3, rows: 3 })
    expect((await post(`/${importId}/rows`, part)).body).toMatchObject({ acquired: 2, nextRow: 3, bad: 0 })
    const overlapping = { firstRow: 2, lines: [lines[1], `felica-idm,${newMedium().identifier}`] }
    expect((await post(`/${importId}/rows`, overlapping)).body).toMatchObject({ acquired: 3, nextRow: 4 })
    expect((await post(`/${importId}/rows`, { firstRow: 9, lines })).status).toBe(409)
    expect((await post(`/${importId}/rows`, { firstRow: 1_000_000, lines })).body.detail).toContain('begin another one')
    expect((await post(`/${importId}/rows`, { firstRow: 1_000_001, lines: [] })).status).toBe(409)
    expect((await post('', { importId, header, campaignId })).body).toMatchObject({ nextRow: 4 })
    expect((await post('', { importId, header, campaignId, dryRun: true })).status).toBe(409)
    expect((await post(`/${importId}/cancel`)).body.state).toBe('cancelled')
    expect((await post(`/${importId}/rows`, { firstRow: 4, lines })).status).toBe(409)
  })

  it('is refused in words when its header says too little, and to whoever may not', async () => {
    const answer = await post('', { importId: uuidv7(), header: 'type,identifier' })
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toContain('campaign_id')
    expect(
      (await post('', { importId: uuidv7(), header: 'holder_id,campaign_id' }, server.operators.cashier.token)).status,
    ).toBe(403)
  })

  it('of 20,000 rows lets redemptions go on between its parts', { timeout: 120_000 }, async () => {
    const campaignId = await server.campaign()
    const customer = newMedium()
    await server.coupon(await server.campaign(), customer)
    const rows = Array.from({ length: 20_000 }, (_, row) => `barcode,29${String(row).padStart(11, '0')}`)
    rows[9_999] = 'barcode,'
    const sending = send(uuidv7(), ['type,identifier', ...rows].join('\n'), { campaignId })
    const meanwhile = server.redeem(customer)
    expect((await meanwhile).body.status).toBe('approved')
    expect(await sending).toMatchObject({ acquired: 19_999, bad: 1, reasons: { no_identifier: 1 } })
  })
})
