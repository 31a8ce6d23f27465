import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CAMPAIGN_ACTIONS,
  type CampaignState,
  IN_FORCE_STATES,
  type InForceState,
  VERSION_STATES,
} from '../../../../core/campaigns/campaign.ts'
import {
  type Actor,
  type CampaignStanding,
  campaignPhase,
  campaignStatus,
  mayDraft,
  nextState,
} from '../../../../core/campaigns/lifecycle.ts'
import { OPERATOR_ROLES } from '../../../../core/contract/sessions.ts'
import { rulesOf } from '../shop.ts'

const planner: Actor = { operatorId: 'p', role: 'planner' }
const approver: Actor = { operatorId: 'a', role: 'approver' }
type Proposed = CampaignStanding['proposal']
const standing = (inForce: InForceState | null, proposal: Proposed, by = 'p'): CampaignStanding => ({
  inForce,
  proposal,
  proposedBy: [by],
  madeBy: [by],
})
const proposed = (state: Proposed) => standing(null, state)
const running = (state: InForceState) => standing(state, null)

describe('the life of a version and of what is in force', () => {
  it('has exactly these steps', () => {
    const proposals = VERSION_STATES.filter((state) => state !== 'approved')
    const all = [...proposals.map(proposed), ...IN_FORCE_STATES.map(running)]
    const steps = all.flatMap((campaign) =>
      CAMPAIGN_ACTIONS.flatMap((action) => {
        const next = nextState(campaign, action, action === 'submit' ? planner : approver)
        return next.ok ? [`${campaign.inForce ?? campaign.proposal} ${action} ${next.value.state}`] : []
      }),
    )
    expect(steps).toEqual([
      'draft submit submitted',
      'submitted approve approved',
      'submitted request-changes changes_requested',
      'submitted reject rejected',
      'changes_requested submit submitted',
      'approved suspend suspended',
      'approved end ended',
      'suspended resume approved',
      'suspended end ended',
    ])
  })

  it('judges the proposal and runs what is in force, each without the other', () => {
    const both = standing('approved', 'submitted')
    expect(nextState(both, 'reject', approver)).toEqual({ ok: true, value: { of: 'proposal', state: 'rejected' } })
    expect(nextState(both, 'suspend', approver)).toEqual({ ok: true, value: { of: 'inForce', state: 'suspended' } })
  })

  it('approves nothing any more once the campaign has ended', () => {
    expect(nextState(standing('ended', 'submitted'), 'approve', approver)).toEqual({
      ok: false,
      reason: 'invalid_request',
      params: { state: 'ended', action: 'approve' },
    })
  })

  it('names the state and the action that do not go together', () => {
    expect(nextState(running('ended'), 'approve', approver)).toEqual({
      ok: false,
      reason: 'invalid_request',
      params: { state: 'ended', action: 'approve' },
    })
  })

  it('lets planners submit and approvers judge; admins do either, nobody else anything', () => {
    for (const role of OPERATOR_ROLES) {
      const actor = { operatorId: 'x', role }
      expect(nextState(proposed('draft'), 'submit', actor).ok).toBe(role === 'planner' || role === 'admin')
      expect(nextState(proposed('submitted'), 'approve', actor).ok).toBe(role === 'approver' || role === 'admin')
    }
  })

  it('never lets whoever had a hand in a version judge or resume it, but lets them stop it', () => {
    const admin: Actor = { operatorId: 'boss', role: 'admin' }
    for (const action of ['approve', 'request-changes', 'reject'] as const) {
      expect(nextState(standing(null, 'submitted', 'boss'), action, admin)).toEqual({
        ok: false,
        reason: 'operator_not_allowed',
        params: { action, fourEyes: true },
      })
    }
    expect(nextState(standing('suspended', null, 'boss'), 'resume', admin)).toMatchObject({
      reason: 'operator_not_allowed',
    })
    expect(nextState(standing('approved', null, 'boss'), 'suspend', admin).ok).toBe(true)
    expect(nextState(standing('approved', null, 'boss'), 'end', admin).ok).toBe(true)
  })

  it('puts nothing in force that its approver wrote or submitted, whatever anybody tries', () => {
    const actor = fc.record({
      operatorId: fc.constantFrom('1', '2', '3'),
      role: fc.constantFrom('planner' as const, 'approver' as const, 'admin' as const),
    })
    const attempts = fc.array(fc.record({ actor, action: fc.constantFrom(...CAMPAIGN_ACTIONS, 'draft' as const) }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(attempts, (all) => {
        let inForce = null as InForceState | null
        let proposal = null as Proposed
        let proposedBy: string[] = []
        let madeBy: string[] = []
        for (const { actor: who, action } of all) {
          const open: Proposed = proposal
          const campaign: CampaignStanding = { inForce, proposal: open, proposedBy, madeBy }
          if (action === 'draft') {
            const started = inForce !== null || proposal !== null
            if (!mayDraft(started ? campaign : null, who).ok) continue
            expect(open).not.toBe('submitted')
            expect(inForce).not.toBe('ended')
            proposal = 'draft'
            proposedBy = [...proposedBy, who.operatorId]
            continue
          }
          const next = nextState(campaign, action, who)
          if (!next.ok) continue
          if (action === 'submit') proposedBy = [...proposedBy, who.operatorId]
          if (action === 'resume') expect(madeBy).not.toContain(who.operatorId)
          if (next.value.of === 'inForce') {
            if (inForce === 'ended') throw new Error('nothing leaves the end')
            inForce = next.value.state
          } else if (next.value.state === 'approved') {
            expect(proposedBy).not.toContain(who.operatorId)
            inForce = inForce === 'suspended' ? 'suspended' : 'approved'
            proposal = null
            madeBy = proposedBy
            proposedBy = []
          } else {
            proposal = next.value.state
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('mayDraft', () => {
  it('lets planners begin, and write on in a draft; what was submitted is changed by a new version', () => {
    expect(mayDraft(null, planner)).toEqual({ ok: true, value: 'begin' })
    expect(mayDraft(null, approver)).toMatchObject({ reason: 'operator_not_allowed' })
    expect(mayDraft(proposed('draft'), { ...planner, operatorId: 'q' })).toEqual({ ok: true, value: 'amend' })
    for (const state of ['changes_requested', 'rejected'] as const) {
      expect(mayDraft(proposed(state), planner)).toEqual({ ok: true, value: 'begin' })
    }
    for (const state of ['approved', 'suspended'] as const) {
      expect(mayDraft(running(state), planner)).toEqual({ ok: true, value: 'begin' })
    }
    expect(mayDraft(proposed('submitted'), planner)).toMatchObject({ reason: 'invalid_request' })
    expect(mayDraft(running('ended'), planner)).toMatchObject({ reason: 'invalid_request' })
  })
})

const RULES = rulesOf({ validFrom: '2026-11-01T00:00:00Z', validUntil: '2026-12-01T00:00:00Z' })

describe('campaignPhase', () => {
  const phase = (state: CampaignState, at: string) => campaignPhase(state, RULES, Date.parse(at))

  it('is the approved campaign seen at a time', () => {
    expect(phase('approved', '2026-10-31T23:59:59Z')).toBe('scheduled')
    expect(phase('approved', '2026-11-01T00:00:00Z')).toBe('active')
    expect(phase('approved', '2026-11-30T23:59:59Z')).toBe('active')
    expect(phase('approved', '2026-12-01T00:00:00Z')).toBe('over')
  })

  it('is none before approval and while suspended, over once ended', () => {
    expect(phase('submitted', '2026-11-10T00:00:00Z')).toBe('none')
    expect(phase('suspended', '2026-11-10T00:00:00Z')).toBe('none')
    expect(phase('ended', '2026-11-10T00:00:00Z')).toBe('over')
    expect(campaignPhase('approved', null, 0)).toBe('none')
  })
})

it('campaignStatus is the one word that people use', () => {
  const status = (state: CampaignState, at: string) => campaignStatus(state, RULES, Date.parse(at))
  expect(status('draft', '2026-11-10T00:00:00Z')).toBe('draft')
  expect(status('approved', '2026-10-01T00:00:00Z')).toBe('scheduled')
  expect(status('approved', '2026-11-10T00:00:00Z')).toBe('active')
  expect(status('approved', '2026-12-01T00:00:00Z')).toBe('ended')
  expect(status('suspended', '2026-11-10T00:00:00Z')).toBe('suspended')
  expect(status('suspended', '2026-12-01T00:00:00Z')).toBe('ended')
  expect(status('ended', '2026-11-10T00:00:00Z')).toBe('ended')
})
