import { expect, inject, test } from 'vitest'
import { brokenInChain, redeemUnderKills } from '../rigs/chainUnderKills.ts'
import { newDatabase } from '../rigs/sharedPostgres.ts'

test('two processes that are killed in turn give exactly what a limit allows, each coupon once, and the feed tells it all', {
  timeout: 240_000,
}, async () => {
  const url = await newDatabase(inject('postgresPort'))
  const report = await redeemUnderKills(url, { acquisitions: 200, limit: 100, clients: 32, kills: 4 }, () => {})
  expect(brokenInChain(report)).toEqual([])
})

test('the verdict notices one too many, a coupon used twice, a lost approval and a hole in the feed', () => {
  const report = (told: readonly string[], lines: readonly [string, string][], uses: number, feed: number) => ({
    ...{ acquisitions: 1, limit: 1, kills: 0, killed: 0 },
    answers: new Map(told.map((id) => [id, { acquisitionId: 'a', approved: true }])),
    held: { uses, usesLeft: new Map([['a', 0]]), approved: new Map(lines) },
    followed: new Map([['a', feed]]),
  })
  expect(brokenInChain(report(['r'], [['r', 'a']], 1, 0))).toEqual([])
  expect(
    brokenInChain(
      report(
        ['r', 's'],
        [
          ['r', 'a'],
          ['s', 'a'],
        ],
        2,
        0,
      ),
    ),
  ).toEqual([
    '2 were told that they are approved, not 1',
    'the campaign counts 2 uses, not 1',
    '2 lines are counted, not 1',
  ])
  expect(brokenInChain(report(['r'], [['q', 'a']], 1, 0))).toEqual(['r was told as approved and is not held'])
  expect(brokenInChain(report(['r'], [['r', 'a']], 1, 1))).toEqual(['the feed says 1 of a, not 0'])
})
