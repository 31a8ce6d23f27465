import type { Params } from '../contract/problem.ts'
import type { OperatorRole } from '../contract/sessions.ts'
import { accepted, type Outcome, refused, unreachable } from '../outcome.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import type { CampaignAction, CampaignState, InForceState, VersionState } from './campaign.ts'
import type { CampaignRules } from './rules.ts'

/** A campaign as its life cycle sees it: what is in force, and the newer version that somebody proposes. */
export interface CampaignStanding {
  /** null: no version has been approved yet. */
  readonly inForce: InForceState | null
  /** The newest version unless it is the one in force; null: there is no other. */
  readonly proposal: Exclude<VersionState, 'approved'> | null
  /** Who drafted or submitted the proposal, or an earlier one that it grew from. */
  readonly proposedBy: readonly string[]
  /** The same of the version in force. */
  readonly madeBy: readonly string[]
}

export interface Actor {
  readonly operatorId: string
  readonly role: OperatorRole
}

export type LifecycleRefusal = { readonly reason: ReasonCode; readonly params: Params }

/** What an action changes: the proposal's state, or that of what is in force. */
export type NextState =
  | { readonly of: 'proposal'; readonly state: VersionState }
  | { readonly of: 'inForce'; readonly state: InForceState }

interface Judging {
  readonly of: 'proposal'
  readonly from: readonly VersionState[]
  readonly to: VersionState
}

interface Running {
  readonly of: 'inForce'
  readonly from: readonly InForceState[]
  readonly to: InForceState
}

interface Allowed {
  readonly roles: readonly OperatorRole[]
  /** Puts a version in force or judges it: never by whoever had a hand in it. */
  readonly fourEyes: boolean
}

type Step = Allowed & (Judging | Running)

const PLANNING: readonly OperatorRole[] = ['planner', 'admin']
const APPROVING: readonly OperatorRole[] = ['approver', 'admin']

const STEPS: Readonly<Record<CampaignAction, Step>> = {
  submit: {
    of: 'proposal',
    from: ['draft', 'changes_requested'],
    to: 'submitted',
    roles: PLANNING,
    fourEyes: false,
  },
  approve: { of: 'proposal', from: ['submitted'], to: 'approved', roles: APPROVING, fourEyes: true },
  'request-changes': {
    of: 'proposal',
    from: ['submitted'],
    to: 'changes_requested',
    roles: APPROVING,
    fourEyes: true,
  },
  reject: { of: 'proposal', from: ['submitted'], to: 'rejected', roles: APPROVING, fourEyes: true },
  // Stopping gives nothing away and must never wait for a second person.
  suspend: { of: 'inForce', from: ['approved'], to: 'suspended', roles: APPROVING, fourEyes: false },
  resume: { of: 'inForce', from: ['suspended'], to: 'approved', roles: APPROVING, fourEyes: true },
  end: { of: 'inForce', from: ['approved', 'suspended'], to: 'ended', roles: APPROVING, fourEyes: false },
}

/** Whether an action is about the proposal or about what is in force. */
export function aboutProposal(action: CampaignAction): boolean {
  return STEPS[action].of === 'proposal'
}

/**
 * The state after an action. A version: draft → submitted → approved | changes_requested | rejected, and never changes
 * after that. What is in force: approved ↔ suspended → ended; approving a version replaces what was in force and lifts no
 * suspension. Four eyes: whoever had a hand in a version may not judge it, nor resume it, whatever their role.
 * Refusals, in this order: `operator_not_allowed` (`{role, action}`, or `{action, fourEyes: true}`), `invalid_request`
 * (`{state, action}`) for an action that this state does not have.
 */
export function nextState(
  campaign: CampaignStanding,
  action: CampaignAction,
  actor: Actor,
): Outcome<NextState, LifecycleRefusal> {
  const step = STEPS[action]
  if (!step.roles.includes(actor.role)) {
    return refused({ reason: 'operator_not_allowed', params: { role: actor.role, action } })
  }
  const hands = step.of === 'proposal' ? campaign.proposedBy : campaign.madeBy
  if (step.fourEyes && hands.includes(actor.operatorId)) {
    return refused({ reason: 'operator_not_allowed', params: { action, fourEyes: true } })
  }
  if (step.of === 'inForce') {
    const { inForce } = campaign
    if (inForce !== null && step.from.includes(inForce)) return accepted({ of: 'inForce', state: step.to })
    return refused({ reason: 'invalid_request', params: { state: inForce ?? campaign.proposal ?? 'draft', action } })
  }
  const { proposal } = campaign
  if (proposal !== null && step.from.includes(proposal) && campaign.inForce !== 'ended') {
    return accepted({ of: 'proposal', state: step.to })
  }
  const state = campaign.inForce === 'ended' ? 'ended' : (proposal ?? campaign.inForce ?? 'draft')
  return refused({ reason: 'invalid_request', params: { state, action } })
}

/**
 * Whether an actor may write rules, and where: into the draft that is there (`amend`), or as a new version (`begin`), since
 * nobody may change what was submitted. `campaign` null: the first draft. Refusals as in `nextState`, with
 * `action: 'draft'`.
 */
export function mayDraft(
  campaign: CampaignStanding | null,
  actor: Actor,
): Outcome<'begin' | 'amend', LifecycleRefusal> {
  const action = 'draft'
  if (!PLANNING.includes(actor.role)) {
    return refused({ reason: 'operator_not_allowed', params: { role: actor.role, action } })
  }
  if (campaign?.inForce === 'ended') return refused({ reason: 'invalid_request', params: { state: 'ended', action } })
  if (campaign?.proposal === 'submitted') {
    return refused({ reason: 'invalid_request', params: { state: 'submitted', action } })
  }
  return accepted(campaign?.proposal === 'draft' ? 'amend' : 'begin')
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

/** What people call it: `approved` by the clock is scheduled, active or ended. */
export const CAMPAIGN_STATUSES = [
  'draft',
  'submitted',
  'changes_requested',
  'rejected',
  'scheduled',
  'active',
  'suspended',
  'ended',
] as const
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number]

/** A campaign in one word at a time (epoch milliseconds). */
export function campaignStatus(
  state: CampaignState,
  rules: Pick<CampaignRules, 'validFrom' | 'validUntil'> | null,
  now: number,
): CampaignStatus {
  if (state === 'suspended') return rules && now >= Date.parse(rules.validUntil) ? 'ended' : 'suspended'
  if (state !== 'approved') return state
  const phase = campaignPhase(state, rules, now)
  return phase === 'over' ? 'ended' : phase === 'scheduled' ? 'scheduled' : 'active'
}
