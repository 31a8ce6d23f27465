import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Entry, MediumType } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { Params, WireReason } from './problem.ts'

/** Made by the server from what the conflict is about, so that the same one is never opened twice. */
export const ConflictId = z.string().regex(/^[0-9a-f]{32}$/)

/**
 * `forced`: one line of a redemption that happened offline and would have been refused online. `quarantined`: an event
 * that could not be settled at all.
 */
export const ConflictKind = z.enum(['forced', 'quarantined'])
export type ConflictKind = z.infer<typeof ConflictKind>

/**
 * What a manager says about a conflict.
 * - `accepted`: it happened and is right; the campaign bears what it cost.
 * - `rolled_back`: it is undone: cost and overuse go down, a use that it took goes back.
 * - `written_off`: it happened and is nobody's; the cost stays on the books as a loss. Of a quarantined event: it is
 *   given up; nothing of it will be counted.
 * A quarantined event can only be written off: what cannot be settled can be neither accepted nor undone.
 */
export const CONFLICT_RESOLUTIONS = ['accepted', 'rolled_back', 'written_off'] as const
export const ConflictResolution = z.enum(CONFLICT_RESOLUTIONS)
export type ConflictResolution = z.infer<typeof ConflictResolution>

/**
 * How a conflict ended. Besides a manager's word: `covered` (another use came back and paid for it) and `settled` (the
 * quarantined event came again and could be settled).
 */
export const ConflictOutcome = z.enum([...CONFLICT_RESOLUTIONS, 'covered', 'settled'])
export type ConflictOutcome = z.infer<typeof ConflictOutcome>

const Person = z.object({ operatorId: z.string(), name: z.string() })

/** One thing that was done about a conflict, oldest first in a list. */
export const ConflictStep = z.object({
  action: z.enum(['opened', ...ConflictOutcome.options]),
  at: z.iso.datetime(),
  /** null: by the server itself, or by a station's own undoing. */
  by: Person.nullable(),
  reason: z.string().nullable(),
})
export type ConflictStep = z.infer<typeof ConflictStep>

export const Conflict = z.object({
  conflictId: ConflictId,
  kind: ConflictKind,
  state: z.enum(['open', 'resolved']),
  storeId: z.string(),
  storeName: z.string(),
  stationId: z.string(),
  stationName: z.string(),
  openedAt: z.iso.datetime(),
  /** When the station says it happened; null where nothing of it can be read. */
  happenedAt: z.iso.datetime().nullable(),
  ...WireReason,
  eventId: z.string().nullable(),
  seq: z.int().nullable(),
  redemptionId: z.string().nullable(),
  acquisitionId: z.string().nullable(),
  campaignId: z.string().nullable(),
  /** Of the campaign; empty where there is none. */
  title: z.string(),
  titles: z.record(z.string(), z.string()).default({}),
  discount: Amount.nullable(),
  /** Of every amount here: the campaign's, or where none is known the store's. */
  currency: z.string(),
  /** Who stood at the counter. */
  operator: Person.nullable(),
  resolution: z
    .object({ outcome: ConflictOutcome, at: z.iso.datetime(), by: Person.nullable(), reason: z.string().nullable() })
    .nullable(),
})
export type Conflict = z.infer<typeof Conflict>

/** A use of the same coupon or, by the same customer, of the same campaign: where and when. */
export const RelatedUse = z.object({
  redemptionId: z.string(),
  acquisitionId: z.string(),
  sameCoupon: z.boolean(),
  storeId: z.string(),
  stationId: z.string(),
  stationName: z.string(),
  at: z.iso.datetime(),
  origin: z.enum(['online', 'offline']),
  state: z.enum(['counted', 'forced', 'rolled_back']),
  discount: Amount,
})
export type RelatedUse = z.infer<typeof RelatedUse>

/** Both sides' story of one conflict. */
export const ConflictStory = Conflict.extend({
  /** What the station said, as far as it can be read. */
  station: z.object({
    type: z.string().nullable(),
    stationAt: z.iso.datetime().nullable(),
    correctedAt: z.iso.datetime().nullable(),
    receivedAt: z.iso.datetime(),
    decided: z.enum(['offline', 'online']).nullable(),
    entry: Entry.nullable(),
    mediumType: MediumType.nullable(),
    lines: z.array(z.object({ acquisitionId: z.string(), discount: Amount, leased: z.boolean(), title: z.string() })),
    totalDiscount: Amount.nullable(),
  }),
  /** What the server holds now. */
  server: z.object({
    coupon: z.object({ usesLeft: z.int(), expiresAt: z.iso.datetime().nullable(), revoked: z.boolean() }).nullable(),
    campaign: z
      .object({
        state: z.string(),
        uses: z.int(),
        value: Amount,
        forcedUses: z.int(),
        forcedValue: Amount,
        /** Its limits that count here: `{campaignUses?, campaignValue?, holderUses?, …}`. */
        limits: Params,
      })
      .nullable(),
    /** Newest first, at most 20; without the line itself. */
    uses: z.array(RelatedUse),
  }),
  history: z.array(ConflictStep),
})
export type ConflictStory = z.infer<typeof ConflictStory>

export const CONFLICTS_PER_PAGE = 50

/** `GET /v1/conflicts`: the newest first. */
export const ConflictQuery = z.object({
  state: z.enum(['open', 'resolved']).optional(),
  kind: ConflictKind.optional(),
  storeId: z.string().max(64).optional(),
  stationId: z.string().max(64).optional(),
  campaignId: z.string().max(64).optional(),
  reason: z.string().max(64).optional(),
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(CONFLICTS_PER_PAGE),
})
export type ConflictQuery = z.infer<typeof ConflictQuery>

export const ConflictPage = z.object({
  conflicts: z.array(Conflict),
  /** null: this was the last page. */
  cursor: z.string().nullable(),
  /** How many are open in all that the caller may see, whatever the filter. */
  open: z.int(),
})
export type ConflictPage = z.infer<typeof ConflictPage>

/** `POST /v1/conflicts/{id}/resolve`: idempotent by `resolutionId`, and by saying the same again. */
export const ResolveRequest = z.object({
  resolutionId: Uuid7,
  resolution: ConflictResolution,
  reason: z.string().trim().min(1).max(500),
})
export type ResolveRequest = z.infer<typeof ResolveRequest>
