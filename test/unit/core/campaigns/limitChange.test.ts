import { expect, it } from 'vitest'
import { limitConflict } from '../../../../core/campaigns/limitChange.ts'
import { rulesOf } from '../shop.ts'

const counts = { uses: 70, lentUses: 30, value: 7_000, lentValue: 3_000, issued: 500 }
const unused = { uses: 0, lentUses: 0, value: 0, lentValue: 0, issued: 0 }
const conflict = (limits: object, before: object = {}, used = counts) =>
  limitConflict(rulesOf({ limits: before }), rulesOf({ limits }), used)

it.each([
  ['campaignUses', 100],
  ['campaignValue', 10_000],
  ['circulation', 500],
])('%s may go down to what is used, lent or issued, and no further', (limit, used) => {
  expect(conflict({ [limit]: used })).toBeNull()
  expect(conflict({ [limit]: used - 1 })).toEqual({ limit, used, asked: used - 1 })
})

it('a limit per customer cannot be added to what was used without counting by customer', () => {
  expect(conflict({ holderUses: 3 })).toEqual({ limit: 'holderUses' })
  expect(conflict({ holderUses: 3 }, { holderUses: 1 })).toBeNull()
  expect(conflict({ holderUses: 3 }, {}, unused)).toBeNull()
  expect(conflict({ holderPeriod: { period: 'week', uses: 1 } }, { holderPeriod: { period: 'day', uses: 1 } })).toEqual(
    {
      limit: 'holderPeriod',
    },
  )
  expect(
    conflict({ holderPeriod: { period: 'day', uses: 5 } }, { holderPeriod: { period: 'day', uses: 1 } }),
  ).toBeNull()
})

it('money that was given does not change its currency', () => {
  expect(limitConflict(rulesOf({}), rulesOf({ currency: 'USD' }), unused)).toEqual({ limit: 'currency' })
})

it('nothing contradicts the first version', () => {
  expect(limitConflict(null, rulesOf({ limits: { campaignUses: 1 } }), counts)).toBeNull()
})
