import { expect, it } from 'vitest'
import { retryDelayMs } from '../../../drivers/backoff.ts'

it('a device that does not open is tried again after 0.2 s, then twice as long, and never later than a second', () => {
  expect([1, 2, 3, 4, 5, 1_000].map(retryDelayMs)).toEqual([200, 400, 800, 1_000, 1_000, 1_000])
})
