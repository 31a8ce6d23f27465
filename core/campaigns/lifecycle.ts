import type { Params } from '../contract/problem.ts'
import type { OperatorRole } from '../contract/sessions.ts'
import { accepted, type Outcome, refused, unreachable } from '../outcome.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import type { CampaignAction, CampaignState } from './campaign.ts'
import type { CampaignRules } from './rules.ts'

export interface CampaignStanding {
  readonly state: CampaignState
  readonly authorId: string
  readonly version: number
  /** Who submitted it last; may differ from the author and is barred from judging it as well. */
  readonly submitterId?: string | null
}

export interface Actor {
  readonly operatorId: string
  readonly role: OperatorRole
}

export type LifecycleRefusal = { readonly reason: ReasonCode; readonly params: Params }

interface Step {
  readonly from: readonly CampaignState[]
  readonly to: CampaignState
  readonly roles: readonly OperatorRole[]
  /** Puts the campaign in force or judges it: never by its author or submitter. */
  readonly fourEyes: boolean
}

const PLANNING: readonly OperatorRole[] = ['planner', 'admin']
const APPROVING: readonly OperatorRole[] = ['approver', 'admin']

const STEPS: Readonly<Record<CampaignAction, Step>> = {
  submit: { from: ['draft', 'changes_requested'], to: 'submitted', roles: PLANNING, fourEyes: false },
  approve: { from: ['submitted'], to: 'approved', roles: APPROVING, fourEyes: true },
  'request-changes': { from: ['submitted'], to: 'changes_requested', roles: APPROVING, fourEyes: true },
  reject: { from: ['submitted'], to: 'rejected', roles: APPROVING, fourEyes: true },
  // Stopping gives nothing away and must never wait for a second person.
  suspend: { from: ['approved'], to: 'suspended', roles: APPROVING, fourEyes: false },
  resume: { from: ['suspended'], to: 'approved', roles: APPROVING, fourEyes: true },
  end: { from: ['approved', 'suspended'], to: 'ended', roles: APPROVING, fourEyes: false },
}

/**
 * The state after an action: draft → submitted → approved | changes_requested | rejected, approved ↔ suspended → ended.
 * Two different people: neither author nor submitter may approve, request changes, reject or resume, whatever their
 * role. Refusals, in this order: `operator_not_allowed` (`{role, action}`, or `{action, fourEyes: true}`),
 * `invalid_request` (`{state, action}`) for an action that this state does not have.
 */
export function nextState(
  campaign: CampaignStanding,
  action: CampaignAction,
  actor: Actor,
): Outcome<CampaignState, LifecycleRefusal> {
  const step = STEPS[action]
  if (!step.roles.includes(actor.role)) {
    return refused({ reason: 'operator_not_allowed', params: { role: actor.role, action } })
  }
  if (step.fourEyes && (actor.operatorId === campaign.authorId || actor.operatorId === campaign.submitterId)) {
    return refused({ reason: 'operator_not_allowed', params: { action, fourEyes: true } })
  }
  if (!step.from.includes(campaign.state)) {
    return refused({ reason: 'invalid_request', params: { state: campaign.state, action } })
  }
  return accepted(step.to)
}

/**
 * Whether an actor may write a campaign's rules: a planner or admin makes a draft (`campaign` null), and only its author
 * may replace the rules, while it is a draft or had changes requested. Were others allowed to, one of them could
 * approve what they wrote. Refusals as in `nextState`, with `action: 'draft'`.
 */
export function mayDraft(campaign: CampaignStanding | null, actor: Actor): Outcome<CampaignState, LifecycleRefusal> {
  const action = 'draft'
  if (!PLANNING.includes(actor.role)) {
    return refused({ reason: 'operator_not_allowed', params: { role: actor.role, action } })
  }
  if (campaign && campaign.authorId !== actor.operatorId) {
    return refused({ reason: 'operator_not_allowed', params: { action, author: false } })
  }
  if (campaign && campaign.state !== 'draft' && campaign.state !== 'changes_requested') {
    return refused({ reason: 'invalid_request', params: { state: campaign.state, action } })
  }
  return accepted(campaign ? campaign.state : 'draft')
}

/** An approved campaign seen at a time (epoch milliseconds): `validFrom` inclusive, `validUntil` exclusive. */
export function campaignPhase(
  state: CampaignState,
  rules: Pick<CampaignRules, 'validFrom' | 'validUntil'> | null,
  now: number,
): 'none' | 'scheduled' | 'active' | 'over' {
  switch (state) {
    case 'approved':
      if (!rules) return 'none'
      if (now < Date.parse(rules.validFrom)) return 'scheduled'
      return now < Date.parse(rules.validUntil) ? 'active' : 'over'
    case 'ended':
      return 'over'
    case 'draft':
    case 'submitted':
    case 'changes_requested':
    case 'rejected':
    case 'suspended':
      return 'none'
    default:
      return unreachable(state)
  }
}
