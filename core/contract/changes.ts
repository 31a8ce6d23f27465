import { z } from 'zod'
import { CampaignDefinition } from '../campaigns/campaign.ts'
import { MediumKey, MediumType } from '../media/medium.ts'
import { Store } from '../objective.ts'
import { ConflictId, ConflictKind, ConflictOutcome } from './conflicts.ts'
import { LeaseState } from './leases.ts'
import { OperatorRole, PinVerifier } from './sessions.ts'
import { StationSettings } from './stations.ts'

/** One entity as it is now. A later change of the same entity replaces an earlier one. */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('campaign'), changeSeq: z.int(), campaign: CampaignDefinition }),
  z.object({
    kind: z.literal('medium'),
    changeSeq: z.int(),
    mediumId: z.string(),
    key: MediumKey,
    type: MediumType,
    holderId: z.string(),
    blocked: z.boolean(),
  }),
  z.object({
    kind: z.literal('acquisition'),
    changeSeq: z.int(),
    acquisitionId: z.string(),
    campaignId: z.string(),
    holderId: z.string(),
    usesLeft: z.int(),
    /** The coupon's own end, exclusive; null: the campaign's alone. */
    expiresAt: z.iso.datetime().nullable(),
    revoked: z.boolean(),
  }),
  z.object({
    kind: z.literal('holder_usage'),
    changeSeq: z.int(),
    holderId: z.string(),
    campaignId: z.string(),
    /** `ever`, or the key of `core/qualification/periods`. */
    period: z.string(),
    uses: z.int(),
  }),
  z.object({
    kind: z.literal('operator'),
    changeSeq: z.int(),
    operatorId: z.string(),
    name: z.string(),
    role: OperatorRole,
    active: z.boolean(),
    pin: PinVerifier,
  }),
  /** Sent to the station that holds it: how the server sees one of its leases. */
  z.object({
    kind: z.literal('lease'),
    changeSeq: z.int(),
    leaseId: z.string(),
    campaignId: z.string(),
    state: LeaseState,
  }),
  /** A holder that is no more: erased, or merged into another, whose media and coupons follow. Whatever a copy has of it goes. */
  z.object({ kind: z.literal('holder_gone'), changeSeq: z.int(), holderId: z.string() }),
  z.object({ kind: z.literal('station'), changeSeq: z.int(), store: Store, settings: StationSettings }),
  /** A conflict of this station's own has ended: a manager's word, or the server's. */
  z.object({
    kind: z.literal('resolution'),
    changeSeq: z.int(),
    conflictId: ConflictId,
    conflict: ConflictKind,
    eventId: z.string().nullable(),
    redemptionId: z.string().nullable(),
    acquisitionId: z.string().nullable(),
    outcome: ConflictOutcome,
    /** Name of who decided; null: nobody did. */
    by: z.string().nullable(),
    reason: z.string().nullable(),
    at: z.iso.datetime(),
    /** Conflicts of the same event that are still open. */
    remaining: z.int().min(0),
  }),
])
export type Change = z.infer<typeof Change>

/** A change as received: one of a kind that is unknown here is skipped, not an error. */
export const ChangesResponse = z.object({
  changes: z.array(z.looseObject({ kind: z.string(), changeSeq: z.int() })),
  cursor: z.string(),
  more: z.boolean(),
  /** Everything up to this `changeSeq` is in what has been sent so far; a copy may forget local uses at or below it. */
  changeSeq: z.int().optional(),
  /**
   * The highest number of the station's own journal that has arrived; 0: none. A station that was answered for a higher one
   * speaks to a restored backup, and sends again what comes after it.
   */
  journalThrough: z.int().min(0).optional(),
  asOf: z.iso.datetime(),
})
export type ChangesResponse = z.infer<typeof ChangesResponse>
