import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAMPAIGN_ACTIONS, CAMPAIGN_STATES, type CampaignState } from '../../../../core/campaigns/campaign.ts'
import {
  type Actor,
  type CampaignStanding,
  campaignPhase,
  mayDraft,
  nextState,
} from '../../../../core/campaigns/lifecycle.ts'
import { OPERATOR_ROLES } from '../../../../core/contract/sessions.ts'
import { rulesOf } from '../shop.ts'

const planner: Actor = { operatorId: 'p', role: 'planner' }
const approver: Actor = { operatorId: 'a', role: 'approver' }
const campaign = (state: CampaignState, authorId = 'p') => ({ state, authorId, version: 1 })

describe('the life of a campaign', () => {
  it('has exactly these steps', () => {
    const steps = CAMPAIGN_STATES.flatMap((state) =>
      CAMPAIGN_ACTIONS.flatMap((action) => {
        const next = nextState(campaign(state), action, action === 'submit' ? planner : approver)
        return next.ok ? [`${state} ${action} ${next.value}`] : []
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

  it('names the state and the action that do not go together', () => {
    expect(nextState(campaign('ended'), 'approve', approver)).toEqual({
      ok: false,
      reason: 'invalid_request',
      params: { state: 'ended', action: 'approve' },
    })
  })

  it('lets planners submit and approvers judge; admins do either, nobody else anything', () => {
    for (const role of OPERATOR_ROLES) {
      const actor = { operatorId: 'x', role }
      expect(nextState(campaign('draft'), 'submit', actor).ok).toBe(role === 'planner' || role === 'admin')
      expect(nextState(campaign('submitted'), 'approve', actor).ok).toBe(role === 'approver' || role === 'admin')
    }
  })

  it('never lets author or submitter judge or resume, but lets them stop', () => {
    const admin: Actor = { operatorId: 'boss', role: 'admin' }
    for (const who of [{ authorId: 'boss' }, { authorId: 'p', submitterId: 'boss' }]) {
      const standing = (state: CampaignState) => ({ version: 1, state, ...who })
      for (const action of ['approve', 'request-changes', 'reject'] as const) {
        expect(nextState(standing('submitted'), action, admin)).toMatchObject({ reason: 'operator_not_allowed' })
      }
      expect(nextState(standing('suspended'), 'resume', admin)).toMatchObject({ reason: 'operator_not_allowed' })
      expect(nextState(standing('approved'), 'suspend', admin)).toEqual({ ok: true, value: 'suspended' })
      expect(nextState(standing('approved'), 'end', admin)).toEqual({ ok: true, value: 'ended' })
    }
  })

  it('is approved by two different people whatever anybody tries', () => {
    const actor = fc.record({
      operatorId: fc.constantFrom('1', '2', '3'),
      role: fc.constantFrom('planner' as const, 'approver' as const, 'admin' as const),
    })
    const attempts = fc.array(fc.record({ actor, action: fc.constantFrom(...CAMPAIGN_ACTIONS, 'draft' as const) }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(fc.constantFrom('1', '2', '3'), attempts, (authorId, all) => {
        let state: CampaignState = 'draft'
        let submitterId: string | null = null
        let approvedBy: string | null = null
        for (const { actor: who, action } of all) {
          const standing: CampaignStanding = { state, authorId, version: 1, submitterId }
          const next = action === 'draft' ? mayDraft(standing, who) : nextState(standing, action, who)
          if (!next.ok) continue
          if (action === 'draft') expect(who.operatorId).toBe(authorId)
          if (action === 'submit') submitterId = who.operatorId
          if (action === 'approve' || action === 'resume') approvedBy = who.operatorId
          if (state === 'rejected' || state === 'ended') throw new Error('nothing leaves an end')
          state = next.value
          if (state === 'approved') {
            expect(approvedBy).not.toBeNull()
            expect([authorId, submitterId]).not.toContain(approvedBy)
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('mayDraft', () => {
  it('lets a planner begin, and only the author change, and only before it is judged', () => {
    expect(mayDraft(null, planner)).toEqual({ ok: true, value: 'draft' })
    expect(mayDraft(null, approver)).toMatchObject({ reason: 'operator_not_allowed' })
    expect(mayDraft(campaign('changes_requested'), planner)).toEqual({ ok: true, value: 'changes_requested' })
    expect(mayDraft(campaign('draft'), { ...planner, operatorId: 'q' })).toMatchObject({
      reason: 'operator_not_allowed',
    })
    for (const state of ['submitted', 'approved', 'rejected', 'suspended', 'ended'] as const) {
      expect(mayDraft(campaign(state), planner)).toMatchObject({ reason: 'invalid_request' })
    }
  })
})

describe('campaignPhase', () => {
  const rules = rulesOf({ validFrom: '2026-11-01T00:00:00Z', validUntil: '2026-12-01T00:00:00Z' })
  const phase = (state: CampaignState, at: string) => campaignPhase(state, rules, Date.parse(at))

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
