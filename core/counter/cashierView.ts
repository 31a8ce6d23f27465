import { z } from 'zod'
import { CustomerCode } from './customerCode.ts'
import { RecentApproval } from './recent.ts'
import { EndedShift, ShiftView } from './shift.ts'
import { PrinterView } from './slip.ts'

/** What a cashier does beside serving customers, as a part of the counter's state. */
export const CashierView = z.object({
  /** null: nobody has signed in since the last shift ended. */
  shift: ShiftView.nullable().default(null),
  /** The shift that ended last, until its totals have been read or another begins. */
  lastShift: EndedShift.nullable().default(null),
  /** Nothing that happens now counts: no server, no journal. */
  training: z.boolean().default(false),
  /** The newest approvals, while somebody looks at them; newest first. */
  recent: z.array(RecentApproval).nullable().default(null),
  /** A product's barcode was scanned; `nth` rises with each. */
  scannedItem: z.object({ gtin: z.string(), nth: z.int() }).nullable().default(null),
  /** The next card that is tapped becomes a staff card of whoever is signed in. */
  staffCard: z.enum(['waiting', 'linked']).nullable().default(null),
  /** null: nobody asks for a code of a customer's. */
  customerCode: CustomerCode.nullable().default(null),
  /** null: this counter has no printer. */
  printer: PrinterView.nullable().default(null),
})
export type CashierView = z.infer<typeof CashierView>
