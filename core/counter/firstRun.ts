import { z } from 'zod'
import { WireCombination, WireUnusable, WireUsable } from '../contract/search.ts'
import { StationRole } from '../contract/stations.ts'

/** The way of a new machine to its first customer, in this order. */
export const FIRST_RUN_STEPS = ['language', 'server', 'code', 'confirm', 'readers', 'test'] as const
export const FirstRunStep = z.enum(FIRST_RUN_STEPS)
export type FirstRunStep = z.infer<typeof FirstRunStep>

/**
 * What is in the way, each with words for what to do.
 *
 * - The address: `address_invalid`, `name_unknown` (no such host), `server_unreachable`, `server_slow`, `server_error`,
 *   `not_a_server` (something answers that is no coupon server), `tls_failed`, `certificate_untrusted`, `certificate_name`,
 *   `certificate_dates` (not valid at the time that this machine's clock shows), `address_missing`, `other_chain` (a coupon
 *   server that does not know this station).
 * - The code: `other_qr`, `newer_qr`, `wrong_server` (the code is another server's than this machine's), `incomplete`,
 *   `mistyped`, `enrolment_unknown`, `enrolment_used`, `enrolment_expired`, `throttled`.
 * - The machine: `events_waiting`, `storage_failed`, `station_revoked` (it was taken out of service by head office).
 * - `refused`: the server refused for a reason of its own.
 */
export const FIRST_RUN_PROBLEMS = [
  'address_invalid',
  'address_missing',
  'name_unknown',
  'server_unreachable',
  'server_slow',
  'server_error',
  'not_a_server',
  'tls_failed',
  'certificate_untrusted',
  'certificate_name',
  'certificate_dates',
  'other_chain',
  'other_qr',
  'newer_qr',
  'wrong_server',
  'incomplete',
  'mistyped',
  'enrolment_unknown',
  'enrolment_used',
  'enrolment_expired',
  'throttled',
  'events_waiting',
  'storage_failed',
  'station_revoked',
  'refused',
] as const
export const FirstRunProblem = z.object({
  code: z.enum(FIRST_RUN_PROBLEMS),
  /** Host of the server that it is about; null: of none. */
  host: z.string().nullable(),
})
export type FirstRunProblem = z.infer<typeof FirstRunProblem>
export type FirstRunProblemCode = FirstRunProblem['code']

/** What should be seen to, and stops nothing. */
export const FirstRunCautions = z.object({
  /** What goes to the server can be read on its way. */
  unprotected: z.boolean(),
  /** By how much this machine's clock is ahead of the server's (negative: behind), whole minutes; null: not by much. */
  clockOffMinutes: z.int().nullable(),
})
export type FirstRunCautions = z.infer<typeof FirstRunCautions>

/** What the code would make of this machine, or has. */
export const FirstRunStation = z.object({ stationName: z.string(), storeName: z.string(), role: StationRole })
export type FirstRunStation = z.infer<typeof FirstRunStation>

/** A test tap, and what the person at this station would see of it: practice coupons, which nobody holds. */
export const FirstRunTrial = z.object({
  readerId: z.string(),
  /** Rises with each. */
  nth: z.int(),
  total: z.int(),
  usable: z.array(WireUsable),
  unusable: z.array(WireUnusable),
  best: z.array(WireCombination),
})
export type FirstRunTrial = z.infer<typeof FirstRunTrial>

/** A new machine's set-up as it is now. A code is in none of it. */
export const FirstRun = z.object({
  step: FirstRunStep,
  /** BCP 47; null: not chosen yet. */
  language: z.string().max(16).nullable(),
  /** `fixed`: by how the program was started. `address` null: not known yet. */
  server: z.object({ address: z.string().nullable(), fixed: z.boolean() }),
  /** The server is being asked. */
  asking: z.boolean(),
  problem: FirstRunProblem.nullable(),
  cautions: FirstRunCautions,
  /** What the code that was read would make of this machine; null: none was read. */
  offered: FirstRunStation.nullable(),
  /** What this machine is; null: nothing yet. */
  station: FirstRunStation.nullable(),
  /** Readers that something was held to. */
  answered: z.array(z.string()),
  trial: FirstRunTrial.nullable(),
  /** A manager came back to it: it may be left at any step. */
  repeated: z.boolean(),
})
export type FirstRun = z.infer<typeof FirstRun>

/** Steps that a manager may come back to. */
export const REPEATABLE_STEPS = ['language', 'server', 'readers', 'test'] as const

export const FirstRunAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('chooseLanguage'), language: z.string().min(2).max(16) }),
  z.object({ do: z.literal('setServer'), address: z.string().max(300) }),
  /** A code that was typed, or the text of a QR code that came into the field. */
  z.object({ do: z.literal('typeCode'), text: z.string().max(512) }),
  /** Makes this machine what was offered. */
  z.object({ do: z.literal('confirm') }),
  /** One of those that are behind; what is done stays done. */
  z.object({ do: z.literal('goTo'), step: FirstRunStep }),
  z.object({ do: z.literal('readersDone') }),
  /** To work. */
  z.object({ do: z.literal('finish') }),
  /** By a manager who is here: does a step once more. */
  z.object({ do: z.literal('again'), step: z.enum(REPEATABLE_STEPS) }),
])
export type FirstRunAction = z.infer<typeof FirstRunAction>
