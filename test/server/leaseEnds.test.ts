import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { leaseRig } from './leaseRig.ts'

const rig = leaseRig()
const { campaign, counts, drawn, giveBack, holders, lend, writeOff } = rig

describe('returning', () => {
  it('waits until every event through throughSeq is settled, then gives back what is left, once', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const [one, two] = await holders(campaignId, 2)
    const { leaseId } = (await lend(rig.first, campaignId, 3)).body
    const gap = drawn(rig.first, one!.coupon, leaseId)
    const last = drawn(rig.first, two!.coupon, leaseId)
    await rig.first.send(last)
    const early = await giveBack(rig.first, leaseId, last.seq)
    expect(early).toMatchObject({ status: 409, body: { reason: 'in_progress' } })
    expect(counts(campaignId)).toMatchObject({ uses: 1, lent_uses: 2 })
    await rig.first.send(gap)
    const returned = await giveBack(rig.first, leaseId, last.seq)
    expect(returned).toMatchObject({ status: 200, body: { leaseId, state: 'returned', uses: 1 } })
    expect(counts(campaignId)).toMatchObject({ uses: 2, lent_uses: 0 })
    expect((await giveBack(rig.first, leaseId, last.seq)).body).toEqual(returned.body)
    expect((await giveBack(rig.second, leaseId, 0)).status).toBe(404)
    // What is drawn from it now is a mistake of the station's.
    const [late] = await rig.first.send(drawn(rig.first, (await holders(campaignId, 1))[0]!.coupon, leaseId))
    expect(late).toMatchObject({ status: 'forced', lines: [{ reason: 'lease_exhausted' }] })
  })

  it('an event that was set aside is answered for', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const [one] = await holders(campaignId, 1)
    const { leaseId } = (await lend(rig.second, campaignId, 3)).body
    const event = drawn(rig.second, one!.coupon, leaseId)
    expect(await rig.second.send({ ...event, sig: 'AAAA' })).toMatchObject([{ status: 'quarantined' }])
    expect(await giveBack(rig.second, leaseId, event.seq)).toMatchObject({ status: 200, body: { uses: 3 } })
  })

  it('nothing comes back by time alone', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    await lend(rig.first, campaignId, 3)
    rig.server.clock.advance(30 * 86_400_000)
    expect(counts(campaignId)).toMatchObject({ lent_uses: 3 })
  })
})

describe('writing off', () => {
  it('is a manager’s, with a reason that is kept; what still comes is forced', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const [one] = await holders(campaignId, 1)
    const { leaseId } = (await lend(rig.first, campaignId, 3)).body
    const { cashier, manager, auditor } = rig.server.operators
    expect((await writeOff(leaseId, cashier.token)).status).toBe(403)
    expect((await writeOff(leaseId, rig.first.token)).status).toBe(403)
    const ended = await writeOff(leaseId)
    expect(ended).toMatchObject({ status: 200, body: { state: 'written_off', uses: 3 } })
    expect((await writeOff(leaseId)).body).toEqual(ended.body)
    expect(counts(campaignId)).toMatchObject({ lent_uses: 0 })
    const [late] = await rig.first.send(drawn(rig.first, one!.coupon, leaseId))
    expect(late).toMatchObject({ status: 'forced', lines: [{ reason: 'lease_exhausted' }] })
    const { leases } = (await rig.server.ask('GET', '/v1/leases', undefined, auditor.token)).body
    expect(leases.find((lease: { leaseId: string }) => lease.leaseId === leaseId)).toMatchObject({
      state: 'written_off',
      stationName: 'lane 1',
      uses: 3,
      drawnUses: 0,
      ended: { operatorId: manager.operatorId, reason: 'till 2 was stolen' },
    })
    expect((await writeOff(uuidv7())).status).toBe(404)
  })

  it('of a whole station', async () => {
    const campaignId = await campaign({ campaignUses: 10 })
    const { leaseId } = (await lend(rig.second, campaignId, 3)).body
    const { station_id: stationId } = rig.inDatabase<{ station_id: string }>(
      'SELECT station_id FROM leases WHERE lease_id = ?',
      leaseId,
    )
    const { manager } = rig.server.operators
    const off = (id: string) =>
      rig.server.ask('POST', `/v1/stations/${id}/write-off`, { reason: 'burnt' }, manager.token)
    const { body } = await off(stationId)
    expect(body.leases).toContainEqual(expect.objectContaining({ leaseId, state: 'written_off', uses: 3 }))
    expect((await off(stationId)).body).toEqual({ stationId, leases: [] })
    expect((await off('nobody')).status).toBe(404)
    expect(counts(campaignId)).toMatchObject({ lent_uses: 0 })
  })
})
