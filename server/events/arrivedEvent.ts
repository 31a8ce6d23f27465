import { type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { bodyHash, eventHash, FIRST_PREV_HASH } from '../../core/events/chain.ts'
import { AnnulEventBody, EventType, RedemptionEventBody, StationEvent } from '../../core/events/event.ts'
import type { ReasonCode } from '../../core/reasonCodes.ts'
import { ed25519Key } from '../auth/ed25519.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { presentedMedium } from '../media/presentedMedium.ts'
import type { PresentedMedium, StationContext } from '../store/commands.ts'
import { isTooOld } from '../store/keeping.ts'
import { sha256 } from '../system.ts'
import { contentHash, intentHash } from './intent.ts'
import { redacted } from './redact.ts'

export type EventContent =
  | {
      readonly kind: 'redemption'
      readonly body: Omit<RedemptionEventBody, 'medium'>
      /** null: the event does not say. */
      readonly medium: PresentedMedium | null
      /** null: the event does not carry the whole intent. */
      readonly intentHash: Uint8Array | null
    }
  | { readonly kind: 'annul'; readonly body: AnnulEventBody; readonly intentHash: Uint8Array }
  /** Kept for people to read: refusal, override, policy, session. */
  | { readonly kind: 'record' }
  /** Its place in the journal is right, what it says is not. */
  | { readonly kind: 'bad'; readonly reason: ReasonCode }

/** An event after everything that can be checked without the database. */
export type ArrivedEvent =
  /** Nothing says that this station wrote it, or where it belongs. */
  | {
      readonly kind: 'unreadable'
      readonly seq: number | null
      readonly id: string | null
      readonly reason: ReasonCode
      readonly redacted: string
    }
  | {
      readonly kind: 'read'
      readonly seq: number
      readonly id: string
      readonly type: string
      readonly hash: Uint8Array
      /** null: from a station that keeps no chain. */
      readonly prevHash: Uint8Array | null
      readonly stationAt: number
      /** Clamped to the arrival; epoch milliseconds. */
      readonly decidedAt: number
      readonly redacted: string
      readonly content: EventContent
    }

export interface Arrival {
  readonly station: StationContext
  /** Raw Ed25519 key; null: the station sends unsigned events. */
  readonly publicKey: Uint8Array | null
  readonly acceptsRawMedia: boolean
  readonly hashKeys: readonly HashKey[]
  readonly now: number
}

/** An event whose shape is right, as sent and as parsed. */
interface HashedEvent {
  readonly raw: unknown
  readonly event: StationEvent
  readonly hash: Uint8Array
}

type Unreadable = Extract<ArrivedEvent, { kind: 'unreadable' }>

/** Reads events one by one; a bad one spoils no other. */
export function arrivedEvents(events: readonly unknown[], arrival: Arrival): ArrivedEvent[] {
  const key = arrival.publicKey ? ed25519Key(arrival.publicKey) : null
  const hashed = events.map((raw) => hashedEvent(raw, key !== null))
  const authentic = key === null ? hashed.map(() => true) : vouchedFor(hashed, key)
  return hashed.map((one, index) => {
    if ('kind' in one) return one
    return authentic[index] ? readEvent(one, arrival) : unreadable(one.raw, 'unauthorized')
  })
}

const Trace = z.object({ seq: z.int().nullable().catch(null), id: z.string().max(64).nullable().catch(null) })

function unreadable(raw: unknown, reason: ReasonCode): Unreadable {
  const trace = Trace.safeParse(raw)
  return { kind: 'unreadable', ...(trace.data ?? { seq: null, id: null }), reason, redacted: redacted(raw) }
}

function hashedEvent(raw: unknown, isSigned: boolean): HashedEvent | Unreadable {
  const parsed = StationEvent.safeParse(raw)
  if (!parsed.success) return unreadable(raw, 'invalid_request')
  const event = parsed.data
  if (isSigned && (event.prevHash === undefined || event.salt === undefined || event.sig === undefined)) {
    return unreadable(raw, 'unauthorized')
  }
  const hash = hashOf(raw as StationEvent)
  return hash ? { raw, event, hash } : unreadable(raw, 'invalid_request')
}

/**
 * Which events the station's key stands for. A signature covers the hash of the event before, and with it all of that
 * event: of a run without a hole the last signature is enough. Where it is not right, each before it answers for itself.
 */
function vouchedFor(hashed: readonly (HashedEvent | Unreadable)[], key: KeyObject): readonly boolean[] {
  const authentic = hashed.map(() => false)
  let after: StationEvent | undefined
  for (let index = hashed.length - 1; index >= 0; index--) {
    const one = hashed[index]
    if (!one || 'kind' in one) {
      after = undefined
      continue
    }
    const { event, hash } = one
    const isNamed = after?.seq === event.seq + 1 && after.prevHash === Buffer.from(hash).toString('base64url')
    const isTrue = isNamed || verify(null, hash, key, Buffer.from(event.sig ?? '', 'base64url'))
    authentic[index] = isTrue
    after = isTrue ? event : undefined
  }
  return authentic
}

function readEvent({ raw, event, hash }: HashedEvent, arrival: Arrival): ArrivedEvent {
  return {
    kind: 'read',
    seq: event.seq,
    id: event.id,
    type: event.type,
    hash,
    prevHash: event.prevHash === undefined ? null : Buffer.from(event.prevHash, 'base64url'),
    stationAt: Date.parse(event.stationAt),
    decidedAt: Math.min(Date.parse(event.correctedAt), arrival.now),
    redacted: redacted(raw),
    content: contentOf(event, arrival),
  }
}

/** Over the event as sent, not as parsed; null for a body that JSON cannot carry. */
function hashOf(event: StationEvent): Uint8Array | null {
  try {
    const hashed = bodyHash(Buffer.from(event.salt ?? '', 'base64url'), event.body, sha256)
    return eventHash({ ...event, prevHash: event.prevHash ?? FIRST_PREV_HASH }, hashed, sha256)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

const bad = (reason: ReasonCode): EventContent => ({ kind: 'bad', reason })

function contentOf(event: StationEvent, arrival: Arrival): EventContent {
  const type = EventType.safeParse(event.type)
  if (!type.success) return bad('invalid_request')
  if (isTooOld(event.id, arrival.now)) return bad('too_old')
  switch (type.data) {
    case 'redemption':
      return redemptionContent(event.body, arrival)
    case 'annul':
      return annulContent(event.body, arrival)
    case 'refusal':
    case 'override':
    case 'policy':
    case 'session':
      return { kind: 'record' }
  }
}

function redemptionContent(raw: unknown, arrival: Arrival): EventContent {
  const parsed = RedemptionEventBody.safeParse(raw)
  if (!parsed.success) return bad('invalid_request')
  const { medium: wire, ...body } = parsed.data
  if (new Set(body.lines.map((line) => line.acquisitionId)).size !== body.lines.length) return bad('invalid_request')
  if (wire && 'identifier' in wire && !arrival.acceptsRawMedia) return bad('invalid_request')
  if (isTooOld(body.redemptionId, arrival.now)) return bad('too_old')
  const medium = wire ? presentedMedium(wire, arrival.hashKeys, arrival.station.settings) : null
  const { objective, select } = body
  const intent = medium && objective && select ? intentHash(medium, objective, select) : null
  return { kind: 'redemption', body, medium, intentHash: intent }
}

function annulContent(raw: unknown, arrival: Arrival): EventContent {
  const parsed = AnnulEventBody.safeParse(raw)
  if (!parsed.success) return bad('invalid_request')
  if (isTooOld(parsed.data.redemptionId, arrival.now)) return bad('too_old')
  const { redemptionId, reason } = parsed.data
  const intent = contentHash({ redemptionId, reason })
  return intent ? { kind: 'annul', body: parsed.data, intentHash: intent } : bad('invalid_request')
}
