import { z } from 'zod'
import type { Entry, MediumType } from './media/medium.ts'
import { Amount, Currency } from './money.ts'
import { isTimeZone } from './qualification/localMoment.ts'

/** A quantity of pieces or weight: `value / 10^scale`. */
export const Quantity = z.object({ value: z.int().min(0).max(1_000_000_000), scale: z.int().min(0).max(3) })
export type Quantity = z.infer<typeof Quantity>

export const ObjectiveItem = z.object({
  lineId: z.string().min(1).max(64),
  /** Digits of a GTIN-8/12/13/14; compared as GTIN-14. */
  gtin: z
    .string()
    .regex(/^\d{8,14}$/)
    .optional(),
  category: z.string().min(1).max(64).optional(),
  quantity: Quantity.default({ value: 1, scale: 0 }),
  unitPrice: Amount,
  /** What the line costs now, discounts of the POS's own already taken off. */
  lineTotal: Amount,
  discountable: z.boolean().default(true),
})
export type ObjectiveItem = z.infer<typeof ObjectiveItem>

/** What is being bought. Where comes from the station's token; when from the decider's own clock (`at` only informs). */
export const Objective = z.object({
  currency: Currency,
  taxIncluded: z.boolean().default(true),
  items: z
    .array(ObjectiveItem)
    .max(500)
    .refine((items) => new Set(items.map((item) => item.lineId)).size === items.length, 'lineId must be unique'),
  total: Amount,
  at: z.iso.datetime().optional(),
})
export type Objective = z.infer<typeof Objective>

/** A store as the rules need it. */
export const Store = z.object({
  storeId: z.string().min(1).max(64),
  name: z.string().max(200),
  /** IANA time zone. */
  timeZone: z.string().max(64).refine(isTimeZone, 'not an IANA time zone'),
  currency: Currency,
  /** Local hour (0–23) at which the business day starts; earlier hours belong to the day before. */
  businessDayStartHour: z.int().min(0).max(23).default(0),
})
export type Store = z.infer<typeof Store>

/** An objective with where it happens and how the customer identified themselves: what the rules decide on. */
export interface PlacedObjective extends Objective {
  readonly store: Store
  readonly medium: { readonly type: MediumType; readonly entry: Entry }
}
