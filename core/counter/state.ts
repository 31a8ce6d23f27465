import { z } from 'zod'
import { CounterValues } from '../contract/counterSettings.ts'
import { Params, WireReason } from '../contract/problem.ts'
import { SaleRef } from '../contract/redemptions.ts'
import { WireCombination, WireLine, WireSelection, WireUnusable, WireUsable } from '../contract/search.ts'
import { OperatorRole } from '../contract/sessions.ts'
import { Entry, MediumType } from '../media/medium.ts'
import { Amount, Currency } from '../money.ts'
import { Quantity } from '../objective.ts'
import { ReaderHealth } from '../readers/reader.ts'
import { CashierView } from './cashierView.ts'
import { Certainty } from './certainty.ts'
import { ClosedBecause } from './closed.ts'
import { DayDesk } from './dayDesk.ts'
import { FirstRun } from './firstRun.ts'
import { OfflineDesk } from './offlineDesk.ts'
import { NO_OFFLINE_VIEW, OfflineView } from './offlineView.ts'
import { ReaderSetup } from './readerSetup.ts'
import { RegistrationView } from './registration.ts'
import { ShellView } from './shellView.ts'

export const PurchaseLine = z.object({
  lineId: z.string().max(64),
  /** What the cashier reads; empty for a plain amount of a category. */
  label: z.string().max(100),
  gtin: z.string().optional(),
  category: z.string().optional(),
  quantity: Quantity,
  unitPrice: Amount,
  lineTotal: Amount,
  /** false: no coupon may take anything off it; absent: it may. */
  discountable: z.boolean().optional(),
})
export type PurchaseLine = z.infer<typeof PurchaseLine>

const PurchaseSale = SaleRef.extend({ posName: z.string() })

export const Purchase = z.object({
  currency: Currency,
  lines: z.array(PurchaseLine).max(500),
  total: Amount,
  /** Absent: taxes are in the prices. */
  taxIncluded: z.boolean().optional(),
  /** The POS's sale that this is the basket of; absent: it was entered here. */
  sale: PurchaseSale.optional(),
})
export type Purchase = z.infer<typeof Purchase>

/**
 * Why the server is not asked. `no_connection`: nobody there; `slow`: answers come late or not at all; `server_error`: it
 * says itself that it cannot; `not_ours`: something else answers (a Wi-Fi sign-in page); `throttled`: it asked for a pause;
 * `forced`: a manager has said so.
 */
export const OfflineCause = z.enum(['no_connection', 'slow', 'server_error', 'not_ours', 'throttled', 'forced'])
export type OfflineCause = z.infer<typeof OfflineCause>

/**
 * Why decisions go by the operating system's clock: the server has not been heard since this program began
 * (`not_measured`), since the computer started (`restarted`) or since it slept (`suspended`).
 */
export const ClockDoubt = z.enum(['not_measured', 'restarted', 'suspended'])
export type ClockDoubt = z.infer<typeof ClockDoubt>

/** Approved lines with the words the screen needs. */
const TitledLine = WireLine.extend({ title: z.string(), titles: z.record(z.string(), z.string()) })

/**
 * Why one-tap left an approval to the cashier. `choice`: there is more than one way; `override`: it would go beyond what
 * head office allows, by a manager's word; `warning`: something about it should be seen first.
 */
export const AskFirst = z.enum(['choice', 'override', 'warning'])
export type AskFirst = z.infer<typeof AskFirst>

const offers = {
  medium: z.object({ type: MediumType, entry: Entry }),
  source: z.enum(['server', 'replica']),
  usable: z.array(WireUsable),
  unusable: z.array(WireUnusable),
  best: z.array(WireCombination),
  /** The cashier's stack: what it would give, or why it cannot be. */
  selected: z.array(z.string()),
  selection: WireSelection.nullable(),
  /** Absent: not in one-tap mode, or the tap itself approves. */
  askFirst: AskFirst.optional(),
  /** Another medium was presented meanwhile: these are still the coupons of the first. */
  aside: z.object({ type: MediumType, entry: Entry }).optional(),
}

/** One customer's visit. Every tap ends in `offers` and then `approved`, or in `refused`: one named outcome. */
export const Visit = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('idle') }),
  z.object({ phase: z.literal('reading'), readerId: z.string() }),
  z.object({ phase: z.literal('searching') }),
  z.object({ phase: z.literal('offers'), ...offers }),
  z.object({ phase: z.literal('approving'), ...offers }),
  z.object({
    phase: z.literal('approved'),
    redemptionId: z.string(),
    certainty: Certainty,
    lines: z.array(TitledLine),
    totalDiscount: Amount,
    /** Epoch milliseconds; null when it can no longer be undone here. */
    undoUntil: z.number().nullable(),
    /** The visit began with the server's offers, and the server was lost before it could decide. */
    serverLost: z.boolean().optional(),
    /** Nobody pressed anything: the tap itself approved. */
    byTap: z.boolean().optional(),
  }),
  z.object({
    phase: z.literal('refused'),
    ...WireReason,
    params: Params,
    /** Title of the coupon that failed, where one did. */
    title: z.string().nullable(),
    /** The same in other languages, by BCP 47 tag. */
    titles: z.record(z.string(), z.string()).optional(),
    /** What could still be approved in one touch. */
    bestRemaining: WireCombination.nullable(),
    /** The same medium may be asked about again without another tap. */
    retryable: z.boolean().optional(),
  }),
  z.object({ phase: z.literal('undoing'), redemptionId: z.string() }),
  z.object({ phase: z.literal('undone'), redemptionId: z.string(), certainty: Certainty, totalDiscount: Amount }),
])
export type Visit = z.infer<typeof Visit>

/** Something the cashier must know that is not part of this visit: an approval that was taken back at start, a full disk. */
export const Notice = z.object({
  noticeId: z.string(),
  code: z.enum([
    'rolled_back_at_start',
    'storage_failed',
    'event_quarantined',
    'event_forced',
    'read_ignored',
    'server_restored',
  ]),
  params: Params,
  at: z.number(),
})
export type Notice = z.infer<typeof Notice>

export const SampleMedium = z.object({
  sampleId: z.string(),
  type: MediumType,
  holder: z.string(),
  /** What it shows: `vip`, `blocked`, `unstable`, … */
  note: z.string(),
})
export type SampleMedium = z.infer<typeof SampleMedium>

export const SampleBasket = z.object({
  basketId: z.string(),
  name: z.string(),
  /** The name in other languages, by BCP 47 tag. */
  names: z.record(z.string(), z.string()).optional(),
  purchase: Purchase,
})
export type SampleBasket = z.infer<typeof SampleBasket>

/**
 * `ready`: it takes in changes as they come. `empty`: there is none and none is on its way. `downloading`, `checking`,
 * `installing`: a new one comes; the old one, if there is one, decides meanwhile.
 */
export const REPLICA_PHASES = ['empty', 'downloading', 'checking', 'installing', 'ready'] as const

/** Why the last snapshot was not taken; the next try is on its way. */
export const SNAPSHOT_FAULTS = ['damaged', 'schema_differs', 'too_old', 'disk_full', 'storage_failed'] as const
export type SnapshotFault = (typeof SNAPSHOT_FAULTS)[number]

export const ReplicaState = z.object({
  phase: z.enum(REPLICA_PHASES),
  /** Bytes of the snapshot that are here, of how many; null: not known yet. */
  received: z.int(),
  total: z.int().nullable(),
  problem: z.enum(SNAPSHOT_FAULTS).nullable(),
})
export type ReplicaState = z.infer<typeof ReplicaState>

/** Everything a screen shows; the renderer holds nothing that is not here but what its user is doing this second. */
export const CounterState = z.object({
  /** Rises with every state. */
  revision: z.int(),
  enrolment: z.discriminatedUnion('status', [
    z.object({ status: z.literal('needed'), reason: z.string().nullable() }),
    z.object({ status: z.literal('enrolling') }),
    z.object({ status: z.literal('enrolled'), stationId: z.string(), storeName: z.string(), currency: Currency }),
  ]),
  connection: z.object({
    mode: z.enum(['online', 'offline', 'revoked']),
    since: z.number(),
    /** Why it is not online; null while it is, or where nobody has been asked yet. */
    cause: OfflineCause.nullable().default(null),
    /** When the copy for offline work was last up to date, epoch milliseconds; null: never. */
    replicaAsOf: z.number().nullable(),
  }),
  /** `doubt`: null while time is the server's. `wrong`: the computer's clock shows a time that cannot be. */
  clock: z.object({ doubt: ClockDoubt.nullable(), wrong: z.boolean() }).default({ doubt: null, wrong: false }),
  /** How the copy for offline work is doing. */
  replica: ReplicaState.default({ phase: 'ready', received: 0, total: null, problem: null }),
  waiting: z.object({ count: z.int(), value: Amount, forced: z.int(), quarantined: z.int() }),
  readers: z.array(ReaderHealth),
  /** null: nobody is signed in and nothing can be approved. */
  cashier: z
    .object({
      operatorId: z.string(),
      name: z.string(),
      role: OperatorRole,
      /** By their staff card: no PIN has been shown, so no manager's screen opens without one. */
      byCard: z.boolean().optional(),
    })
    .nullable(),
  operators: z.array(
    z.object({
      operatorId: z.string(),
      name: z.string(),
      /** May open the manager's screens. */
      manages: z.boolean().default(false),
    }),
  ),
  signIn: z.object({
    /** `wrong` after a wrong PIN, `unknown_card` after a card that is nobody's here; `throttled` until `retryAt`. */
    problem: z.enum(['wrong', 'unknown_card', 'throttled']).nullable(),
    retryAt: z.number().nullable(),
    /** Somebody's staff card is known here: holding it to the reader signs in. */
    byCard: z.boolean().optional(),
  }),
  categories: z.array(z.object({ category: z.string(), label: z.string(), labels: z.record(z.string(), z.string()) })),
  purchase: Purchase,
  visit: Visit,
  /** What may still be spent offline of campaigns that are limited over the chain; one entry a campaign that is lent. */
  leases: z
    .array(
      z.object({
        campaignId: z.string(),
        title: z.string(),
        titles: z.record(z.string(), z.string()).default({}),
        usesLeft: z.int(),
        /** Minor units; null: no budget limits it. */
        valueLeft: Amount.nullable(),
      }),
    )
    .default([]),
  settings: z.object({
    /** As the cashier has it now. */
    oneTap: z.boolean(),
    undoWindowSeconds: z.int(),
    /** Which version of the office's settings is in force, and what they say; `fixed`: not to be changed here. */
    version: z.string().default('0'),
    values: CounterValues.default(() => CounterValues.parse({})),
    fixed: z.array(z.string()).default([]),
  }),
  notices: z.array(Notice),
  ...CashierView.shape,
  /** Why this counter approves nothing at all; null: it works. */
  closed: ClosedBecause.nullable().default(null),
  /** The last rescue file: where it was written and how many events are in it; null: none since the start. */
  queueExport: z.object({ path: z.string(), events: z.int(), at: z.number() }).nullable().default(null),
  offline: OfflineView.default(NO_OFFLINE_VIEW),
  /** null: no manager is at the desk for work without the server. */
  offlineDesk: OfflineDesk.nullable().default(null),
  /** null: no manager is at the end of day. */
  dayDesk: DayDesk.nullable().default(null),
  /** null: this machine is set up. */
  firstRun: FirstRun.nullable().default(null),
  /** null: no manager is at work here. */
  readerSetup: ReaderSetup.nullable().default(null),
  /** The POS that was heard last, or whose sale is on the screen; null: there is none. */
  pos: z
    .object({
      name: z.string(),
      /** false: it has gone away. */
      present: z.boolean(),
      /** Of `present`; epoch milliseconds. */
      since: z.number(),
      /** Its sale that is neither completed nor voided. */
      saleId: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** null: this station is a counter, not a registration terminal. */
  registration: RegistrationView.nullable().default(null),
  /** Absent: nobody says how this counter is shown. */
  shell: ShellView.optional(),
  /** Present only where the simulated reader runs. */
  simulator: z.object({ media: z.array(SampleMedium), baskets: z.array(SampleBasket) }).nullable(),
})
export type CounterState = z.infer<typeof CounterState>
