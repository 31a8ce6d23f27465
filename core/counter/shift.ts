import { z } from 'zod'
import { SessionEventBody } from '../events/bodies.ts'
import { Amount } from '../money.ts'

/** How many approvals, and the discount in them, minor units. */
export const Tally = z.object({ count: z.int().min(0), discount: Amount })
export type Tally = z.infer<typeof Tally>

export const NO_TALLY: Tally = { count: 0, discount: 0 }

/**
 * What a counter gave in one shift. `approved` are all approvals that were shown; `annulled` those of them that were taken
 * back; what stands is the difference. Of the ones that stand and were given without the server, `waiting` have not been
 * sent yet, `settled` were confirmed, `forced` would have been refused online and `quarantined` were set aside.
 */
export const ShiftTotals = z.object({
  approved: Tally,
  annulled: Tally,
  waiting: Tally,
  settled: Tally,
  forced: Tally,
  quarantined: Tally,
  /** Of what stands, coupon by coupon: the largest discount first. `count` is coupons, of which one approval may hold several. */
  campaigns: z.array(Tally.extend({ title: z.string(), titles: z.record(z.string(), z.string()) })),
  /** Who approved: the most first. `count` and `discount` are `approved`, with what was taken back of it. */
  cashiers: z.array(Tally.extend({ operatorId: z.string(), name: z.string(), annulled: Tally })),
})
export type ShiftTotals = z.infer<typeof ShiftTotals>

/** A counter's shift: from the first sign-in to its end, whoever stands there meanwhile. Times are epoch milliseconds. */
export const Shift = z.object({
  shiftId: z.string(),
  startedAt: z.number(),
  /** Name of whoever signed in first. */
  startedBy: z.string(),
})
export type Shift = z.infer<typeof Shift>

export const EndedShift = Shift.extend({
  endedAt: z.number(),
  /** Name of whoever ended it; null: it was left open overnight and ended by itself. */
  endedBy: z.string().nullable(),
  totals: ShiftTotals,
})
export type EndedShift = z.infer<typeof EndedShift>

/** `totals`: null while nobody looks at them. */
export const ShiftView = Shift.extend({ totals: ShiftTotals.nullable() })
export type ShiftView = z.infer<typeof ShiftView>

/** `look` counts the totals anew and keeps them on the screen until `leave`; `end` also signs out. */
export const ShiftAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('look') }),
  z.object({ do: z.literal('leave') }),
  z.object({ do: z.literal('end') }),
  /** The last shift's totals have been read. */
  z.object({ do: z.literal('dismissLast') }),
])
export type ShiftAction = z.infer<typeof ShiftAction>

/** Body of a `session` event with the action `shift_start`. */
export const ShiftStartBody = SessionEventBody.extend({ action: z.literal('shift_start'), shiftId: z.string() })
export type ShiftStartBody = z.infer<typeof ShiftStartBody>

/** Body of a `session` event with the action `shift_end`: the totals as the cashier was shown them, which never change. */
export const ShiftEndBody = SessionEventBody.extend({
  action: z.literal('shift_end'),
  shiftId: z.string(),
  startedAt: z.iso.datetime(),
  /** Nobody ended it: it ended by itself when somebody signed in on a later business day. */
  leftOpen: z.boolean(),
  totals: ShiftTotals,
})
export type ShiftEndBody = z.infer<typeof ShiftEndBody>
