import { z } from 'zod'
import { WireReason } from '../contract/problem.ts'
import { SaleRef } from '../contract/redemptions.ts'
import { WireDiscount } from '../contract/search.ts'
import { Uuid7 } from '../ids.ts'
import { Entry, WireMedium } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { Objective } from '../objective.ts'
import { Select } from '../redemption/model.ts'

export const EVENT_TYPES = ['redemption', 'annul', 'refusal', 'override', 'policy', 'session'] as const
export const EventType = z.enum(EVENT_TYPES)
export type EventType = z.infer<typeof EventType>

const Base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/)

/**
 * One journal entry of a station on the wire. `hash = SHA-256(canonical JSON of everything but sig, with the body
 * replaced by bodyHash)`, `bodyHash = SHA-256(salt ‖ canonical JSON of the body)`: the body can be erased later and the
 * chain still holds. `sig` is Ed25519 over `hash`. A station that enrolled with a key must send all of it.
 */
export const StationEvent = z.object({
  seq: z.int().min(1),
  prevHash: Base64Url.max(64).optional(),
  salt: Base64Url.max(64).optional(),
  sig: Base64Url.max(128).optional(),
  type: z.string().max(32),
  id: Uuid7,
  stationAt: z.iso.datetime(),
  correctedAt: z.iso.datetime(),
  body: z.record(z.string(), z.unknown()),
})
export type StationEvent = z.infer<typeof StationEvent>

/** In the body of any event: why `correctedAt` is the operating system's time and may be wrong. Absent: it is the server's. */
const clockDoubt = z.string().max(32).optional()

export const RedemptionEventLine = z.object({
  acquisitionId: Uuid7,
  campaignVersion: z.int().min(1).optional(),
  discount: WireDiscount,
  leaseId: Uuid7.optional(),
})
export type RedemptionEventLine = z.infer<typeof RedemptionEventLine>

/** What the cashier was shown as approved. `medium`, `objective` and `select` are the intent. */
export const RedemptionEventBody = z.object({
  redemptionId: Uuid7,
  decided: z.enum(['offline', 'online']),
  lines: z.array(RedemptionEventLine).min(1).max(100),
  totalDiscount: Amount.optional(),
  medium: WireMedium.optional(),
  objective: Objective.optional(),
  select: Select.optional(),
  entry: Entry.optional(),
  operatorId: z.string().max(64).optional(),
  saleRef: SaleRef.optional(),
  clockDoubt,
})
export type RedemptionEventBody = z.infer<typeof RedemptionEventBody>

export const AnnulEventBody = z.object({
  annulId: Uuid7,
  redemptionId: Uuid7,
  reason: z.string().min(1).max(500),
  operatorId: z.string().max(64).optional(),
  clockDoubt,
})
export type AnnulEventBody = z.infer<typeof AnnulEventBody>

export const MAX_EVENTS = 500

/** Each event is parsed on its own, so that a bad one is quarantined alone. */
export const SyncEventsRequest = z.object({ events: z.array(z.unknown()).min(1).max(MAX_EVENTS) })

export const SETTLEMENTS = ['confirmed', 'forced', 'quarantined', 'retry'] as const
export const Settlement = z.enum(SETTLEMENTS)
export type Settlement = z.infer<typeof Settlement>

export const EventResult = z.object({
  /** As sent; null where the event was too broken to have one. */
  seq: z.int().nullable(),
  id: z.string().nullable(),
  /** The worst of its lines: quarantined > retry > forced > confirmed. */
  status: Settlement,
  reason: WireReason.reason.optional(),
  reasonGroup: WireReason.reasonGroup.optional(),
  lines: z.array(
    z.object({
      acquisitionId: z.string(),
      status: Settlement,
      reason: WireReason.reason.optional(),
      reasonGroup: WireReason.reasonGroup.optional(),
      /** The lease that the line named was not drawn from: the use is the lease's again. */
      leaseRefunded: z.boolean().optional(),
    }),
  ),
})
export type EventResult = z.infer<typeof EventResult>

export const SyncEventsResponse = z.object({
  results: z.array(EventResult),
  changeSeq: z.int(),
  /** A station that was revoked may still bring up what it did, and nothing else; then it is to purge itself. */
  station: z.literal('revoked').optional(),
})
export type SyncEventsResponse = z.infer<typeof SyncEventsResponse>

/**
 * The same as a station takes it: what cannot be read of it, or is of a kind that only a newer server knows, is no answer
 * for that event, and takes nothing away from its neighbours.
 */
export const ReceivedResults = SyncEventsResponse.extend({
  results: z.array(z.unknown()).transform((results) =>
    results.flatMap((result) => {
      const parsed = EventResult.safeParse(result)
      return parsed.success ? [parsed.data] : []
    }),
  ),
})
