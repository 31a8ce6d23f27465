import { z } from 'zod'
import { Conflict, ConflictId, ConflictOutcome, ConflictResolution, ConflictStory } from '../contract/conflicts.ts'
import { OfflineSettings } from '../contract/stations.ts'
import { Amount } from '../money.ts'
import { OverrideKind } from '../redemption/overrides.ts'

/** One event that the server has not answered for, or has set aside. Times are epoch milliseconds. */
export const QueueRow = z.object({
  seq: z.int(),
  eventId: z.string(),
  type: z.string(),
  state: z.enum(['stored', 'quarantined']),
  at: z.number(),
  /** Discount of an approval given offline; null for everything else. */
  value: Amount.nullable(),
  attempts: z.int(),
  /** null: it goes with the next batch, or waits for nobody. */
  nextTryAt: z.number().nullable(),
  reason: z.string().nullable(),
})
export type QueueRow = z.infer<typeof QueueRow>

/** What this station's own journal knows of a line that was forced or set aside: its side of the story, offline too. */
export const OwnConflict = z.object({
  eventId: z.string(),
  seq: z.int(),
  kind: z.enum(['forced', 'quarantined']),
  at: z.number(),
  redemptionId: z.string().nullable(),
  value: Amount.nullable(),
  reason: z.string().nullable(),
  outcome: ConflictOutcome.nullable(),
  by: z.string().nullable(),
  why: z.string().nullable(),
})
export type OwnConflict = z.infer<typeof OwnConflict>

/**
 * A part of a limited campaign that is lent, as the desk shows it. `usesLeft` and `valueLeft`: of the server's, what settled
 * lines have not drawn; of this counter's own, what it may still spend. `until`: epoch milliseconds.
 */
export const DeskLease = z.object({
  leaseId: z.string(),
  /** null: this counter. */
  stationName: z.string().nullable(),
  title: z.string(),
  titles: z.record(z.string(), z.string()),
  uses: z.int(),
  usesLeft: z.int(),
  /** Minor units; null: no budget limits it. */
  value: Amount.nullable(),
  valueLeft: Amount.nullable(),
  until: z.number(),
  /** `recalled`: it is spent no more, and on its way back. */
  state: z.enum(['out', 'recalled']),
})
export type DeskLease = z.infer<typeof DeskLease>

/** The manager's screen for work without the server, as it is now. */
export const OfflineDesk = z.object({
  operator: z.object({ operatorId: z.string(), name: z.string() }),
  /** Epoch milliseconds at which it closes by itself unless something is done. */
  endsAt: z.number(),
  queue: z.object({ total: z.int(), rows: z.array(QueueRow) }),
  /** Newest first, resolved ones of late too. */
  own: z.array(OwnConflict),
  /** What is lent: with the server's word, to the whole store; without, to this counter as far as it knows. */
  leases: z.object({ of: z.enum(['store', 'counter']), rows: z.array(DeskLease) }),
  /** What head office allows to be set aside. */
  bounds: OfflineSettings.shape.override.unwrap(),
  /**
   * The manager's own line to the server. `pin_needed`: it has not seen their PIN (or forgot it); `unreachable`: it did not
   * answer the last time.
   */
  server: z.enum(['pin_needed', 'asking', 'connected', 'unreachable']),
  list: z
    .object({
      state: z.enum(['open', 'resolved']),
      conflicts: z.array(Conflict),
      open: z.int(),
      cursor: z.string().nullable(),
    })
    .nullable(),
  story: ConflictStory.nullable(),
})
export type OfflineDesk = z.infer<typeof OfflineDesk>

const Reason = z.string().trim().min(1).max(500)

/** What a manager can do about work without the server. All but `open` are refused while the desk is closed. */
export const OfflineDeskAction = z.discriminatedUnion('do', [
  /** With a manager's PIN; without one only for a manager who is signed in. The cashier stays signed in. */
  z.object({ do: z.literal('open'), operatorId: z.string().max(64), pin: z.string().min(1).max(128).optional() }),
  z.object({ do: z.literal('close') }),
  /** `raisePercent` for every kind but `force_offline`. One of the same kind that is on is replaced. */
  z.object({
    do: z.literal('override'),
    kind: OverrideKind,
    minutes: z.int().min(1).max(1_440),
    reason: Reason,
    raisePercent: z.int().min(1).max(1_000).nullable().default(null),
  }),
  z.object({ do: z.literal('endOverride'), kind: OverrideKind }),
  /** Shows the server the manager's PIN. */
  z.object({ do: z.literal('connect'), pin: z.string().min(1).max(128) }),
  /** The first page, or with a cursor the one after. */
  z.object({ do: z.literal('list'), state: z.enum(['open', 'resolved']), cursor: z.string().max(128).optional() }),
  /** Asks the server again what is lent to the store. */
  z.object({ do: z.literal('leases') }),
  /** null: back to the list. */
  z.object({ do: z.literal('look'), conflictId: ConflictId.nullable() }),
  z.object({
    do: z.literal('resolve'),
    conflictId: ConflictId,
    resolution: ConflictResolution,
    reason: Reason,
  }),
  /** Events that were set aside are sent once more: something was repaired. */
  z.object({ do: z.literal('sendAgain') }),
])
export type OfflineDeskAction = z.infer<typeof OfflineDeskAction>
