import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Checkpoint, checkpointHash } from '../../../../core/events/checkpoint.ts'
import type { StationEvent } from '../../../../core/events/event.ts'
import {
  type ChainCrypto,
  type FoundJournal,
  nextLink,
  signedLink,
  verifyJournal,
} from '../../../../core/events/verify.ts'
import { sha256 } from '../../../../counter/station/hashes.ts'
import { StationJournal } from '../../../server/stationJournal.ts'

/** Signing is not what is tested here: a signature is the hash, with a letter for whose it is. */
const signature = (hash: Uint8Array, by = 's') => Buffer.from(`${by}${Buffer.from(hash).toString('hex')}`)
const crypto: ChainCrypto = {
  sha256,
  fromBase64Url: (text) => Buffer.from(text, 'base64url'),
  signed: (hash, sig) => signature(hash).equals(sig),
}

/** A journal of `count` events, signed as `crypto` checks it. */
function journalOf(count: number, first = 1): StationEvent[] {
  const journal = new StationJournal()
  const events: StationEvent[] = []
  for (let n = 1; n < first + count; n++) {
    const event = journal.write('session', { action: 'sign_in', operatorId: `op-${n}` }, Date.UTC(2026, 0, 1) + n)
    events.push(resigned(event))
  }
  return events.slice(first - 1)
}

/** The same event, signed by whoever `by` is. */
function resigned(event: StationEvent, by?: string): StationEvent {
  const hashes: Uint8Array[] = []
  signedLink(event, { ...crypto, signed: (hash) => hashes.push(hash) > 0 })
  return { ...event, sig: signature(hashes[0]!, by).toString('base64url') }
}

const whole = (events: FoundJournal['events'], checkpoint: FoundJournal['checkpoint'] = null): FoundJournal => ({
  checkpoint,
  whole: true,
  events,
})
const verdict = (events: FoundJournal['events']) => verifyJournal(whole(events), crypto)

function checkpointAt(events: readonly StationEvent[], throughSeq: number, keptSeqs: readonly number[] = []) {
  const links = events.map((event) => signedLink(event, crypto))
  const hashOf = (seq: number) => {
    const link = links[seq - 1]
    if (!link?.ok) throw new Error('not signed')
    return link.value.hash
  }
  const at = new Date(0).toISOString()
  const checkpoint: Checkpoint = {
    version: 1,
    throughSeq,
    hash: hashOf(throughSeq),
    at,
    from: at,
    through: at,
    types: {},
    settled: { confirmed: 0, forced: 0, resolved: 0 },
    totalDiscount: 0,
    kept: keptSeqs.map((seq) => ({ seq, hash: hashOf(seq) })),
  }
  return { checkpoint, sig: signature(checkpointHash(checkpoint, sha256)).toString('base64url') }
}

describe('a journal', () => {
  it('as the station wrote it holds, up to its last event', () => {
    expect(verdict(journalOf(5))).toMatchObject({ broken: null, events: 5, last: { seq: 5 } })
    expect(verdict([])).toMatchObject({ broken: null, events: 0, last: { seq: 0 } })
  })

  it.each<[string, (events: StationEvent[]) => (StationEvent | number)[], object]>([
    ['an event is gone', (e) => e.toSpliced(2, 1), { seq: 3, problem: 'missing' }],
    ['the first is gone', (e) => e.slice(1), { seq: 1, problem: 'missing' }],
    ['one is there twice', (e) => e.toSpliced(2, 0, e[1]!), { seq: 2, problem: 'repeated' }],
    ['two changed places', (e) => [e[0]!, e[2]!, e[1]!], { seq: 2, problem: 'missing' }],
    ['a body was changed', (e) => e.with(3, { ...e[3]!, body: { action: 'x' } }), { seq: 4, problem: 'signature' }],
    [
      'a time was changed',
      (e) => e.with(0, { ...e[0]!, correctedAt: '2020-01-01T00:00:00.000Z' }),
      { seq: 1, problem: 'signature' },
    ],
    ['another signed it', (e) => e.with(1, resigned(e[1]!, 'x')), { seq: 2, problem: 'signature' }],
    ['it has no signature', (e) => e.with(1, { ...e[1]!, sig: undefined }), { seq: 2, problem: 'signature' }],
    ['the station wrote it elsewhere', (e) => e.with(2, journalOf(1, 3)[0]!), { seq: 3, problem: 'chain' }],
    ['it cannot be read', (e) => [...e.slice(0, 2), 3], { seq: 3, problem: 'unreadable' }],
    ['its body is no JSON', (e) => e.with(1, { ...e[1]!, body: { n: Number.NaN } }), { seq: 2, problem: 'unreadable' }],
  ])('%s: broken there', (_what, spoil, broken) => {
    expect(verdict(spoil(journalOf(5))).broken).toEqual(broken)
  })

  it('any change of any event is found, at that event', () => {
    const events = journalOf(6)
    fc.assert(
      fc.property(
        fc.nat(5),
        fc.constantFrom('body', 'id', 'type', 'prevHash', 'salt', 'sig', 'stationAt', 'correctedAt'),
        fc.string({ minLength: 1, maxLength: 8 }),
        (index, field, text) => {
          const event = events[index]!
          const changed =
            field === 'body' ? { ...event.body, added: text } : `${text}${String(event[field as keyof StationEvent])}`
          // base64url is read leniently: what says the same is the same.
          fc.pre(field === 'body' || !['salt', 'sig'].includes(field) || /[A-Za-z0-9_-]/.test(text))
          const found = verdict(events.with(index, { ...event, [field]: changed })).broken
          expect(found?.seq).toBe(event.seq)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('from a checkpoint on', () => {
  const events = journalOf(6)

  it('the chain goes on where it ends', () => {
    expect(verifyJournal(whole(events.slice(3), checkpointAt(events, 3)), crypto)).toMatchObject({
      broken: null,
      events: 3,
    })
    expect(verifyJournal(whole(events.slice(4), checkpointAt(events, 3)), crypto).broken).toEqual({
      seq: 4,
      problem: 'missing',
    })
  })

  it('one that the station did not sign counts for nothing', () => {
    const signed = checkpointAt(events, 3)
    const changed = { ...signed, checkpoint: { ...signed.checkpoint, totalDiscount: 1 } }
    expect(verifyJournal(whole(events.slice(3), changed), crypto).broken).toEqual({ seq: 3, problem: 'checkpoint' })
  })

  it('what it says is still there must be, as it was', () => {
    const checkpoint = checkpointAt(events, 3, [2])
    const kept = events[1]!
    const check = (...found: StationEvent[]) => verifyJournal(whole([...found, ...events.slice(3)], checkpoint), crypto)
    expect(check(kept)).toMatchObject({ broken: null, events: 4 })
    expect(check().broken).toEqual({ seq: 2, problem: 'missing' })
    expect(check(kept, kept).broken).toEqual({ seq: 2, problem: 'repeated' })
    expect(check(events[0]!).broken).toEqual({ seq: 1, problem: 'repeated' })
    expect(check(journalOf(1, 2)[0]!).broken).toEqual({ seq: 2, problem: 'chain' })
    expect(verifyJournal(whole([], checkpoint), crypto).broken).toEqual({ seq: 2, problem: 'missing' })
  })
})

describe('some events of a journal', () => {
  const events = journalOf(6)
  const some = (...found: StationEvent[]) => verifyJournal({ checkpoint: null, whole: false, events: found }, crypto)

  it('may have holes; each is signed, and neighbours follow each other', () => {
    expect(some(events[1]!, events[2]!, events[5]!)).toMatchObject({ broken: null, events: 3 })
    expect(some(events[1]!, journalOf(1, 3)[0]!).broken).toEqual({ seq: 3, problem: 'chain' })
    expect(some(events[2]!, events[1]!).broken).toEqual({ seq: 2, problem: 'repeated' })
    expect(some(resigned(events[2]!, 'x')).broken).toEqual({ seq: 3, problem: 'signature' })
  })
})

it('a link follows only its own predecessor', () => {
  const [first, second] = journalOf(2)
  const link = nextLink({ seq: 0, hash: first?.prevHash ?? '' }, first!, crypto)
  expect(link.ok && nextLink(link.value, second!, crypto)).toMatchObject({ ok: true, value: { seq: 2 } })
})
