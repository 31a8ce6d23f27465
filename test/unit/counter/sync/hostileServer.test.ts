import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ReceivedResults, type StationEvent } from '../../../../core/events/event.ts'
import { unreachable } from '../../../../core/outcome.ts'
import { Forwarder } from '../../../../counter/sync/forwarder.ts'
import { NOBODY, newParts } from '../counterParts.ts'

type Item =
  | { readonly kind: 'right'; readonly status: string }
  | { readonly kind: 'missing' | 'garbage' | 'wrong_id' | 'wrong_seq' | 'null_seq' }
  | { readonly kind: 'twice'; readonly status: string; readonly other: string }
interface Answer {
  readonly how: 'answers' | 'refuses' | 'route_missing' | 'nobody' | 'stranger' | 'throttles'
  readonly items: readonly Item[]
  readonly extra: number
  readonly backwards: boolean
}

const status = fc.constantFrom('confirmed', 'forced', 'quarantined', 'retry', 'held_for_review')
const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 4, arbitrary: status.map((status) => ({ kind: 'right' as const, status })) },
  fc.constantFrom(
    { kind: 'missing' as const },
    { kind: 'garbage' as const },
    { kind: 'wrong_id' as const },
    { kind: 'wrong_seq' as const },
    { kind: 'null_seq' as const },
  ),
  fc.record({ kind: fc.constant('twice' as const), status, other: status }),
)
const answer: fc.Arbitrary<Answer> = fc.record({
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant('answers' as const) },
    fc.constantFrom('refuses', 'route_missing', 'nobody', 'stranger', 'throttles'),
  ),
  items: fc.array(item, { minLength: 1, maxLength: 8 }),
  extra: fc.nat(2),
  backwards: fc.boolean(),
})

const FINAL: readonly string[] = ['confirmed', 'forced', 'quarantined']
const STRANGER = '01900000-0000-7000-8000-000000000000'

/** What the server makes of a batch: the results as they go over the wire, and the honest part of them by number. */
function resultsFor(events: readonly StationEvent[], { items, extra, backwards }: Answer) {
  const honest = new Map<number, string>()
  const results = events.flatMap(({ seq, id }, index): unknown[] => {
    const what = items[index % items.length]!
    const result = (status: string, more: object = {}) => ({ seq, id, status, lines: [], ...more })
    switch (what.kind) {
      case 'right':
        honest.set(seq, what.status)
        return [result(what.status)]
      case 'twice':
        // The same said twice is one answer; so is a thing of this station's day beside one that it does not know.
        if (what.status === what.other || !isKnown(what.other)) honest.set(seq, what.status)
        else if (!isKnown(what.status)) honest.set(seq, what.other)
        return [result(what.status), result(what.other)]
      case 'missing':
        return []
      case 'garbage':
        return [null, 'ok', { seq, id }, [id]]
      case 'wrong_id':
        return [result('confirmed', { id: STRANGER })]
      case 'wrong_seq':
        return [result('confirmed', { seq: seq + 100_000 })]
      case 'null_seq':
        return [result('confirmed', { seq: null })]
      default:
        return unreachable(what)
    }
  })
  for (let n = 0; n < extra; n++) results.push({ seq: 900_000 + n, id: STRANGER, status: 'confirmed', lines: [] })
  return { results: backwards ? results.toReversed() : results, honest }
}
const isKnown = (status: string) => [...FINAL, 'retry'].includes(status)

it('whatever a server answers: an event leaves when it was answered for, once, and all the others stay and go on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(answer, { maxLength: 8 }), async (count, answers) => {
      const parts = newParts()
      const { journal } = parts.store
      for (let n = 0; n < count; n++) journal.record(parts.events.session('sign_in', `op-${n}`))
      const ended = new Map<number, string>()
      const sentAfterItsEnd: number[] = []
      let turn = 0
      const problem = (code: number) => ({ kind: 'rejected' as const, problem: { type: '', title: '', status: code } })
      parts.gateway.on('settle', (events) => {
        for (const { seq } of events) if (ended.has(seq)) sentAfterItsEnd.push(seq)
        const now = answers[turn]
        turn += 1
        switch (now?.how) {
          case 'nobody':
            return NOBODY
          case 'stranger':
            return { kind: 'unreachable', cause: 'not_ours' }
          case 'throttles':
            return { kind: 'throttled', retryAfterMs: 1_000 }
          case 'route_missing':
            return problem(404)
          case 'refuses':
            // Alone it is set aside; in company the batch is halved.
            if (events.length === 1) ended.set(events[0]!.seq, 'quarantined')
            return problem(400)
          default: {
            const made = now
              ? resultsFor(events, now)
              : { results: events.map(({ seq, id }) => ({ seq, id, status: 'confirmed', lines: [] })), honest: null }
            for (const { seq } of events) {
              const said = made.honest ? made.honest.get(seq) : 'confirmed'
              if (said !== undefined && FINAL.includes(said)) ended.set(seq, said)
            }
            // As the gateway reads it.
            return { kind: 'answered', answer: ReceivedResults.parse({ results: made.results, changeSeq: 5 }) }
          }
        }
      })
      const forwarder = new Forwarder({ ...parts, journal, settled: () => {} })
      forwarder.wake()
      for (let minutes = 0; minutes < 60 && journal.nextDue() !== null; minutes++) await parts.time.pass(60_000)
      await forwarder.stop()

      expect(sentAfterItsEnd).toEqual([])
      // A server that has come to its senses has answered for everything; what was set aside is still there.
      expect([...ended.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n + 1))
      const asEnded = (how: string) => [...ended.values()].filter((one) => one === how).length
      expect(journal.backlog()).toEqual({ stored: 0, quarantined: asEnded('quarantined'), unresolved: 0 })
      expect(journal.waiting().forced).toBe(asEnded('forced'))
    }),
    { numRuns: 60 },
  )
}, 120_000)
