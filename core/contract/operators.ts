import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { SecondFactor } from './office.ts'
import { OperatorName, OperatorRole } from './sessions.ts'

const StoreId = z.string().min(1).max(64)
/** Why; in the audit log. */
export const Reason = z.string().trim().min(1).max(500)

/** A PIN for tills. A manager's can do more, so it is longer. */
export const CASHIER_PIN_MIN = 4
export const MANAGER_PIN_MIN = 6
const NewPin = z.string().min(CASHIER_PIN_MIN).max(128)

/** One person in the operators' list; nothing that they sign in with. */
export const OperatorView = z.object({
  operatorId: z.string(),
  name: z.string(),
  role: OperatorRole,
  storeId: z.string().nullable(),
  active: z.boolean(),
  hasPin: z.boolean(),
  hasPassword: z.boolean(),
  /** `required`: the role has to have one and it is not set up yet. */
  secondFactor: SecondFactor,
  /** Too many wrong passwords one after another: an administrator has to reset it. */
  locked: z.boolean(),
  /** A one-time code is out with which a password can be set. */
  setUpUntil: z.iso.datetime().nullable(),
  /** To the office; null: never. */
  lastSignInAt: z.iso.datetime().nullable(),
})
export type OperatorView = z.infer<typeof OperatorView>

/** `GET /v1/operators`, by name. */
export const OperatorListResponse = z.object({ operators: z.array(OperatorView) })
export type OperatorListResponse = z.infer<typeof OperatorListResponse>

/** `POST /v1/operators`: the caller makes the id, so that a repeated request makes nobody twice. */
export const OperatorRequest = z.object({
  operatorId: Uuid7,
  name: OperatorName,
  role: OperatorRole,
  storeId: StoreId.nullable().default(null),
  /** Cashiers and managers alone have one. */
  pin: NewPin.optional(),
  reason: Reason.optional(),
})
export type OperatorRequest = z.infer<typeof OperatorRequest>

/** Good once, for setting a password at `POST /v1/office/set-up`; shown once. */
export const SetUpCode = z.object({ code: z.string(), expiresAt: z.iso.datetime() })
export type SetUpCode = z.infer<typeof SetUpCode>

/** `setUp` is null for a cashier, who signs in at counters only. */
export const OperatorMade = z.object({ operator: OperatorView, setUp: SetUpCode.nullable() })
export type OperatorMade = z.infer<typeof OperatorMade>

/**
 * `POST /v1/operators/{id}/update`: what is absent stays. Another role, another store and leaving end every session of
 * the person. 409 for the last active administrator and for one's own role.
 */
export const OperatorUpdate = z.object({
  name: OperatorName.optional(),
  role: OperatorRole.optional(),
  storeId: StoreId.nullable().optional(),
  active: z.boolean().optional(),
  reason: Reason,
})
export type OperatorUpdate = z.infer<typeof OperatorUpdate>
export const OperatorResponse = z.object({ operator: OperatorView })
export type OperatorResponse = z.infer<typeof OperatorResponse>

/**
 * `POST /v1/operators/{id}/reset`: a one-time code for a new password; the old one ends at once, and so do all sessions.
 * `secondFactor` removes that as well (a lost phone). Never one's own: ask another administrator.
 */
export const OperatorReset = z.object({ secondFactor: z.boolean().default(false), reason: Reason })
export type OperatorReset = z.infer<typeof OperatorReset>

/** `POST /v1/operators/{id}/pin`: for counters; null takes it away. */
export const OperatorPin = z.object({ pin: NewPin.nullable(), reason: Reason })
export type OperatorPin = z.infer<typeof OperatorPin>
