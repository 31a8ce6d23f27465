import { z } from 'zod'
import { Params, WireReason } from '../contract/problem.ts'
import { RawMedium } from '../media/medium.ts'
import { WedgeKey } from '../readers/protocol.ts'
import { Select } from '../redemption/model.ts'
import { CustomerCodeAction } from './customerCode.ts'
import { DayDeskAction } from './dayDesk.ts'
import { FirstRunAction } from './firstRun.ts'
import { OfflineDeskAction } from './offlineDesk.ts'
import { ReaderSetupAction } from './readerSetup.ts'
import { RecentAction } from './recent.ts'
import { RegistrationAction } from './registration.ts'
import { ShiftAction } from './shift.ts'
import { PurchaseLine } from './state.ts'

/** What a person at the screen can ask of the counter; the only way from a renderer into it. */
export const CounterCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('firstRun'), action: FirstRunAction }),
  z.object({ type: z.literal('signIn'), operatorId: z.string().max(64), pin: z.string().min(1).max(128) }),
  z.object({ type: z.literal('signOut') }),
  /** Replaces the purchase; in `offers` it searches again. */
  z.object({ type: z.literal('setPurchase'), lines: z.array(PurchaseLine).max(500) }),
  z.object({ type: z.literal('useSampleBasket'), basketId: z.string().max(64) }),
  /** The POS has gone away with its sale: the cashier goes on by hand. Refused while it is there. */
  z.object({ type: z.literal('leavePos') }),
  /** A membership number typed because no reader works. */
  z.object({ type: z.literal('presentKeyed'), medium: RawMedium }),
  /** Puts a stack together; the answer is in `visit.selection`. */
  z.object({ type: z.literal('select'), acquisitionIds: z.array(z.string().max(64)).max(5) }),
  /** Approves named coupons or the best combination. `expectedTotalDiscount` is what the screen shows. */
  z.object({ type: z.literal('approve'), select: Select, expectedTotalDiscount: z.int().min(0).optional() }),
  z.object({ type: z.literal('undo'), redemptionId: z.string().max(64), reason: z.string().max(500) }),
  /** After a refusal that keeps the customer's medium: looks again, with no other tap. */
  z.object({ type: z.literal('lookAgain') }),
  /** The medium that was presented meanwhile takes the place of the one whose coupons are shown. */
  z.object({ type: z.literal('serveAside') }),
  z.object({ type: z.literal('shift'), action: ShiftAction }),
  /** `on` needs somebody signed in and no visit under way; everything of a training is thrown away when it ends. */
  z.object({ type: z.literal('training'), on: z.boolean() }),
  z.object({ type: z.literal('recent'), action: RecentAction }),
  /** `link`: the next card tapped becomes a staff card of whoever is signed in; `stop` waits for none. */
  z.object({ type: z.literal('staffCard'), do: z.enum(['link', 'stop', 'forgetAll']) }),
  /** `ask`: a card that is tapped from now on gives a code by which the office finds its customer, and begins no visit. */
  z.object({ type: z.literal('customerCode'), do: CustomerCodeAction }),
  z.object({ type: z.literal('printSlip'), redemptionId: z.string().max(64), language: z.string().max(16) }),
  /** Ends the visit: back to waiting for a card. */
  z.object({ type: z.literal('nextCustomer') }),
  z.object({ type: z.literal('setOneTap'), oneTap: z.boolean() }),
  z.object({ type: z.literal('dismissNotice'), noticeId: z.string().max(64) }),
  z.object({ type: z.literal('wedgeKeys'), keys: z.array(WedgeKey).max(5_000) }),
  /** The simulator drawer: a sample medium is tapped. */
  z.object({
    type: z.literal('simulateTap'),
    sampleId: z.string().max(64),
    fault: z.enum(['unstable', 'unreadable', 'slow']).optional(),
  }),
  /** Writes what the server has not taken to a file, for rescue; where it is, is in `queueExport`. */
  z.object({ type: z.literal('exportQueue') }),
  /** A manager takes this machine out of service; refused while anything waits to be sent. */
  z.object({ type: z.literal('unenrol'), operatorId: z.string().max(64), pin: z.string().min(1).max(128) }),
  /** A manager ends the program on this machine; refused during a visit, and to anybody else. */
  z.object({ type: z.literal('leaveKiosk') }),
  z.object({ type: z.literal('readerSetup'), action: ReaderSetupAction }),
  z.object({ type: z.literal('offlineDesk'), action: OfflineDeskAction }),
  z.object({ type: z.literal('dayDesk'), action: DayDeskAction }),
  /** A customer at a registration terminal. */
  z.object({ type: z.literal('registration'), action: RegistrationAction }),
])
export type CounterCommand = z.infer<typeof CounterCommand>

export const CommandResult = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), ...WireReason, params: Params }),
])
export type CommandResult = z.infer<typeof CommandResult>
