import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RedemptionPage } from '../../core/contract/redemptionList.ts'
import { CampaignReport, DayReport, StoreReport } from '../../core/contract/reports.ts'
import { StationList } from '../../core/contract/stationList.ts'
import { DAY, newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const get = (path: string, role: keyof TestServer['operators'] = 'admin') =>
  server.ask('GET', path, undefined, server.operators[role].token)

/** The stores' business day of an instant: Tokyo, from four in the morning on. */
const businessDay = (at: number) => new Date(at + 5 * 3_600_000).toISOString().slice(0, 10)
const range = () => `from=${businessDay(server.clock.now() - 2 * DAY)}&until=${businessDay(server.clock.now() + DAY)}`

/** A campaign's figures of the last days. */
async function figures(campaignId: string, more = '') {
  const { body } = await get(`/v1/reports/campaigns?${range()}&campaignId=${campaignId}${more}`)
  return CampaignReport.parse(body).campaigns[0]
}

describe('figures', () => {
  it('count what was issued, taken and redeemed, what it cost, and not what was undone', async () => {
    const campaignId = await server.campaign({ limits: { campaignValue: 10_000 } } as never)
    const media = [newMedium(), newMedium(), newMedium()]
    for (const medium of media) await server.coupon(campaignId, medium)
    const redeemed = []
    for (const medium of media.slice(0, 2)) redeemed.push((await server.redeem(medium)).body)
    expect(await figures(campaignId)).toMatchObject({
      issued: 3,
      acquired: 3,
      redeemed: 2,
      discount: 200,
      rolledBack: 0,
      expired: 0,
      use: { uses: 2, value: 200, issued: 3 },
      budget: { campaignValue: 10_000, campaignUses: null },
    })
    const rollback = { rollbackId: uuidv7(), reason: 'a mistake' }
    await server.ask('POST', `/v1/redemptions/${redeemed[0].redemptionId}/rollback`, rollback)
    expect(await figures(campaignId)).toMatchObject({ redeemed: 1, discount: 100, rolledBack: 1, use: { value: 100 } })
  })

  it('are kept apart by store and by business day, and every day of the range has its line', async () => {
    const campaignId = await server.campaign()
    const medium = newMedium()
    await server.coupon(campaignId, medium)
    await server.redeem(medium, {}, server.stations.south)
    const stores = StoreReport.parse((await get(`/v1/reports/stores?${range()}&campaignId=${campaignId}`)).body).stores
    expect(stores).toMatchObject([
      { storeId: 'south', name: 'Store south', redeemed: 1, acquired: 0 },
      { storeId: 'north', redeemed: 0, acquired: 1, issued: 1 },
    ])
    const { days, total } = DayReport.parse((await get(`/v1/reports/days?${range()}&campaignId=${campaignId}`)).body)
    expect(days).toHaveLength(4)
    expect(days.find((one) => one.redeemed > 0)?.day).toBe(businessDay(server.clock.now()))
    expect(total).toMatchObject({ issued: 1, redeemed: 1, discount: 100 })
    expect(await figures(campaignId, '&storeId=south')).toMatchObject({ redeemed: 1, acquired: 0 })
  })

  it('say what expired when a campaign is over', async () => {
    const until = new Date(server.clock.now() + 3_600_000).toISOString()
    const campaignId = await server.campaign({ validUntil: until, limits: { acquisitionUses: 3 } } as never)
    const medium = newMedium()
    await server.coupon(campaignId, medium)
    await server.redeem(medium)
    expect(await figures(campaignId)).toMatchObject({ expired: 0 })
    server.clock.advance(2 * 3_600_000)
    expect(await figures(campaignId)).toMatchObject({ redeemed: 1, expired: 2 })
  })

  it('refuse a range that is upside down or too long', async () => {
    expect((await get('/v1/reports/days?from=2026-02-02&until=2026-02-01')).status).toBe(400)
    expect((await get('/v1/reports/days?from=2020-01-01&until=2026-02-01')).status).toBe(400)
    expect((await get('/v1/reports/days?from=yesterday&until=2026-02-01')).status).toBe(400)
  })

  it('go into a spreadsheet as they are, and never as a formula', async () => {
    await server.campaign({ title: '=1+1, "quoted"' }).then(async (campaignId) => {
      await server.coupon(campaignId, newMedium())
    })
    const { status, headers, body } = await get(`/v1/reports/campaigns.csv?${range()}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toContain('tapcoupon-campaigns.csv')
    expect(body.startsWith('\uFEFFcampaign,title,issued')).toBe(true)
    expect(body).toContain(`,"'=1+1, ""quoted""",1,1,`)
  })
})

describe('the list of redemptions', () => {
  const page = async (query: string, role: keyof TestServer['operators'] = 'auditor') =>
    RedemptionPage.parse((await get(`/v1/redemptions?${query}`, role)).body)

  it('finds by campaign, store, station, day and outcome, newest first, and names nobody', async () => {
    const campaignId = await server.campaign({ title: 'Listed' })
    const media = [newMedium(), newMedium(), newMedium()]
    for (const medium of media) await server.coupon(campaignId, medium)
    const first = (await server.redeem(media[0])).body.redemptionId
    const second = (await server.redeem(media[1], {}, server.stations.south)).body.redemptionId
    await server.redeem(newMedium())
    await server.ask('POST', `/v1/redemptions/${first}/rollback`, { rollbackId: uuidv7(), reason: 'oops' })
    const ids = async (query: string) => (await page(query)).redemptions.map((one) => one.redemptionId)
    const of = `campaignId=${campaignId}`
    expect(await ids(of)).toEqual([second, first])
    expect(await ids(`${of}&storeId=south`)).toEqual([second])
    expect(await ids(`${of}&stationId=station-north`)).toEqual([first])
    expect(await ids(`${of}&outcome=rolled_back`)).toEqual([first])
    const today = businessDay(server.clock.now())
    expect(await ids(`${of}&from=${today}&until=${today}`)).toEqual([second, first])
    expect(await ids(`${of}&until=${businessDay(server.clock.now() - DAY)}`)).toEqual([])
    const { redemptions } = await page(of)
    expect(redemptions[1]).toMatchObject({
      outcome: 'rolled_back',
      totalDiscount: 0,
      lines: [{ title: 'Listed', discount: 100, state: 'rolled_back' }],
      storeName: 'Store north',
      origin: 'online',
      entry: 'tap',
    })
    const [refused] = (await page('outcome=refused')).redemptions
    expect(refused).toMatchObject({ reason: 'medium_unknown', reasonGroup: 'medium', lines: [] })
    for (const { identifier } of media) expect(JSON.stringify(redemptions)).not.toContain(identifier)
  })

  it('comes in pages without holes or repeats', async () => {
    const all = (await page('limit=200')).redemptions.map((one) => one.redemptionId)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: RedemptionPage = await page(cursor === '' ? 'limit=2' : `limit=2&cursor=${cursor}`)
      paged.push(...next.redemptions.map((one) => one.redemptionId))
      cursor = next.cursor
    }
    expect(paged).toEqual(all)
    expect((await get('/v1/redemptions?cursor=zzzz', 'auditor')).status).toBe(400)
  })

  it('is written out whole, line by line', async () => {
    const all = (await page('limit=200')).redemptions
    const { headers, body } = await get('/v1/redemptions.csv', 'auditor')
    expect(headers['content-type']).toContain('text/csv')
    const lines = all.reduce((sum, one) => sum + Math.max(1, one.lines.length), 0)
    expect(body.trim().split('\r\n')).toHaveLength(1 + lines)
  })
})

it('a station says what it runs and is seen; what was not heard of was never seen', async () => {
  await server.app.inject({
    method: 'GET',
    url: '/v1/campaigns',
    headers: { authorization: `Bearer ${server.stations.south}`, 'tapcoupon-program': 'tapcoupon/0.1.0 linux\u0007' },
  })
  await server.store.noteStationsSeen(
    [{ stationId: 'station-south', at: server.clock.now(), program: 'tapcoupon/0.1.0 linux', settings: null }],
    server.clock.now(),
  )
  const { stations } = StationList.parse((await get('/v1/stations')).body)
  expect(stations.map((one) => [one.stationId, one.program, one.seenAt !== null])).toEqual([
    ['station-keys-only', null, false],
    ['station-north', null, false],
    ['station-south', 'tapcoupon/0.1.0 linux', true],
  ])
})
