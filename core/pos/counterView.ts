import { z } from 'zod'
import { WireReason } from '../contract/problem.ts'
import { Amount, Currency } from '../money.ts'

/** How the counter is, for a POS. Nothing of who the customer is. */
export const PosCounter = z.object({
  /**
   * UnifiedPOS `State`. `closed`: not enrolled, or nobody is signed in: nothing can be approved. `busy`: coupons are being
   * approved or undone, and the basket cannot be changed. `error`: the counter was told to approve nothing.
   */
  state: z.enum(['closed', 'idle', 'busy', 'error']),
  stationId: z.string().nullable(),
  storeId: z.string().nullable(),
  currency: Currency.nullable(),
  connection: z.enum(['online', 'offline', 'revoked']),
  /** Who is signed in. */
  operatorId: z.string().nullable(),
  /** Whose basket is on the screen: nobody's or entered by hand, this POS's, another's. */
  claimed: z.enum(['no', 'by_you', 'by_other']),
  /** This POS's sale on the screen. */
  saleId: z.string().nullable(),
  visit: z.object({
    phase: z.enum(['idle', 'reading', 'searching', 'offers', 'approving', 'approved', 'refused', 'undoing', 'undone']),
    /** While coupons are offered: how many could be used, and what the best of them would give together. */
    offers: z.object({ usable: z.int(), best: Amount }).nullable(),
    refused: z.object(WireReason).nullable(),
  }),
  readers: z.object({ ready: z.int(), all: z.int() }),
})
export type PosCounter = z.infer<typeof PosCounter>

/** What a POS sends on its WebSocket, once, within five seconds. */
export const PosHello = z.object({
  type: z.literal('hello'),
  token: z.string().max(256),
  /** The highest `cursor` it has seen: every sale that changed since is sent. Absent: every sale that is not closed. */
  cursor: z.int().min(0).optional(),
})
export type PosHello = z.infer<typeof PosHello>
