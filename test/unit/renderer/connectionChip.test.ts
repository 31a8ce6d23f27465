import { expect, it } from 'vitest'
import { type CounterState, Visit } from '../../../core/counter/state.ts'
import { connectionChip } from '../../../renderer/reception/status/connectionChip.ts'
import type { Words } from '../../../renderer/words/useWords.ts'
import { OFFERS, STATE, STORED } from '../../e2e/renderer/states.ts'

const words = { t: (key: string) => key, moment: () => 'noon' } as unknown as Words
const chip = (change: Partial<CounterState>) => connectionChip(words, { ...STATE, ...change })
const ofCopy = Visit.parse({ ...OFFERS, source: 'replica' })
const one = { count: 1, value: 100, forced: 0, quarantined: 0 }

it('says online while the server answers', () => {
  expect(chip({ visit: OFFERS })).toMatchObject({ tone: 'good', text: 'status.online' })
})

it('does not say online beside coupons that the copy has found', () => {
  expect(chip({ visit: ofCopy })).toEqual({ tone: 'warn', text: 'status.silent', detail: 'status.silentDetail' })
})

it('nor beside an approval that the server has not taken yet', () => {
  expect(chip({ visit: STORED, waiting: one })).toMatchObject({ text: 'status.silent' })
  expect(chip({ visit: STORED, waiting: { ...one, count: 0 } })).toMatchObject({ text: 'status.online' })
})

it('says offline where it is, since when', () => {
  const connection = { mode: 'offline', since: 0, cause: 'slow', replicaAsOf: 0 } as const
  expect(chip({ visit: ofCopy, connection })).toEqual({ tone: 'warn', text: 'status.offline', detail: 'status.since' })
})
