import { expect, it } from 'vitest'
import type { Channel } from '../../../core/ports/channel.ts'
import { calmScreen, UNDER_WAY_MS } from '../../../counter/calmScreen.ts'
import { VirtualTime } from './counterParts.ts'

function setUp() {
  const time = new VirtualTime()
  const shown: unknown[] = []
  let isClosed = false
  const screen: Channel = {
    post: (message) => shown.push(message),
    onMessage: () => {},
    onClosed: () => {},
    close: () => {
      isClosed = true
    },
  }
  let revision = 0
  const calm = calmScreen(screen, time)
  /** A state of the counter at this phase, with something else that it may say. */
  const state = (phase: string, more: object = {}) => {
    revision += 1
    const message = { type: 'state', state: { revision, visit: { phase, ...more } } }
    calm.post(message)
    return message
  }
  return { time, shown, calm, state, isClosed: () => isClosed }
}

it('a decision that comes at once is all that is drawn of a tap', async () => {
  const { time, shown, state } = setUp()
  const idle = state('idle')
  for (const phase of ['reading', 'searching', 'approving']) {
    state(phase)
    await time.pass(UNDER_WAY_MS / 4)
  }
  const approved = state('approved')
  await time.pass(UNDER_WAY_MS * 2)
  expect(shown).toEqual([idle, approved])
})

it('work that lasts is shown as it is by then, counted from where it began', async () => {
  const { time, shown, state } = setUp()
  state('reading')
  await time.pass(UNDER_WAY_MS - 1)
  const searching = state('searching')
  expect(shown).toEqual([])
  await time.pass(1)
  expect(shown).toEqual([searching])
  const offers = state('offers')
  expect(shown).toEqual([searching, offers])
})

it('a state that says what the last one said is not sent again, and one that goes back to it says nothing either', async () => {
  const { time, shown, state } = setUp()
  const idle = state('idle')
  state('idle')
  state('searching')
  state('idle')
  await time.pass(UNDER_WAY_MS)
  expect(shown).toEqual([idle])
  const other = state('idle', { waiting: 1 })
  expect(shown).toEqual([idle, other])
})

it('an answer to a command comes after the state that came before it', () => {
  const { shown, calm, state } = setUp()
  const approving = state('approving')
  const result = { type: 'result', requestId: 1, result: { ok: true } }
  calm.post(result)
  expect(shown).toEqual([approving, result])
})

it('a screen that was closed is told nothing later', async () => {
  const { time, shown, calm, state, isClosed } = setUp()
  state('searching')
  calm.close()
  await time.pass(UNDER_WAY_MS)
  expect(isClosed()).toBe(true)
  expect(shown).toEqual([])
})
