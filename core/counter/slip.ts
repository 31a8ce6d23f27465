import { z } from 'zod'
import { Amount, Currency } from '../money.ts'
import { Certainty } from './certainty.ts'

/** A paper or a picture that says what one redemption gave. It names no customer. */
export const Slip = z.object({
  redemptionId: z.string(),
  storeName: z.string(),
  cashier: z.string().nullable(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** IANA zone of the store. */
  timeZone: z.string(),
  currency: Currency,
  certainty: Certainty,
  lines: z.array(z.object({ title: z.string(), titles: z.record(z.string(), z.string()), discount: Amount })),
  totalDiscount: Amount,
  /** It was taken back since. */
  undone: z.boolean(),
  /** Of a training: worth nothing. */
  training: z.boolean(),
})
export type Slip = z.infer<typeof Slip>

/** Where slips are printed. `columns`: characters of one line in the printer's own font; 32 on 58 mm paper, 42 or 48 on 80 mm. */
export const PrinterSettings = z.object({
  connection: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tcp'), host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }),
    z.object({ kind: z.literal('serial'), path: z.string().min(1).max(256), baudRate: z.int().min(300).max(921_600) }),
    /** A character device (`/dev/usb/lp0`), or a file to try it out. */
    z.object({ kind: z.literal('file'), path: z.string().min(1).max(256) }),
  ]),
  columns: z.int().min(24).max(64).default(42),
})
export type PrinterSettings = z.infer<typeof PrinterSettings>

/** Why a slip did not get to the printer. */
export const PRINT_FAULTS = ['no_printer', 'unreachable', 'timeout', 'refused'] as const
export const PrintFault = z.enum(PRINT_FAULTS)
export type PrintFault = z.infer<typeof PrintFault>

/** null in `CounterState`: this counter has no printer, and a slip is only shown. */
export const PrinterView = z.object({
  state: z.enum(['idle', 'printing', 'printed', 'failed']),
  fault: PrintFault.nullable(),
})
export type PrinterView = z.infer<typeof PrinterView>
