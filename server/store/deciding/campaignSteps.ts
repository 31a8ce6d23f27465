import { type InForceState, readCampaign, type VersionState } from '../../../core/campaigns/campaign.ts'
import { aboutProposal, type CampaignStanding, mayDraft, nextState } from '../../../core/campaigns/lifecycle.ts'
import { type CampaignCounts, type LimitConflict, limitConflict } from '../../../core/campaigns/limitChange.ts'
import { CampaignRules, type WireRules } from '../../../core/campaigns/rules.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import type { CampaignActionCommand, CampaignRefusal, DraftCommand } from '../campaignCommands.ts'
import { storesOf } from '../storesOf.ts'

/** What a step on a campaign looks at, read in the transaction that takes it. */
export interface CampaignBefore {
  readonly inForce: (Content & { readonly state: InForceState }) | null
  readonly proposal: (Content & { readonly state: Exclude<VersionState, 'approved'> }) | null
  readonly proposedBy: readonly string[]
  readonly madeBy: readonly string[]
  readonly counts: CampaignCounts
}

interface Content {
  readonly version: number
  readonly contentHash: string
  readonly rules: WireRules
}

/** `same`: that is what is written there already. */
export type DraftStep = { readonly kind: 'same' } | { readonly kind: 'amend' | 'begin'; readonly version: number }

export type ActStep =
  /** A version is judged; what is in force stays as it is. */
  | { readonly kind: 'judge'; readonly version: number; readonly state: VersionState; readonly contentHash: string }
  /** A version comes in force. */
  | {
      readonly kind: 'enforce'
      readonly version: number
      readonly state: InForceState
      readonly contentHash: string
      readonly rules: WireRules
      /** Stores where it can be used from now on and could not before; null: every store. */
      readonly widened: readonly string[] | null
    }
  /** What is in force is suspended, resumed or ended. */
  | { readonly kind: 'run'; readonly version: number; readonly state: InForceState; readonly contentHash: string }

/** Where a draft goes; refusals as in `mayDraft`, and `invalid_request` with `{contentHash}` when it is another by now. */
export function draftStep(before: CampaignBefore | null, command: DraftCommand): Outcome<DraftStep, CampaignRefusal> {
  const { operatorId, role, contentHash, basedOn } = command
  const allowed = mayDraft(before && standing(before), { operatorId, role })
  if (!allowed.ok) return refused({ problem: 'conflict', reason: allowed.reason, params: allowed.params })
  const newest = before && (before.proposal ?? before.inForce)
  if (!newest) return accepted({ kind: 'begin', version: 1 })
  if (newest.contentHash === contentHash) return accepted({ kind: 'same' })
  if (basedOn !== undefined && basedOn !== newest.contentHash) return changedSince(newest)
  return accepted({
    kind: allowed.value,
    version: allowed.value === 'amend' ? newest.version : newest.version + 1,
  })
}

/**
 * What an action changes; refusals as in `nextState`, `invalid_request` with `{contentHash, version}` when the actor saw other
 * content, and with `{limit, used?, asked?}` for a limit that what has happened already contradicts.
 */
export function actStep(before: CampaignBefore, command: CampaignActionCommand): Outcome<ActStep, CampaignRefusal> {
  const { action, actor, contentHash } = command
  const about = aboutProposal(action) ? (before.proposal ?? before.inForce) : (before.inForce ?? before.proposal)
  if (!about) return refused({ problem: 'not_found' })
  if (contentHash !== undefined && contentHash !== about.contentHash) return changedSince(about)
  const next = nextState(standing(before), action, actor)
  if (!next.ok) return refused({ problem: 'conflict', reason: next.reason, params: next.params })
  const { version } = about
  const of = { version, contentHash: about.contentHash }
  if (next.value.of === 'inForce') return accepted({ kind: 'run', ...of, state: next.value.state })
  if (next.value.state === 'submitted' || next.value.state === 'approved') {
    const conflict = contradiction(before, about.rules)
    if (conflict) return refused({ problem: 'conflict', reason: 'invalid_request', params: { ...conflict } })
  }
  if (next.value.state !== 'approved') return accepted({ kind: 'judge', ...of, state: next.value.state })
  const state = before.inForce?.state === 'suspended' ? 'suspended' : 'approved'
  return accepted({ kind: 'enforce', ...of, state, rules: about.rules, widened: widenedTo(before, about.rules) })
}

function standing({ inForce, proposal, proposedBy, madeBy }: CampaignBefore): CampaignStanding {
  return { inForce: inForce?.state ?? null, proposal: proposal?.state ?? null, proposedBy, madeBy }
}

function changedSince({ contentHash, version }: Content): Outcome<never, CampaignRefusal> {
  return refused({ problem: 'conflict', reason: 'invalid_request', params: { contentHash, version } })
}

function contradiction({ inForce, counts }: CampaignBefore, rules: WireRules): LimitConflict | null {
  const next = CampaignRules.safeParse(rules)
  const now = CampaignRules.safeParse(inForce?.rules)
  // What this program cannot read, an older or newer one wrote: there is nothing to compare.
  return next.success && now.success ? limitConflict(now.data, next.data, counts) : null
}

function widenedTo({ inForce }: CampaignBefore, rules: WireRules): readonly string[] | null {
  if (!inForce) return []
  const stores = (of: WireRules) => storesOf(readCampaign({ campaignId: '', version: 1, state: 'approved', rules: of }))
  const [was, is] = [stores(inForce.rules), stores(rules)]
  if (was === null) return []
  return is === null ? null : is.filter((storeId) => !was.includes(storeId))
}
