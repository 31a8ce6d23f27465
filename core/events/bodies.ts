import { z } from 'zod'
import { Params, WireReason } from '../contract/problem.ts'
import { Uuid7 } from '../ids.ts'
import { Entry, MediumType, WireMedium } from '../media/medium.ts'
import { Objective } from '../objective.ts'
import { Select } from '../redemption/model.ts'
import { AnnulEventBody, type EventType, RedemptionEventBody } from './event.ts'

/*
 * Bodies of the events that are kept for people to read. The server settles redemptions and annuls alone and takes
 * whatever these say: what happened at a counter is no request that could be refused. So a newer counter may say more.
 */

const OperatorId = z.string().max(64)
const Action = z.string().min(1).max(64)

/** Somebody was told no: a redemption that was asked for, or a medium that leads nowhere. Media by key, never whole. */
export const RefusalEventBody = z.looseObject({
  ...WireReason,
  params: Params.optional(),
  redemptionId: Uuid7.optional(),
  medium: z.union([WireMedium, z.looseObject({ type: MediumType })]).optional(),
  objective: Objective.optional(),
  select: Select.optional(),
  entry: Entry.optional(),
  operatorId: OperatorId.optional(),
})
export type RefusalEventBody = z.infer<typeof RefusalEventBody>

/** A manager let this counter go beyond its offline policy, or took that back: `begun`, `ended`, `expired`. */
export const OverrideEventBody = z.looseObject({
  action: Action,
  operatorId: OperatorId,
  /** The manager's words. */
  reason: z.string().max(500).optional(),
  /** Which bound, in the words of the station's settings. */
  policy: z.string().max(64).optional(),
  /** Corrected time, epoch milliseconds. */
  until: z.number().optional(),
})
export type OverrideEventBody = z.infer<typeof OverrideEventBody>

/** Something was set at this counter, or head office set it and it counts here from now on. */
export const PolicyEventBody = z.looseObject({
  action: Action,
  /** Absent: it came from head office. */
  operatorId: OperatorId.optional(),
})
export type PolicyEventBody = z.infer<typeof PolicyEventBody>

/** Who was at the counter: `sign_in`, `sign_out`, `sign_in_refused`, `manager_in`, `manager_out`, `shift_…`. */
export const SessionEventBody = z.looseObject({ action: Action, operatorId: OperatorId })
export type SessionEventBody = z.infer<typeof SessionEventBody>

/** What each type of event says. */
export const EVENT_BODIES: Readonly<Record<EventType, z.ZodType>> = {
  redemption: RedemptionEventBody,
  annul: AnnulEventBody,
  refusal: RefusalEventBody,
  override: OverrideEventBody,
  policy: PolicyEventBody,
  session: SessionEventBody,
}
