import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CampaignResponse } from '../../core/contract/campaigns.ts'
import { rules, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const as = (role: keyof TestServer['operators']) => server.operators[role].token
const draft = async (campaignId = uuidv7(), changes = {}) =>
  server.ask('POST', '/v1/campaigns', { campaignId, rules: rules(changes) }, as('planner'))
const act = (campaignId: string, action: string, role: keyof TestServer['operators'], body: object = {}) =>
  server.ask('POST', `/v1/campaigns/${campaignId}/${action}`, body, as(role))

describe('a campaign is made by one person and approved by another', () => {
  it('goes from draft to approved, and says who decided what about which content', async () => {
    const { body } = await draft()
    expect(CampaignResponse.parse(body)).toMatchObject({ version: 1, state: 'draft', phase: 'none' })
    expect((await act(body.campaignId, 'submit', 'planner')).body.state).toBe('submitted')
    const approved = await act(body.campaignId, 'approve', 'approver', {
      reason: 'good',
      contentHash: body.contentHash,
    })
    expect(CampaignResponse.parse(approved.body)).toMatchObject({ state: 'approved', phase: 'active' })
    expect(approved.body.decisions.map((decision: { action: string }) => decision.action)).toEqual([
      'draft',
      'submit',
      'approve',
    ])
    expect(approved.body.decisions[2]).toMatchObject({
      operatorId: server.operators.approver.operatorId,
      contentHash: body.contentHash,
      reason: 'good',
    })
  })

  it('is not approved by its author, even when the author may approve others', async () => {
    const campaignId = uuidv7()
    await server.ask('POST', '/v1/campaigns', { campaignId, rules: rules() }, as('admin'))
    await act(campaignId, 'submit', 'admin')
    expect(await act(campaignId, 'approve', 'admin')).toMatchObject({
      status: 403,
      body: { reason: 'operator_not_allowed' },
    })
    expect((await act(campaignId, 'approve', 'approver')).status).toBe(200)
  })

  it('is not approved by whoever submitted it', async () => {
    const { body } = await draft()
    await act(body.campaignId, 'submit', 'admin')
    expect((await act(body.campaignId, 'approve', 'admin')).status).toBe(403)
  })

  it('is approved as it was seen: other content is a conflict', async () => {
    const { body } = await draft()
    await act(body.campaignId, 'submit', 'planner')
    const refused = await act(body.campaignId, 'approve', 'approver', { contentHash: 'something else' })
    expect(refused).toMatchObject({ status: 409, body: { reason: 'invalid_request' } })
    expect((await server.ask('GET', `/v1/campaigns/${body.campaignId}`, undefined, as('auditor'))).body.state).toBe(
      'submitted',
    )
  })

  it('goes back for changes, and every change of the rules is a new version with another hash', async () => {
    const first = await draft()
    const { campaignId } = first.body
    await act(campaignId, 'submit', 'planner')
    expect((await act(campaignId, 'request-changes', 'approver', { reason: 'too much' })).body.state).toBe(
      'changes_requested',
    )
    const second = await draft(campaignId, { benefit: { kind: 'amount_off', amount: 50 } })
    expect(second.body).toMatchObject({ version: 2, state: 'draft' })
    expect(second.body.contentHash).not.toBe(first.body.contentHash)
    expect((await draft(campaignId, { benefit: { kind: 'amount_off', amount: 50 } })).body.version).toBe(2)
  })

  it('may be written on by another planner, whose hand in it counts too', async () => {
    const { body } = await draft()
    const { campaignId } = body
    const changed = { campaignId, rules: rules({ title: 'Ours' }), basedOn: body.contentHash }
    expect((await server.ask('POST', '/v1/campaigns', changed, as('admin'))).body).toMatchObject({ version: 1 })
    await act(campaignId, 'submit', 'planner')
    expect((await act(campaignId, 'approve', 'admin')).status).toBe(403)
    expect((await act(campaignId, 'approve', 'approver')).status).toBe(200)
  })

  it('is not written over by somebody who edited what it was before', async () => {
    const { body } = await draft()
    const { campaignId } = body
    const theirs = { campaignId, rules: rules({ title: 'Theirs' }), basedOn: body.contentHash }
    expect((await server.ask('POST', '/v1/campaigns', theirs, as('planner2'))).status).toBe(200)
    const mine = { campaignId, rules: rules({ title: 'Mine' }), basedOn: body.contentHash }
    expect(await server.ask('POST', '/v1/campaigns', mine, as('planner'))).toMatchObject({
      status: 409,
      body: { reason: 'invalid_request', params: { version: 1 } },
    })
  })

  it.each(['request-changes', 'reject'])('%s takes a reason', async (action) => {
    const { body } = await draft()
    await act(body.campaignId, 'submit', 'planner')
    expect((await act(body.campaignId, action, 'approver')).status).toBe(400)
    expect((await act(body.campaignId, action, 'approver', { reason: ' ' })).status).toBe(400)
    expect((await act(body.campaignId, action, 'approver', { reason: 'too dear' })).status).toBe(200)
  })

  it.each([
    ['approve', 409],
    ['suspend', 409],
    ['resume', 409],
    ['end', 409],
  ])('a draft has no %s', async (action, status) => {
    const { body } = await draft()
    expect((await act(body.campaignId, action, 'approver')).status).toBe(status)
  })

  it('suspends, resumes by another than its author, ends, and ends for good', async () => {
    const campaignId = await server.campaign()
    expect((await act(campaignId, 'suspend', 'approver')).body.state).toBe('suspended')
    expect((await act(campaignId, 'resume', 'approver')).body.state).toBe('approved')
    expect((await act(campaignId, 'end', 'approver')).body).toMatchObject({ state: 'ended', phase: 'over' })
    expect((await act(campaignId, 'resume', 'approver')).status).toBe(409)
  })
})

describe('rules that are not understood', () => {
  it.each([
    ['an unknown benefit', { benefit: { kind: 'double_points', factor: 2 } }],
    ['an unknown condition', { conditions: [{ kind: 'weather', sky: 'rain' }] }],
    ['an unknown limit', { limits: { perFamily: 1 } }],
    ['an unknown field', { surprise: true }],
    ['a newer version', { rulesVersion: 2 }],
    ['an end before its beginning', { validFrom: '2030-01-01T00:00:00Z', validUntil: '2029-01-01T00:00:00Z' }],
    ['money with a fraction', { benefit: { kind: 'amount_off', amount: 10.5 } }],
    ['lone surrogates', { title: 'half \ud800' }],
  ])('%s: 400, and no draft', async (_, changes) => {
    const campaignId = uuidv7()
    expect(await draft(campaignId, changes)).toMatchObject({ status: 400, body: { reason: 'invalid_request' } })
    expect((await server.ask('GET', `/v1/campaigns/${campaignId}`, undefined, as('planner'))).status).toBe(404)
  })
})

describe('who sees campaigns', () => {
  it('a station sees those that customers can have, people see all', async () => {
    const { body } = await draft()
    const approved = await server.campaign()
    const seen = async (token: string) =>
      (await server.ask('GET', '/v1/campaigns', undefined, token)).body.campaigns.map(
        (campaign: CampaignResponse) => campaign.campaignId,
      )
    expect(await seen(server.stations.north!)).toContain(approved)
    expect(await seen(server.stations.north!)).not.toContain(body.campaignId)
    expect(await seen(as('auditor'))).toContain(body.campaignId)
    expect((await server.ask('GET', `/v1/campaigns/${body.campaignId}`)).status).toBe(404)
  })
})
