import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

test('the same seed gives the same run, another one another', async () => {
  const first = await simulate({ seed: 77, steps: 1_500 })
  expect(first.violations).toEqual([])
  expect(await simulate({ seed: 77, steps: 1_500 })).toEqual(first)
  expect(await simulate({ seed: 78, steps: 1_500 })).not.toEqual(first)
})

test('too little happens in a few steps for the run to be valid', async () => {
  const { missing } = await simulate({ seed: 1, steps: 50 })
  expect(missing).toContain('more than 50 forced lines')
})
