import { expect, test } from 'vitest'
import { approveUnderFaults } from '../rigs/approvalsUnderFaults.ts'
import { broken } from '../rigs/approvalsVerdict.ts'

test('whatever is killed or lost, the server ends with exactly what was shown plus what was rolled back', {
  timeout: 240_000,
}, async () => {
  const seed = Number(process.env.TAPCOUPON_SEED ?? Date.now() % 1_000_000)
  console.log(`seed ${seed}; run it again with TAPCOUPON_SEED=${seed}`)
  const report = await approveUnderFaults(25, seed, () => {})
  expect(broken(report)).toEqual([])
  expect(report.shown.size).toBeGreaterThanOrEqual(25)
})

test('the verdict notices a lost approval, a burnt coupon and a use taken twice', () => {
  const coupon = 'a'
  const held = (state: 'active' | 'rolled_back') => ({ redemptionId: 'r', state, lines: new Map([[coupon, 50]]) })
  const shown = { totalDiscount: 50, lines: new Map([[coupon, 50]]), stored: false, undoAsked: false, undone: false }
  const report = (shownIds: string[], heldIds: string[], usesLeft: number) => ({
    seed: 0,
    shown: new Map(shownIds.map((id) => [id, shown])),
    holdings: {
      redemptions: new Map(heldIds.map((id) => [id, { ...held('active'), redemptionId: id }])),
      usesLeft: new Map([[coupon, usesLeft]]),
      overuse: 0,
    },
    usesAtStart: new Map([[coupon, 3]]),
    storedApprovals: 0,
    faults: {},
  })
  expect(broken(report(['r'], ['r'], 2))).toEqual([])
  expect(broken(report(['r'], [], 3))).toEqual(['seed 0: r was shown as approved and is lost'])
  expect(broken(report([], ['r'], 2))).toEqual(['seed 0: r is held and was never shown'])
  expect(broken(report(['r'], ['r'], 1))).toEqual(['seed 0: a: 1 uses taken, 1 of 3 left'])
})
