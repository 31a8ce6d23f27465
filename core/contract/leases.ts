import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Amount } from '../money.ts'
import { Params, WireReason } from './problem.ts'

/** The most uses one lease carries: what a wrong demand, or a station that vanishes, can take out of a campaign at once. */
export const MOST_LEASE_USES = 1_000

/**
 * `out`: it may be spent. `recalled`: the server wants it back, it is spent no more. Both are lent and not in the pool.
 * `returned` and `written_off`: what was left is the pool's again; a line that names it now is `forced`.
 */
export const LeaseState = z.enum(['out', 'recalled', 'returned', 'written_off'])
export type LeaseState = z.infer<typeof LeaseState>

/** `POST /v1/sync/leases`. The idempotency body is all of it. */
export const LeaseRequest = z.object({
  leaseId: Uuid7,
  campaignId: Uuid7,
  wantUses: z.int().min(1).max(MOST_LEASE_USES),
  /** Discount it should cover, where a budget limits the campaign; absent: the station has no idea, the server's share. */
  wantValue: Amount.min(1).optional(),
})
export type LeaseRequest = z.infer<typeof LeaseRequest>

/**
 * The first answer to a `leaseId` plus today's state. `uses: 0` with a `reason`: nothing was lent and nothing is
 * remembered; the same id may be asked for again.
 */
export const LeaseResponse = z.object({
  leaseId: Uuid7,
  uses: z.int().min(0),
  /** The discount it covers in all, where a budget limits the campaign; absent: any. */
  value: Amount.optional(),
  /** From then on it may not be spent. Nothing returns by that alone. */
  spendUntil: z.iso.datetime(),
  state: LeaseState.default('out'),
  reason: WireReason.reason.optional(),
  reasonGroup: WireReason.reasonGroup.optional(),
  params: Params.optional(),
})
export type LeaseResponse = z.infer<typeof LeaseResponse>

/**
 * `POST /v1/sync/leases/{id}/return`: the station spends it no more; every draw is in an event up to `throughSeq` (0: it
 * has written none). 409 `in_progress` while one of those is not settled here.
 */
export const LeaseReturnRequest = z.object({ throughSeq: z.int().min(0) })
export type LeaseReturnRequest = z.infer<typeof LeaseReturnRequest>

/** `POST /v1/leases/{id}/write-off`: a station that will not return it is given up; what it still sends is `forced`. */
export const LeaseWriteOffRequest = z.object({ reason: z.string().trim().min(1).max(500) })
export type LeaseWriteOffRequest = z.infer<typeof LeaseWriteOffRequest>

/** How a lease ended: what went back to the pool, and when. A second request gets the first one's answer. */
export const LeaseEnded = z.object({
  leaseId: Uuid7,
  state: LeaseState,
  uses: z.int().min(0),
  value: Amount.optional(),
  changeSeq: z.int(),
})
export type LeaseEnded = z.infer<typeof LeaseEnded>

/** One lease as a manager sees it. */
export const LeaseOverview = z.object({
  leaseId: Uuid7,
  campaignId: Uuid7,
  stationId: z.string(),
  stationName: z.string(),
  storeId: z.string(),
  state: LeaseState,
  uses: z.int(),
  value: Amount.nullable(),
  /** Of those, what settled lines have drawn. */
  drawnUses: z.int(),
  drawnValue: Amount,
  lentAt: z.iso.datetime(),
  spendUntil: z.iso.datetime(),
  recalledAt: z.iso.datetime().nullable(),
  ended: z
    .object({ at: z.iso.datetime(), operatorId: z.string().nullable(), reason: z.string().nullable() })
    .nullable(),
})
export type LeaseOverview = z.infer<typeof LeaseOverview>

export const LeaseListQuery = z.object({
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
})

/** `GET /v1/leases`: those that are out or recalled, then those that have ended, the latest first. */
export const LeaseListResponse = z.object({
  leases: z.array(LeaseOverview),
  /** Of the next page; null: there is none. */
  cursor: z.string().nullable(),
})

/** `POST /v1/stations/{id}/write-off`: the same for everything that is lent to one station. */
export const StationWriteOffResponse = z.object({ stationId: z.string(), leases: z.array(LeaseEnded) })
