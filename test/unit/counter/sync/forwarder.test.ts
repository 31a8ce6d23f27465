import { describe, expect, it } from 'vitest'
import type { Settlement, StationEvent } from '../../../../core/events/event.ts'
import type { SettledBatch } from '../../../../counter/store/counterStore.ts'
import { Forwarder } from '../../../../counter/sync/forwarder.ts'
import { NOBODY, newParts, type TestParts } from '../counterParts.ts'

const setUp = () => {
  const parts = newParts()
  const batches: SettledBatch[] = []
  const { journal } = parts.store
  const forwarder = new Forwarder({ ...parts, journal, settled: (batch) => batches.push(batch) })
  return { parts, forwarder, batches, journal }
}
const record = ({ store, events }: TestParts, count: number) => {
  for (let n = 0; n < count; n++) store.journal.record(events.session('sign_in', `op-${n}`))
}
const answerAll = (events: readonly StationEvent[], status: Settlement = 'confirmed', reason?: string) => ({
  kind: 'answered' as const,
  answer: {
    changeSeq: 5,
    results: events.map(({ seq, id }) => ({ seq, id, status, lines: [], ...(reason ? { reason } : {}) })),
  },
})
const sent = (parts: TestParts) =>
  parts.gateway.calls('settle').map(([events]) => (events as StationEvent[]).map(({ seq }) => seq))
const left = (parts: TestParts) => parts.store.journal.due(Number.MAX_SAFE_INTEGER, 500, 1e9).map(({ seq }) => seq)

describe('the forwarder', () => {
  it('sends what waits, oldest first, and is then quiet', async () => {
    const { parts, forwarder } = setUp()
    record(parts, 3)
    parts.gateway.on('settle', (events) => answerAll(events))
    forwarder.wake()
    await parts.time.pass(60_000)
    expect(sent(parts)).toEqual([[1, 2, 3]])
    expect(left(parts)).toEqual([])
  })

  it('loses nothing while nobody answers, and pauses longer and longer', async () => {
    const { parts, forwarder } = setUp()
    record(parts, 1)
    parts.gateway.on('settle', () => NOBODY)
    forwarder.wake()
    await parts.time.pass(10 * 60_000)
    const tries = sent(parts).length
    // Doubling from half a second to half a minute: not hundreds, and not none.
    expect(tries).toBeGreaterThan(15)
    expect(tries).toBeLessThan(60)
    expect(left(parts)).toEqual([1])
    expect(parts.connectivity.mode).toBe('offline')
    parts.gateway.on('settle', (events) => answerAll(events))
    await parts.time.pass(30_000)
    expect(left(parts)).toEqual([])
  })

  it('a batch that is refused whole is halved until the bad event is alone; the others go through', async () => {
    const { parts, forwarder, batches } = setUp()
    record(parts, 7)
    const problem = { type: 'about:blank', title: '', status: 400, reason: 'invalid_request' }
    parts.gateway.on('settle', (events) =>
      events.some(({ seq }) => seq === 5) ? { kind: 'rejected', problem } : answerAll(events),
    )
    forwarder.wake()
    await parts.time.pass(60_000)
    expect(left(parts)).toEqual([])
    expect(parts.store.journal.waiting().quarantined).toBe(1)
    expect(batches.flatMap(({ quarantined }) => quarantined)).toMatchObject([{ reason: 'invalid_request' }])
  })

  it.each([404, 405, 406, 409])('a %i is about the server and no reason to set anything aside', async (status) => {
    const { parts, forwarder } = setUp()
    record(parts, 1)
    const problem = { type: 'about:blank', title: '', status }
    parts.gateway.on('settle', () => ({ kind: 'rejected', problem }))
    forwarder.wake()
    await parts.time.pass(60_000)
    expect(left(parts)).toEqual([1])
    expect(parts.store.journal.waiting().quarantined).toBe(0)
  })

  /** Two of them are as much as is sent at once. */
  const recordLarge = ({ store, events }: TestParts, count: number) => {
    for (let n = 0; n < count; n++) store.journal.record(events.session('sign_in', `${n}`.repeat(330_000)))
  }

  it('sends the next events before the answer is written down, and forgets none of either', async () => {
    const { parts, forwarder } = setUp()
    recordLarge(parts, 5)
    const unwritten: number[] = []
    parts.gateway.on('settle', (events) => {
      unwritten.push(left(parts)[0] ?? 0)
      return answerAll(events)
    })
    forwarder.wake()
    await parts.time.pass(60_000)
    expect(sent(parts)).toEqual([[1, 2], [3, 4], [5]])
    // When the later ones left, those before them had been answered for and were still in the outbox.
    expect(unwritten).toEqual([1, 1, 3])
    expect(left(parts)).toEqual([])
    await forwarder.stop()
  })

  it('stopped between an answer and its writing, it waits for no clock; what was not written is sent again', async () => {
    for (const turns of [0, 1, 2, 5, 10, 20, 40]) {
      const { parts, forwarder } = setUp()
      recordLarge(parts, 3)
      parts.gateway.on('settle', (events) => answerAll(events))
      forwarder.wake()
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      await forwarder.stop()
      const again = new Forwarder({ ...parts, journal: parts.store.journal, settled: () => {} })
      again.wake()
      await parts.time.pass(60_000)
      expect(left(parts)).toEqual([])
      await again.stop()
    }
  })

  it('what is to be retried is retried later, and does not hold up what comes after it', async () => {
    const { parts, forwarder } = setUp()
    record(parts, 2)
    parts.gateway.on('settle', (events) => {
      const answered = answerAll(events)
      for (const result of answered.answer.results) if (result.seq === 1) result.status = 'retry'
      return answered
    })
    forwarder.wake()
    await parts.time.pass(100)
    expect(left(parts)).toEqual([1])
    record(parts, 1)
    forwarder.wake()
    await parts.time.pass(100)
    expect(sent(parts)).toEqual([[1, 2], [3]])
    parts.gateway.on('settle', (events) => answerAll(events))
    await parts.time.pass(5_000)
    expect(left(parts)).toEqual([])
  })

  it('a clock that is set back holds up nothing that was to be retried', async () => {
    const { parts, forwarder, journal } = setUp()
    record(parts, 1)
    parts.gateway.on('settle', (events) => answerAll(events, 'retry'))
    forwarder.wake()
    await parts.time.pass(100)
    const [event] = journal.due(Number.MAX_SAFE_INTEGER, 1, 1e9)
    // As it was written before the clock was set back by a day.
    const tomorrow = parts.time.now() + 86_400_000
    journal.settle([event!], [], 5, tomorrow, tomorrow + 5_000)
    parts.gateway.on('settle', (events) => answerAll(events))
    await parts.time.pass(5_000)
    expect(left(parts)).toEqual([])
  })

  it('names what was forced and what was set aside', async () => {
    const { parts, forwarder, batches } = setUp()
    record(parts, 1)
    parts.gateway.on('settle', (events) => answerAll(events, 'forced', 'already_used'))
    forwarder.wake()
    await parts.time.pass(100)
    expect(batches).toMatchObject([{ forced: [{ reason: 'already_used' }], quarantined: [] }])
  })

  it('429 waits at least as told', async () => {
    const { parts, forwarder } = setUp()
    record(parts, 1)
    parts.gateway.on('settle', () => ({ kind: 'throttled', retryAfterMs: 20_000 }))
    forwarder.wake()
    await parts.time.pass(19_999)
    expect(sent(parts)).toHaveLength(1)
    await parts.time.pass(20_000)
    expect(sent(parts)).toHaveLength(2)
  })
})
