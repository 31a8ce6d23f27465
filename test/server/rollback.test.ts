import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RollbackResponse } from '../../core/contract/redemptions.ts'
import { newMedium, type TestServer, testServer } from './fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const rollback = (redemptionId: string, more: object = {}, token?: string) =>
  server.ask(
    'POST',
    `/v1/redemptions/${redemptionId}/rollback`,
    { rollbackId: uuidv7(), reason: 'changed their mind', ...more },
    token,
  )

describe('a rollback', () => {
  const redeemed = async (coupons = 1) => {
    const medium = newMedium()
    const ids = []
    for (let index = 0; index < coupons; index++) ids.push(await server.coupon(await server.campaign(), medium))
    const { body } = await server.redeem(medium, { select: { acquisitionIds: ids } })
    return { medium, ids, redemptionId: body.redemptionId as string }
  }

  it('gives uses and limits back, once', async () => {
    const medium = newMedium()
    const limits = { campaignUses: 1, holderUses: 1, acquisitionUses: 1, holderAcquisitions: 1 }
    const coupon = await server.coupon(await server.campaign({ limits }), medium)
    const { redemptionId } = (await server.redeem(medium)).body
    const rollbackId = uuidv7()
    const undone = await rollback(redemptionId, { rollbackId })
    expect(RollbackResponse.parse(undone.body)).toMatchObject({ state: 'rolled_back', rolledBack: [coupon] })
    expect((await rollback(redemptionId, { rollbackId })).body).toEqual(undone.body)
    expect((await rollback(redemptionId)).body).toMatchObject({ state: 'rolled_back', rolledBack: [coupon] })
    expect(await server.usesLeft(medium, coupon)).toBe(1)
    expect((await server.redeem(medium)).body.status).toBe('approved')
  })

  it('shows in today’s state of the first decision', async () => {
    const { redemptionId } = await redeemed()
    await rollback(redemptionId)
    expect((await server.ask('GET', `/v1/redemptions/${redemptionId}`)).body).toMatchObject({
      status: 'approved',
      state: 'rolled_back',
    })
  })

  it('of some coupons leaves the others', async () => {
    const { medium, ids, redemptionId } = await redeemed(2)
    const [a = '', b = ''] = ids
    expect((await rollback(redemptionId, { acquisitionIds: [a] })).body).toMatchObject({
      state: 'active',
      rolledBack: [a],
    })
    expect([await server.usesLeft(medium, a), await server.usesLeft(medium, b)]).toEqual([1, 0])
    expect((await rollback(redemptionId)).body).toMatchObject({ state: 'rolled_back' })
    expect(await server.usesLeft(medium, b)).toBe(1)
    expect((await rollback(redemptionId, { acquisitionIds: [uuidv7()] })).status).toBe(400)
  })

  it('under an id that undid something else is a conflict', async () => {
    const [one, two] = [await redeemed(), await redeemed()]
    const rollbackId = uuidv7()
    await rollback(one.redemptionId, { rollbackId })
    expect((await rollback(two.redemptionId, { rollbackId })).status).toBe(409)
  })

  it('after the window, or from another station, takes a manager', async () => {
    const { redemptionId } = await redeemed()
    expect(await rollback(redemptionId, {}, server.stations.south)).toMatchObject({
      status: 403,
      body: { reason: 'operator_not_allowed' },
    })
    server.clock.advance(121_000)
    expect((await rollback(redemptionId)).status).toBe(403)
    expect((await rollback(redemptionId, { operatorId: server.operators.cashier.operatorId })).status).toBe(403)
    expect((await rollback(redemptionId, { operatorId: server.operators.manager.operatorId })).status).toBe(200)
    const later = await redeemed()
    server.clock.advance(121_000)
    expect((await rollback(later.redemptionId, {}, server.operators.manager.token)).status).toBe(200)
  })

  it('of an id nobody has used is 404 and changes nothing', async () => {
    const medium = newMedium()
    const coupon = await server.coupon(await server.campaign(), medium)
    const redemptionId = uuidv7()
    const rollbackId = uuidv7()
    expect((await rollback(redemptionId, { rollbackId })).status).toBe(404)
    expect((await server.redeem(medium, { redemptionId })).body).toMatchObject({ status: 'approved', state: 'active' })
    expect((await rollback(redemptionId, { rollbackId })).body).toMatchObject({ rolledBack: [coupon] })
    expect(await server.usesLeft(medium, coupon)).toBe(1)
  })
})
