import { z } from 'zod'
import { CounterValues, SettingName, SomeValues } from '../contract/counterSettings.ts'
import { EVENT_TYPES } from '../events/event.ts'
import { Amount } from '../money.ts'
import { ReconciledTotals } from './reconciliation.ts'

/** What became of an event: `waiting` for the server, or set aside or settled by it. */
export const EventFate = z.enum(['waiting', 'quarantined', 'confirmed', 'forced', 'resolved'])
export type EventFate = z.infer<typeof EventFate>

/** One event of the journal as a manager may read it: of media nothing but their type. */
export const JournalRow = z.object({
  seq: z.int(),
  at: z.number(),
  type: z.string(),
  /** What a session, policy or override event says happened. */
  action: z.string().nullable(),
  operatorId: z.string().nullable(),
  operatorName: z.string().nullable(),
  redemptionId: z.string().nullable(),
  /** The POS's sale. */
  saleId: z.string().nullable(),
  mediumType: z.string().nullable(),
  discount: Amount.nullable(),
  /** A reason's code, or what a person wrote. */
  reason: z.string().nullable(),
  fate: EventFate.nullable(),
})
export type JournalRow = z.infer<typeof JournalRow>

/** Which events; `from` and `until`: first and last business day. */
export const JournalQuery = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  types: z.array(z.enum(EVENT_TYPES)).max(EVENT_TYPES.length).default([]),
  /** In a redemption's or sale's id, a person's name, an action or a reason. */
  text: z.string().trim().max(64).default(''),
})
export type JournalQuery = z.infer<typeof JournalQuery>

/** What is reconciled: a business day, or one shift. Times are epoch milliseconds. */
export const ReconciledSpan = z.object({
  day: z.iso.date(),
  /** null: the whole business day. */
  shift: z.object({ shiftId: z.string(), from: z.number(), until: z.number() }).nullable(),
})
export type ReconciledSpan = z.infer<typeof ReconciledSpan>

export const SAVED_FILES = ['journal', 'diagnostics'] as const

/** The manager's end of day: the three books, the journal, POS software, and what support needs. */
export const DayDesk = z.object({
  operator: z.object({ operatorId: z.string(), name: z.string() }),
  /** Epoch milliseconds at which it closes by itself unless something is done. */
  endsAt: z.number(),
  /** The manager's own line to the server; see `OfflineDesk`. */
  server: z.enum(['pin_needed', 'asking', 'connected', 'unreachable']),
  today: z.iso.date(),
  /** Shifts that touch the last days, newest first; one without an end goes on. */
  shifts: z.array(z.object({ shiftId: z.string(), from: z.number(), until: z.number().nullable() })),
  reconciled: ReconciledTotals.extend({ span: ReconciledSpan, at: z.number() }).nullable(),
  journal: z
    .object({
      query: JournalQuery,
      rows: z.array(JournalRow),
      /** Where the older ones begin; null: there are none. */
      before: z.int().nullable(),
    })
    .nullable(),
  pos: z.object({
    accesses: z.array(
      z.object({
        posId: z.string(),
        name: z.string(),
        origins: z.array(z.string()),
        madeAt: z.number(),
        present: z.boolean(),
      }),
    ),
    /** The one that was made just now, with its token: shown once. */
    made: z.object({ posId: z.string(), name: z.string(), token: z.string() }).nullable(),
    address: z.string().nullable(),
    problem: z.enum(['port_taken', 'failed', 'off']).nullable(),
  }),
  /** What this counter goes by: the office's, what was chosen here instead, and what may not be. */
  settings: z.object({
    /** The office's, as it last reached this counter. */
    version: z.string(),
    office: CounterValues,
    chosen: SomeValues,
    fixed: z.array(z.string()),
    /** Something of it comes into force after the visit that is under way. */
    waits: z.boolean(),
    /** All that quick entry could show. */
    categories: z.array(
      z.object({ category: z.string(), label: z.string(), labels: z.record(z.string(), z.string()) }),
    ),
  }),
  /** The last file that was written for this manager. */
  saved: z.object({ what: z.enum(SAVED_FILES), path: z.string(), rows: z.int(), at: z.number() }).nullable(),
})
export type DayDesk = z.infer<typeof DayDesk>

/** Where a POS's pages come from: scheme, host and port, as browsers send it. */
export const PageOrigin = z
  .string()
  .trim()
  .max(200)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text)

/** What a manager can do there. All but `open` are refused while the desk is closed. */
export const DayDeskAction = z.discriminatedUnion('do', [
  /** With a manager's PIN; without one only for a manager who is signed in. The cashier stays signed in. */
  z.object({ do: z.literal('open'), operatorId: z.string().max(64), pin: z.string().min(1).max(128).optional() }),
  z.object({ do: z.literal('close') }),
  /** Shows the server the manager's PIN, and reconciles again. */
  z.object({ do: z.literal('connect'), pin: z.string().min(1).max(128) }),
  z.object({ do: z.literal('reconcile'), day: z.iso.date(), shiftId: z.string().max(64).nullable().default(null) }),
  /** `before`: the older ones of the same question. */
  z.object({ do: z.literal('search'), query: JournalQuery, before: z.int().optional() }),
  z.object({ do: z.literal('saveJournal'), query: JournalQuery }),
  z.object({ do: z.literal('saveDiagnostics') }),
  z.object({
    do: z.literal('letPosIn'),
    name: z.string().trim().min(1).max(64),
    origins: z.array(PageOrigin).max(4).default([]),
  }),
  /** The token has been written down. */
  z.object({ do: z.literal('hideToken') }),
  z.object({ do: z.literal('revokePos'), posId: z.string().max(64) }),
  /** At this counter alone. Refused where the office has fixed it. */
  z.object({ do: z.literal('setSetting'), values: SomeValues }),
  /** As the office has it again. */
  z.object({ do: z.literal('returnSetting'), name: SettingName }),
])
export type DayDeskAction = z.infer<typeof DayDeskAction>
