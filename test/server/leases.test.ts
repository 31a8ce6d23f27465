import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { leaseRig } from './leaseRig.ts'

const rig = leaseRig()
const { campaign, drawn, giveBack, holders, lend, writeOff } = rig

it('a lease is asked for once: another wish under its id is a conflict', async () => {
  const campaignId = await campaign({ campaignUses: 10 })
  const leaseId = uuidv7()
  const first = await lend(rig.first, campaignId, 2, { leaseId })
  expect(first).toMatchObject({ status: 200, body: { leaseId, uses: 2, state: 'out' } })
  expect((await lend(rig.first, campaignId, 2, { leaseId })).body).toEqual(first.body)
  for (const other of [
    await lend(rig.first, campaignId, 3, { leaseId }),
    await lend(rig.first, campaignId, 2, { leaseId, wantValue: 9 }),
    await lend(rig.second, campaignId, 2, { leaseId }),
  ]) {
    expect(other).toMatchObject({ status: 409, body: { reason: 'duplicate_request_differs' } })
  }
})

it('what is no question for it is refused', async () => {
  const unlimited = await rig.server.campaign()
  expect((await lend(rig.first, unlimited, 2)).status).toBe(400)
  expect((await lend(rig.first, uuidv7(), 2)).status).toBe(404)
  expect((await lend(rig.first, await campaign({ campaignUses: 9 }), 0)).status).toBe(400)
  const old = { leaseId: '01800000-0000-7000-8000-000000000001' }
  expect((await lend(rig.first, await campaign({ campaignUses: 9 }), 1, old)).body).toMatchObject({ reason: 'too_old' })
  const { token } = rig.server.operators.admin
  expect((await rig.server.ask('POST', '/v1/sync/leases', {}, token)).status).toBe(403)
})

it('one that is returned before its events have come is in progress; another’s is not there', async () => {
  const campaignId = await campaign({ campaignUses: 10 })
  const [one] = await holders(campaignId, 1)
  const { leaseId } = (await lend(rig.first, campaignId, 3)).body
  const event = drawn(rig.first, one!.coupon, leaseId)
  expect(await giveBack(rig.first, leaseId, event.seq)).toMatchObject({ status: 409, body: { reason: 'in_progress' } })
  expect((await giveBack(rig.second, leaseId, 0)).status).toBe(404)
  await rig.first.send(event)
  expect(await giveBack(rig.first, leaseId, event.seq)).toMatchObject({
    status: 200,
    body: { leaseId, state: 'returned', uses: 2 },
  })
})

it('one is written off by a manager and nobody else, with a reason that is kept', async () => {
  const campaignId = await campaign({ campaignUses: 10 })
  const { leaseId } = (await lend(rig.first, campaignId, 3)).body
  const { cashier, manager, auditor } = rig.server.operators
  expect((await writeOff(leaseId, cashier.token)).status).toBe(403)
  expect((await writeOff(leaseId, rig.first.token)).status).toBe(403)
  expect(await writeOff(leaseId)).toMatchObject({ status: 200, body: { state: 'written_off', uses: 3 } })
  const { leases } = (await rig.server.ask('GET', '/v1/leases', undefined, auditor.token)).body
  expect(leases.find((lease: { leaseId: string }) => lease.leaseId === leaseId)).toMatchObject({
    ended: { operatorId: manager.operatorId, reason: 'till 2 was stolen' },
  })
  expect((await writeOff(uuidv7())).status).toBe(404)
})

it('they are listed in pages, each of which says where the next begins', async () => {
  const list = async (query: string) =>
    (await rig.server.ask('GET', `/v1/leases${query}`, undefined, rig.server.operators.auditor.token)).body
  const campaignId = await campaign({ campaignUses: 10 })
  for (const lost of [true, false, true]) {
    const { leaseId } = (await lend(rig.first, campaignId, 1)).body
    if (lost) await writeOff(leaseId)
  }
  const all = await list('')
  expect(all.cursor).toBeNull()
  const paged = []
  for (let cursor = ''; cursor !== null; ) {
    const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`)
    expect(page.leases.length).toBeLessThanOrEqual(2)
    paged.push(...page.leases)
    cursor = page.cursor
  }
  expect(paged).toEqual(all.leases)
  expect((await list('?cursor=nonsense')).status).toBe(400)
})

it('all of a station’s are written off at once', async () => {
  const campaignId = await campaign({ campaignUses: 10 })
  const { leaseId } = (await lend(rig.second, campaignId, 3)).body
  const { stationId } = (await rig.server.store.leases(100)).find((lease) => lease.leaseId === leaseId)!
  const { manager } = rig.server.operators
  const off = (id: string) => rig.server.ask('POST', `/v1/stations/${id}/write-off`, { reason: 'burnt' }, manager.token)
  const { body } = await off(stationId)
  expect(body.leases).toContainEqual(expect.objectContaining({ leaseId, state: 'written_off', uses: 3 }))
  expect((await off(stationId)).body).toEqual({ stationId, leases: [] })
  expect((await off('nobody')).status).toBe(404)
})
