import { toBase64Url } from '../base64url.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { Sha256 } from '../ports/crypto.ts'
import { bodyHash, eventHash, FIRST_PREV_HASH } from './chain.ts'
import { checkpointHash, type SignedCheckpoint } from './checkpoint.ts'
import type { StationEvent } from './event.ts'

/** What a journal is checked with. `signed`: whether an Ed25519 signature over `hash` is the station's. */
export interface ChainCrypto {
  readonly sha256: Sha256
  /** Bytes of base64url. */
  readonly fromBase64Url: (text: string) => Uint8Array
  readonly signed: (hash: Uint8Array, sig: Uint8Array) => boolean
}

/** An event's place: its number, and the hash (base64url) that the next one names. */
export interface Link {
  readonly seq: number
  readonly hash: string
}

/** Before a station's first event. */
export const BEGINNING: Link = { seq: 0, hash: FIRST_PREV_HASH }

/**
 * The first place at which a journal is not what the station wrote.
 * - `missing`: the numbers have a hole here. `repeated`: this number came before.
 * - `chain`: it does not follow the event before it.
 * - `signature`: the station did not sign this: it was changed, or another wrote it.
 * - `unreadable`: it cannot be read at all.
 * - `checkpoint`: the signed checkpoint was changed.
 */
export interface Broken {
  readonly seq: number
  readonly problem: 'missing' | 'repeated' | 'chain' | 'signature' | 'unreadable' | 'checkpoint'
}

/** The hash of an event as it stands; refused when the station did not sign it. */
export function signedLink(event: StationEvent, crypto: ChainCrypto): Outcome<Link, { readonly broken: Broken }> {
  const { seq, prevHash, salt, sig } = event
  const bad = (problem: Broken['problem']) => refused({ broken: { seq, problem } })
  if (prevHash === undefined || salt === undefined || sig === undefined) return bad('signature')
  let hash: Uint8Array
  try {
    const hashed = bodyHash(crypto.fromBase64Url(salt), event.body, crypto.sha256)
    hash = eventHash({ ...event, prevHash }, hashed, crypto.sha256)
  } catch {
    // A body that JSON cannot carry was never signed.
    return bad('unreadable')
  }
  return crypto.signed(hash, crypto.fromBase64Url(sig)) ? accepted({ seq, hash: toBase64Url(hash) }) : bad('signature')
}

/** The next link of a chain; refused where the event is not the one that follows `before`. */
export function nextLink(
  before: Link,
  event: StationEvent,
  crypto: ChainCrypto,
): Outcome<Link, { readonly broken: Broken }> {
  const { seq } = event
  const bad = (at: number, problem: Broken['problem']) => refused({ broken: { seq: at, problem } })
  if (seq > before.seq + 1) return bad(before.seq + 1, 'missing')
  if (seq <= before.seq) return bad(seq, 'repeated')
  const link = signedLink(event, crypto)
  if (!link.ok) return link
  return event.prevHash === before.hash ? link : bad(seq, 'chain')
}

/** Where a journal with this checkpoint goes on; refused when the station did not sign it. */
export function checkpointLink(
  { checkpoint, sig }: SignedCheckpoint,
  crypto: ChainCrypto,
): Outcome<Link, { readonly broken: Broken }> {
  const { throughSeq: seq, hash } = checkpoint
  const signed = crypto.signed(checkpointHash(checkpoint, crypto.sha256), crypto.fromBase64Url(sig))
  return signed ? accepted({ seq, hash }) : refused({ broken: { seq, problem: 'checkpoint' } })
}

/** A journal as it is found: in a database, or in a file for rescue. */
export interface FoundJournal {
  readonly checkpoint: SignedCheckpoint | null
  /** false: some of its events, whose numbers may have holes. */
  readonly whole: boolean
  /** By rising number; a number alone is an event that is there and cannot be read. */
  readonly events: Iterable<StationEvent | number>
}

export interface Verdict {
  /** null: it is what the station wrote. */
  readonly broken: Broken | null
  /** Events that were looked at and hold. */
  readonly events: number
  /** Up to where it holds. */
  readonly last: Link
}

/**
 * Checks the numbers, the chain, every signature and the checkpoint, and stops at the first break. What was cut off the
 * end cannot be seen here: compare `last` with the server's.
 */
export function verifyJournal({ checkpoint, whole, events }: FoundJournal, crypto: ChainCrypto): Verdict {
  let last = BEGINNING
  let count = 0
  const broken = (found: Broken): Verdict => ({ broken: found, events: count, last })
  const kept = new Map<number, string>()
  if (checkpoint) {
    const link = checkpointLink(checkpoint, crypto)
    if (!link.ok) return broken(link.broken)
    last = link.value
    for (const { seq, hash } of checkpoint.checkpoint.kept) kept.set(seq, hash)
  }
  const missing = (): number | null => (whole ? (kept.keys().next().value ?? null) : null)
  for (const event of events) {
    if (typeof event === 'number') return broken({ seq: event, problem: 'unreadable' })
    const { seq } = event
    if (checkpoint && seq <= checkpoint.checkpoint.throughSeq) {
      const link = signedLink(event, crypto)
      if (!link.ok) return broken(link.broken)
      if (kept.get(seq) !== link.value.hash) return broken({ seq, problem: kept.has(seq) ? 'chain' : 'repeated' })
      kept.delete(seq)
      count += 1
      continue
    }
    const lost = missing()
    if (lost !== null) return broken({ seq: lost, problem: 'missing' })
    const afterHole = !whole && seq > last.seq + 1
    const link = afterHole ? signedLink(event, crypto) : nextLink(last, event, crypto)
    if (!link.ok) return broken(link.broken)
    last = link.value
    count += 1
  }
  const lost = missing()
  return lost === null ? { broken: null, events: count, last } : broken({ seq: lost, problem: 'missing' })
}
