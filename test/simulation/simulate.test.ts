import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'
import { FEWEST_STEPS, verdictOf } from './verdict.ts'

test('the same seed gives the same run, another one another', async () => {
  const first = await simulate({ seed: 77, steps: 1_500 })
  expect(first.violations).toEqual([])
  expect(await simulate({ seed: 77, steps: 1_500 })).toEqual(first)
  expect(await simulate({ seed: 78, steps: 1_500 })).not.toEqual(first)
})

test('too little happens in a few steps for the run to be valid, and too little is known to blame it', async () => {
  const report = await simulate({ seed: 1, steps: 50 })
  expect(report.missing).toContain('more than 50 forced lines')
  expect(verdictOf(report)).toMatchObject({ code: 0, name: 'too_short' })
  expect(verdictOf({ ...report, steps: FEWEST_STEPS, redemptions: 1 })).toMatchObject({ code: 1, name: 'not_valid' })
})

test('a run in which nobody redeems anything is no run', async () => {
  // A manager comes instead of every customer.
  const idle = await simulate({ seed: 1, steps: 1_000, conditions: { callsManager: 1 } })
  expect(idle.redemptions).toBe(0)
  expect(verdictOf(idle)).toMatchObject({ code: 1, name: 'no_redemptions' })
})

test('a violation comes before everything else', () => {
  const violated = { steps: 50, redemptions: 0, violations: ['twice'], missing: ['5 % of the approvals offline'] }
  expect(verdictOf(violated)).toMatchObject({ code: 1, name: 'rule_violated' })
  expect(verdictOf({ ...violated, violations: [], missing: [], redemptions: 400 })).toMatchObject({ code: 0 })
})
