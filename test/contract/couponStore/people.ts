import { describe, expect, it } from 'vitest'
import { pinVerifier } from '../../../server/auth/pins.ts'
import { systemIds } from '../../../server/system.ts'
import { CHEAP } from '../../server/fixture.ts'
import { type MakeStore, storeWorld } from './world.ts'

/** Operators, as counters know them too. */
export function people(make: MakeStore): void {
  const world = storeWorld(make)
  describe('an operator', () => {
    it('is found by name and by id, as they were put last', async () => {
      const pin = await pinVerifier('1234', systemIds, CHEAP)
      const aiko = { operatorId: 'op-1', name: 'Aiko', role: 'cashier', active: true, storeId: null, pin } as const
      await world.coupons.putOperator(aiko)
      expect(await world.coupons.operatorByName('Aiko')).toMatchObject(aiko)
      const promoted = { ...aiko, role: 'manager', storeId: 'north' } as const
      await world.coupons.putOperator(promoted)
      expect(await world.coupons.operator('op-1')).toMatchObject(promoted)
      expect(await (await world.open()).operator('op-1')).toMatchObject(promoted)
      expect(await world.coupons.operatorByName('Nobody')).toBeNull()
      expect(await world.coupons.operator('nobody')).toBeNull()
    })

    it('whose name somebody else has is not put', async () => {
      await world.operator('cashier', { name: 'Aiko' })
      const pin = await pinVerifier('1234', systemIds, CHEAP)
      const other = { operatorId: 'another', name: 'Aiko', role: 'cashier', active: true, pin } as const
      await expect(world.coupons.putOperator(other)).rejects.toThrow()
      expect(await world.coupons.operator('another')).toBeNull()
    })
  })
}
