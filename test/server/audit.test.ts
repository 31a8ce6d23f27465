import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuditPage } from '../../core/contract/audit.ts'
import { type AuditHead, auditBreak, NO_AUDIT, nextAuditRow } from '../../server/audit/entry.ts'
import { verifyAudit } from '../../server/commands/audit.ts'
import { type TestServer, testServer } from './fixture.ts'
import { type OfficeBrowser, signedIn } from './officeBrowser.ts'
import { ON_POSTGRES } from './testDatabase.ts'

let server: TestServer
let admin: OfficeBrowser
beforeAll(async () => {
  server = await testServer()
  admin = await signedIn(server, 'admin')
})
afterAll(() => server.close())

const page = async (query = '') => AuditPage.parse((await admin.get(`/v1/audit${query}`)).body)
const newest = async () => (await page('?limit=1')).entries[0]!
const reason = 'because it was asked for'

describe('the audit log has a row for', () => {
  const rulesOf = (title: string) => ({
    title,
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2099-01-01T00:00:00Z',
  })

  it('each step of a campaign, with the content that was decided on and why', async () => {
    const campaignId = uuidv7()
    const { planner, approver } = server.operators
    const draft = await server.ask('POST', '/v1/campaigns', { campaignId, rules: rulesOf('Ten off') }, planner.token)
    expect(draft.status).toBe(200)
    const { contentHash } = draft.body
    expect(await newest()).toMatchObject({
      actor: { kind: 'operator', id: planner.operatorId, name: 'planner' },
      action: 'campaign.draft',
      subject: { kind: 'campaign', id: campaignId },
      contentHash,
    })
    await server.ask('POST', `/v1/campaigns/${campaignId}/submit`, {}, planner.token)
    // What is refused changes nothing and leaves no row.
    await server.ask('POST', `/v1/campaigns/${campaignId}/approve`, {}, planner.token)
    await server.ask('POST', `/v1/campaigns/${campaignId}/approve`, { reason }, approver.token)
    await server.ask('POST', `/v1/campaigns/${campaignId}/suspend`, { reason: 'stop' }, approver.token)
    const { entries } = await page(`?subjectId=${campaignId}`)
    expect(entries.map(({ action, actor, reason: why }) => [action, actor.name, why])).toEqual([
      ['campaign.suspend', 'approver', 'stop'],
      ['campaign.approve', 'approver', reason],
      ['campaign.submit', 'planner', null],
      ['campaign.draft', 'planner', null],
    ])
    expect(new Set(entries.map((one) => one.contentHash))).toEqual(new Set([contentHash]))
  })

  it('a redemption that a manager undid, once, and none for a station’s own', async () => {
    const medium = { type: 'qr', identifier: 'audited-member' } as const
    await server.coupon(await server.campaign(), medium)
    const before = await newest()
    const { redemptionId } = (await server.redeem(medium)).body
    expect(await newest()).toEqual(before)
    const body = { rollbackId: uuidv7(), reason }
    for (let again = 0; again < 2; again++) {
      const url = `/v1/redemptions/${redemptionId}/rollback`
      expect((await server.ask('POST', url, body, server.operators.manager.token)).status).toBe(200)
    }
    const { entries } = await page(`?subjectId=${redemptionId}`)
    expect(entries).toMatchObject([
      { action: 'redemption.rollback', reason, actor: { name: 'manager' }, details: { rollbackId: body.rollbackId } },
    ])
    expect(JSON.stringify(await page('?limit=200'))).not.toContain(medium.identifier)
  })

  it('a station that is announced, enrolled, given up and revoked', async () => {
    const station = { storeId: 'north', name: 'Lane 9' }
    const { stationId, code } = (await admin.post('/v1/stations', station)).body
    await server.ask('POST', '/v1/stations/enrol', { code, publicKey: 'A'.repeat(43), handshakeVersion: 1 }, null)
    for (let again = 0; again < 2; again++) await admin.post(`/v1/stations/${stationId}/revoke`, { reason })
    const { entries } = await page(`?subjectId=${stationId}`)
    expect(entries.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ['station.revoke', 'operator'],
      ['station.enrol', 'station'],
      ['station.announce', 'operator'],
    ])
    expect(entries[0]).toMatchObject({ reason, actor: { id: server.operators.admin.operatorId } })
    expect(JSON.stringify(entries)).not.toContain(code)
  })

  it('what is done about people and keys, without what they sign in with', async () => {
    const operatorId = uuidv7()
    const person = { operatorId, name: 'Somebody New', role: 'planner', reason }
    const { setUp } = (await admin.post('/v1/operators', person)).body
    await admin.post(`/v1/operators/${operatorId}/update`, { role: 'auditor', reason })
    const key = { keyId: uuidv7(), name: 'A key', scopes: ['audit:read'], reason }
    const { token } = (await admin.post('/v1/api-keys', key)).body
    const { entries } = await page('?limit=3')
    expect(entries.map(({ action, subject }) => [action, subject.id])).toEqual([
      ['api-key.add', key.keyId],
      ['operator.update', operatorId],
      ['operator.add', operatorId],
    ])
    expect(entries[1]).toMatchObject({ details: { from: 'planner', role: 'auditor' }, reason })
    const text = JSON.stringify(entries)
    for (const secret of [setUp.code, token, 'Somebody New']) expect(text).not.toContain(secret)
  })
})

describe('reading it', () => {
  it('goes page by page, newest first, by actor, action, subject and time', async () => {
    const all = (await page('?limit=200')).entries
    const paged: typeof all = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const next: AuditPage = await page(`?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...next.entries)
      cursor = next.cursor
    }
    expect(paged).toEqual(all)
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => all.length - index))
    const campaigns = (await page('?action=campaign&limit=200')).entries
    expect(campaigns).toEqual(all.filter(({ action }) => action.startsWith('campaign.')))
    expect((await page('?action=campaign.approve')).entries.every((one) => one.action === 'campaign.approve')).toBe(
      true,
    )
    const { operatorId } = server.operators.planner
    expect((await page(`?actorId=${operatorId}&limit=200`)).entries).toEqual(
      all.filter(({ actor }) => actor.id === operatorId),
    )
    const middle = all[Math.floor(all.length / 2)]!.at
    expect((await page(`?from=${middle}&limit=200`)).entries).toEqual(all.filter(({ at }) => at >= middle))
    expect((await page(`?until=${middle}&limit=200`)).entries).toEqual(all.filter(({ at }) => at < middle))
    expect((await admin.get('/v1/audit?cursor=rubbish')).status).toBe(400)
  })
})

describe('its chain', () => {
  it('is whole, and still contains what was noted of it earlier', async () => {
    const first = await verifyAudit(server.store, null)
    expect(first).toMatchObject({ broken: null })
    expect(first.rows).toBeGreaterThan(10)
    await admin.post('/v1/office/sign-out-everywhere')
    await admin.signIn('admin')
    const later = await verifyAudit(server.store, first.head)
    expect(later.broken).toBeNull()
    expect(later.rows).toBeGreaterThan(first.rows)
    expect((await verifyAudit(server.store, `1:${'00'.repeat(32)}`)).broken).toContain('does not contain')
  })

  it('cannot be changed or shortened by the program; whoever does it with other means is found out', async () => {
    await expect(server.inDatabase("UPDATE audit_log SET reason = 'another'")).rejects.toThrow('never changed')
    await expect(server.inDatabase('DELETE FROM audit_log')).rejects.toThrow('nothing leaves')
    const { head } = await verifyAudit(server.store, null)
    for (const trigger of ['audit_stays', ...(ON_POSTGRES ? [] : ['audit_is_kept'])]) {
      await server.inDatabase(`DROP TRIGGER ${trigger}${ON_POSTGRES ? ' ON audit_log' : ''}`)
    }
    const tamper = async (sql: string) => {
      await server.inDatabase(sql)
      return (await verifyAudit(server.store, head)).broken
    }
    const last = Number(head.split(':')[0])
    expect(await tamper(`UPDATE audit_log SET reason = 'another' WHERE position = ${last}`)).toBe(
      `row ${last} was changed`,
    )
    expect(await tamper(`DELETE FROM audit_log WHERE position = ${last}`)).toContain('does not contain')
    expect(await tamper('DELETE FROM audit_log WHERE position = 3')).toBe('row 3 is missing')
    expect(await tamper('DELETE FROM audit_log')).toContain('does not contain')
  })

  it('is broken by any change of any row', () => {
    const text = fc.string({ maxLength: 8 })
    const entries = fc.array(
      fc.record({
        actor: fc.record({ kind: fc.constant('operator' as const), id: text }),
        action: fc.constant('operator.add' as const),
        subject: fc.record({ kind: text, id: text }),
        contentHash: fc.option(text),
        reason: fc.option(text),
        details: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())),
      }),
      { minLength: 1, maxLength: 6 },
    )
    const changes = fc.constantFrom('at', 'position', 'reason', 'action', 'contentHash', 'details', 'subject', 'hash')
    fc.assert(
      fc.property(entries, changes, fc.nat(), (made, member, which) => {
        let head: AuditHead = NO_AUDIT
        const rows = made.map((entry, index) => {
          const row = nextAuditRow(head, index, entry)
          head = row
          return row
        })
        const check = (of: typeof rows) => {
          let at: AuditHead = NO_AUDIT
          return of.some((row) => {
            const broken = auditBreak(at, row) !== null
            at = row
            return broken
          })
        }
        expect(check(rows)).toBe(false)
        const index = which % rows.length
        const other = {
          at: -1,
          position: 99,
          hash: new Uint8Array(32),
          details: { x: 'y', z: 1 },
          subject: { kind: 'k', id: 'another' },
        }
        const value = member in other ? other[member as keyof typeof other] : 'something else'
        expect(check(rows.with(index, { ...rows[index]!, [member]: value }))).toBe(true)
        expect(rows.length > 1 && check(rows.toSpliced(index, 1))).toBe(rows.length > 1 && index < rows.length - 1)
      }),
    )
  })
})
