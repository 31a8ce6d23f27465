import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { DAY } from './fixture.ts'
import { offlineStation } from './offlineStation.ts'

const station = offlineStation()
const { held, inDatabase, offline, send, usable, usage, write } = station

describe('an annul', () => {
  it('before its redemption waits for it, and then undoes it', async () => {
    const { medium, coupon, campaignId } = await held()
    const redemptionId = uuidv7()
    const annul = write('annul', { annulId: uuidv7(), redemptionId, reason: 'wrong card' })
    expect(await send(annul)).toMatchObject([{ status: 'confirmed' }])
    expect(await send(offline(redemptionId, [coupon]))).toMatchObject([{ status: 'confirmed' }])
    expect(await usable(medium)).toMatchObject([{ acquisitionId: coupon }])
    expect(usage(campaignId)).toMatchObject({ uses: 0, value: 0 })
  })

  it('before the delayed request waits for that too', async () => {
    const { medium, coupon } = await held()
    const redemptionId = uuidv7()
    await send(write('annul', { annulId: uuidv7(), redemptionId, reason: 'never_shown' }))
    const late = await station.server.redeem(await keysOf(coupon), { redemptionId }, station.token)
    expect(late.body).toMatchObject({ status: 'approved', state: 'rolled_back' })
    expect(await usable(medium)).toMatchObject([{ acquisitionId: coupon }])
  })

  it('an undone use pays for an overuse before it comes back', async () => {
    const { medium, coupon, campaignId } = await held()
    const [first, second] = [uuidv7(), uuidv7()]
    await send(offline(first, [coupon]), offline(second, [coupon]))
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 1, forced_value: 100 })
    await send(write('annul', { annulId: uuidv7(), redemptionId: first, reason: 'x' }))
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 0, forced_value: 0 })
    expect(await usable(medium)).toEqual([])
    await send(write('annul', { annulId: uuidv7(), redemptionId: second, reason: 'x' }))
    expect(usage(campaignId)).toEqual({ uses: 0, value: 0, forced_uses: 0, forced_value: 0 })
    expect(await usable(medium)).toMatchObject([{ usesLeft: 1 }])
  })

  it('of a forced line gives nothing back that was not taken', async () => {
    const { medium, coupon, campaignId } = await held()
    const forced = uuidv7()
    await send(offline(uuidv7(), [coupon]), offline(forced, [coupon]))
    await send(write('annul', { annulId: uuidv7(), redemptionId: forced, reason: 'x' }))
    expect(usage(campaignId)).toEqual({ uses: 1, value: 100, forced_uses: 0, forced_value: 0 })
    expect(await usable(medium)).toEqual([])
  })
})

describe('a station undoes what it never showed, whenever it comes back', () => {
  const redeemHere = async (medium: { keys: unknown[] }) =>
    (await station.server.redeem(medium, {}, station.token)).body
  const rollback = (redemptionId: string) =>
    station.server.ask(
      'POST',
      `/v1/redemptions/${redemptionId}/rollback`,
      { rollbackId: uuidv7(), reason: 'never_shown' },
      station.token,
    )

  it('but not what its journal says was shown', async () => {
    const [unseen, seen] = [await held(), await held()]
    const [lost, shown] = [await redeemHere(await keysOf(unseen.coupon)), await redeemHere(await keysOf(seen.coupon))]
    await send(write('redemption', { redemptionId: shown.redemptionId, decided: 'online', lines: shown.lines }))
    station.server.clock.advance(DAY)
    expect((await rollback(lost.redemptionId)).status).toBe(200)
    expect((await rollback(shown.redemptionId)).status).toBe(403)
  })
})

/** The medium's key of whoever holds a coupon, as a counter's copy has it. */
async function keysOf(acquisitionId: string) {
  const row = inDatabase<{ key: Buffer; v: number }>(
    'SELECT key, key_version AS v FROM media JOIN acquisitions USING (holder_id) WHERE acquisition_id = ?',
    acquisitionId,
  )
  return { keys: [{ v: row.v, key: row.key.toString('hex') }] }
}
