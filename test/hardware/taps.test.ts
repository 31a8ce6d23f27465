import { expect, it } from 'vitest'
import { tapsOnPcscd } from './rigs/pcscdTaps.ts'

/** A second each; `npm run proof -- taps` holds 1,000 cards to the reader. */
const TAPS = 100

it(`${TAPS} cards, one after another, are each read once by a real pcscd`, async () => {
  const { lost, doubled, failed, oursMs } = await tapsOnPcscd(TAPS)
  expect({ lost, doubled, failed, read: oursMs.length }).toEqual({ lost: 0, doubled: 0, failed: 0, read: TAPS })
}, 400_000)
