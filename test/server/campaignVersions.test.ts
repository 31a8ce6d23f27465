import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CampaignDifference, CampaignListResponse, CampaignResponse } from '../../core/contract/campaigns.ts'
import { newMedium, rules, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const as = (role: keyof TestServer['operators']) => server.operators[role].token
const get = (path: string, role: keyof TestServer['operators'] = 'approver') =>
  server.ask('GET', path, undefined, as(role))
const propose = (campaignId: string, changes: object) =>
  server.ask('POST', '/v1/campaigns', { campaignId, rules: rules(changes) }, as('planner'))
const act = (campaignId: string, action: string, role: keyof TestServer['operators'], body: object = {}) =>
  server.ask('POST', `/v1/campaigns/${campaignId}/${action}`, body, as(role))
const submitted = async (campaignId: string, changes: object) => {
  const { body } = await propose(campaignId, changes)
  const answer = await act(campaignId, 'submit', 'planner')
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return body.proposal as { version: number; contentHash: string }
}
const offer = async (medium: object) => (await server.search(medium)).usable[0]

describe('a changed campaign', () => {
  it('is a new version that needs approval again, while the approved one stays in force', async () => {
    const campaignId = await server.campaign()
    const medium = newMedium()
    await server.coupon(campaignId, medium)
    const changed = { benefit: { kind: 'amount_off', amount: 250 } }
    expect((await propose(campaignId, changed)).body).toMatchObject({
      version: 1,
      state: 'approved',
      status: 'active',
      proposal: { version: 2, state: 'draft' },
    })
    expect(await offer(medium)).toMatchObject({ campaignVersion: 1, discount: { total: 100 } })
    await act(campaignId, 'submit', 'planner')
    expect(await offer(medium)).toMatchObject({ campaignVersion: 1, discount: { total: 100 } })
    const { body } = await act(campaignId, 'approve', 'approver')
    expect(CampaignResponse.parse(body)).toMatchObject({ version: 2, state: 'approved', proposal: null })
    expect(await offer(medium)).toMatchObject({ campaignVersion: 2, discount: { total: 250 } })
  })

  it('that is rejected leaves what is in force as it is, and may be proposed anew', async () => {
    const campaignId = await server.campaign()
    await submitted(campaignId, { title: 'More' })
    expect((await act(campaignId, 'reject', 'approver', { reason: 'no' })).body).toMatchObject({
      version: 1,
      status: 'active',
      proposal: { version: 2, state: 'rejected' },
    })
    expect((await propose(campaignId, { title: 'Even more' })).body.proposal).toMatchObject({
      version: 3,
      state: 'draft',
    })
  })

  it('lifts no suspension, and is refused once the campaign has ended', async () => {
    const campaignId = await server.campaign()
    await submitted(campaignId, { title: 'Better' })
    await act(campaignId, 'suspend', 'approver')
    expect((await act(campaignId, 'approve', 'approver')).body).toMatchObject({ version: 2, state: 'suspended' })
    await act(campaignId, 'end', 'approver')
    expect((await propose(campaignId, { title: 'Again' })).status).toBe(409)
  })

  it('shows its approver what it changes against what is in force', async () => {
    const campaignId = await server.campaign()
    const { version, contentHash } = await submitted(campaignId, {
      title: 'A hundred and fifty',
      benefit: { kind: 'amount_off', amount: 150 },
    })
    const { body } = await get(`/v1/campaigns/${campaignId}/versions/${version}/difference`)
    expect(CampaignDifference.parse(body)).toMatchObject({
      from: { version: 1 },
      to: { version: 2, contentHash },
      changes: [
        { path: '/title', before: 'A hundred yen off', after: 'A hundred and fifty' },
        { path: '/benefit/amount', before: 100, after: 150 },
      ],
    })
    expect((await act(campaignId, 'approve', 'approver', { contentHash: 'what I did not see' })).status).toBe(409)
    expect((await act(campaignId, 'approve', 'approver', { contentHash })).status).toBe(200)
    expect((await get(`/v1/campaigns/${campaignId}/versions/1/difference?from=2`)).body.changes).toHaveLength(2)
  })

  it('was in whose hands: nobody judges what they wrote, also not an earlier version that it grew from', async () => {
    const campaignId = uuidv7()
    const draft = { campaignId, rules: rules() }
    await server.ask('POST', '/v1/campaigns', draft, as('admin'))
    await act(campaignId, 'submit', 'admin')
    await act(campaignId, 'request-changes', 'approver', { reason: 'a clearer title' })
    await propose(campaignId, { title: 'Clearer' })
    await act(campaignId, 'submit', 'planner')
    expect((await act(campaignId, 'approve', 'admin')).body.params).toMatchObject({ fourEyes: true })
    expect((await act(campaignId, 'approve', 'approver')).status).toBe(200)
    // What came before the approval is somebody else's work now.
    await submitted(campaignId, { title: 'Clearest' })
    expect((await act(campaignId, 'approve', 'admin')).status).toBe(200)
  })
})

describe('a version that adds stores', () => {
  const inSouth = [{ kind: 'stores', storeIds: ['south'] }]
  const everywhere = [{ kind: 'stores', storeIds: ['south', 'north'] }]
  const changes = (token: string | undefined, cursor?: string) =>
    server.ask('GET', `/v1/sync/changes${cursor ? `?cursor=${cursor}` : ''}`, undefined, token)
  /** The cursor of a copy that has taken in everything. */
  const caughtUp = async (token: string | undefined) => {
    let { body } = await changes(token)
    while (body.more) body = (await changes(token, body.cursor)).body
    return body.cursor as string
  }

  it('tells copies of those that left its coupons out to begin anew, and no others', async () => {
    const { north, south } = server.stations
    const campaignId = await server.campaign({ conditions: inSouth } as never)
    await server.coupon(campaignId, newMedium())
    const [ofNorth, ofSouth] = [await caughtUp(north), await caughtUp(south)]
    await submitted(campaignId, { title: 'The same stores', conditions: inSouth })
    await act(campaignId, 'approve', 'approver')
    expect((await changes(north, ofNorth)).status).toBe(200)
    await submitted(campaignId, { title: 'More stores', conditions: everywhere })
    await act(campaignId, 'approve', 'approver')
    expect(await changes(north, ofNorth)).toMatchObject({ status: 410, body: { reason: 'cursor_expired' } })
    expect((await changes(south, ofSouth)).status).toBe(200)
    // A copy that was begun since has them.
    server.clock.advance(2 * 60_000)
    expect((await changes(north, await caughtUp(north))).status).toBe(200)
  })
})

describe('limits of a campaign that is in use', () => {
  it('are not lowered below what is used: refused by name at submission', async () => {
    const campaignId = await server.campaign({ limits: { campaignUses: 5 } } as never)
    for (let use = 0; use < 3; use += 1) {
      const medium = newMedium()
      await server.coupon(campaignId, medium)
      await server.redeem(medium)
    }
    await propose(campaignId, { limits: { campaignUses: 2 } })
    expect(await act(campaignId, 'submit', 'planner')).toMatchObject({
      status: 409,
      body: {
        reason: 'invalid_request',
        params: { limit: 'campaignUses', used: 3, asked: 2 },
        errors: [{ path: '/rules/limits/campaignUses' }],
      },
    })
    await propose(campaignId, { limits: { circulation: 2 } })
    expect((await act(campaignId, 'submit', 'planner')).body.params).toMatchObject({ limit: 'circulation', used: 3 })
    await propose(campaignId, { limits: { campaignUses: 3 } })
    expect((await act(campaignId, 'submit', 'planner')).status).toBe(200)
  })

  it('are looked at again when it is approved', async () => {
    const campaignId = await server.campaign()
    await submitted(campaignId, { limits: { campaignUses: 1 } })
    for (const medium of [newMedium(), newMedium()]) {
      await server.coupon(campaignId, medium)
      await server.redeem(medium)
    }
    expect(await act(campaignId, 'approve', 'approver')).toMatchObject({
      status: 409,
      body: { params: { limit: 'campaignUses', used: 2, asked: 1 } },
    })
  })
})

describe('history', () => {
  it('has who did what to which content, when and why, newest first, page by page', async () => {
    const campaignId = await server.campaign()
    await submitted(campaignId, { title: 'Two' })
    await act(campaignId, 'reject', 'approver', { reason: 'not now' })
    const first = (await get(`/v1/campaigns/${campaignId}/decisions?limit=4`, 'auditor')).body
    expect(first.decisions.map((one: { action: string }) => one.action)).toEqual([
      'reject',
      'submit',
      'draft',
      'approve',
    ])
    expect(first.decisions[0]).toMatchObject({ version: 2, operatorName: 'approver', reason: 'not now' })
    const rest = (await get(`/v1/campaigns/${campaignId}/decisions?limit=4&cursor=${first.cursor}`, 'auditor')).body
    expect(rest).toMatchObject({ decisions: [{ action: 'submit' }, { action: 'draft' }], cursor: null })
    expect((await get(`/v1/campaigns/${campaignId}/versions`)).body.versions).toMatchObject([
      { version: 2, state: 'rejected', author: { name: 'planner' } },
      { version: 1, state: 'approved' },
    ])
    expect((await get(`/v1/campaigns/${campaignId}/versions/1`)).body.rules.title).toBe('A hundred yen off')
    expect((await get(`/v1/campaigns/${campaignId}/versions/9`)).status).toBe(404)
    expect((await get(`/v1/campaigns/${uuidv7()}/decisions`)).status).toBe(404)
    expect((await get(`/v1/campaigns/${campaignId}/decisions?cursor=abc`)).status).toBe(400)
  })
})

describe('the list', () => {
  const ids = async (query: string) =>
    CampaignListResponse.parse((await get(`/v1/campaigns?${query}`)).body).campaigns.map((one) => one.campaignId)

  it('finds by title, by state at this moment, and what waits for a judgement', async () => {
    const title = `Spring ${uuidv7()}`
    const scheduled = await server.campaign({ title, validFrom: '2090-01-01T00:00:00Z' })
    const over = await server.campaign({ title, validUntil: '2021-01-01T00:00:00Z' })
    const waiting = await server.campaign({ title: `${title} waiting` })
    await submitted(waiting, { title: `${title} still` })
    expect(await ids(`text=${encodeURIComponent(title.toLowerCase())}`)).toEqual([waiting, over, scheduled])
    expect(await ids(`text=${encodeURIComponent(title)}&status=scheduled`)).toEqual([scheduled])
    expect(await ids(`text=${encodeURIComponent(title)}&status=ended`)).toEqual([over])
    expect(await ids(`text=${encodeURIComponent(title)}&waiting=true`)).toEqual([waiting])
  })

  it('comes in pages without holes, newest first', async () => {
    const all = await ids('limit=500')
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? 'limit=3' : `limit=3&cursor=${cursor}`
      const page = CampaignListResponse.parse((await get(`/v1/campaigns?${query}`)).body)
      paged.push(...page.campaigns.map((one) => one.campaignId))
      cursor = page.cursor
    }
    expect(paged).toEqual(all)
    expect(all).toEqual([...all].sort().reverse())
  })

  it('shows a station nothing of what is proposed', async () => {
    const campaignId = await server.campaign()
    await submitted(campaignId, { title: 'Secret plan' })
    const seen = await server.ask('GET', `/v1/campaigns/${campaignId}`)
    expect(seen.body).toMatchObject({ version: 1, proposal: null, decisions: [] })
    expect(JSON.stringify(seen.body)).not.toContain('Secret plan')
  })
})

describe('preview', () => {
  const preview = (changes: object, more: object = {}) =>
    server.ask('POST', '/v1/campaigns/preview', { rules: rules(changes), storeId: 'north', ...more }, as('planner'))

  it('runs rules that nobody has approved against the sample baskets', async () => {
    const { status, body } = await preview({ benefit: { kind: 'percent_off', basisPoints: 1_000 } })
    expect(status).toBe(200)
    expect(body.results.length).toBeGreaterThan(3)
    for (const { total, outcome } of body.results) {
      if (outcome.status === 'usable') expect(outcome.discount.total).toBeLessThanOrEqual(total / 10)
    }
  })

  it('says for a basket of one’s own what it gives on which line, or why not', async () => {
    const objective = { currency: 'JPY', total: 800, items: [{ lineId: '1', unitPrice: 800, lineTotal: 800 }] }
    const baskets = [{ name: 'Mine', objective }]
    expect((await preview({}, { baskets })).body.results).toMatchObject([
      { name: 'Mine', outcome: { status: 'usable', discount: { total: 100, allocations: [{ lineId: '1' }] } } },
    ])
    const conditions = [{ kind: 'min_spend', amount: 1_000 }]
    expect((await preview({ conditions }, { baskets })).body.results[0].outcome).toMatchObject({
      status: 'unusable',
      reason: 'min_spend_not_met',
      reasonGroup: 'customer',
      params: { missing: 200 },
    })
    const media = [{ kind: 'media', types: ['felica-idm'], entries: ['tap'] }]
    expect((await preview({ conditions: media }, { baskets, entry: 'keyed' })).body.results[0].outcome.reason).toBe(
      'medium_too_weak',
    )
  })

  it('keeps nothing and refuses a store that is not there', async () => {
    const before = (await get('/v1/campaigns?limit=500')).body.campaigns.length
    await preview({})
    expect((await get('/v1/campaigns?limit=500')).body.campaigns).toHaveLength(before)
    expect((await preview({}, { storeId: 'nowhere' })).status).toBe(400)
  })
})
