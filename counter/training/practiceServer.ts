import type { RedemptionRequest, RedemptionResponse } from '../../core/contract/redemptions.ts'
import type { SearchRequest } from '../../core/contract/search.ts'
import type { WireMedium } from '../../core/media/medium.ts'
import type { Objective, Store } from '../../core/objective.ts'
import type { CouponGateway, GatewayResult } from '../../core/ports/couponGateway.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Acquisition, CampaignUsage, QualifyInput } from '../../core/qualification/model.ts'
import { qualify } from '../../core/qualification/qualify.ts'
import { decideRedemption } from '../../core/redemption/decide.ts'
import { toSearchResponse, toWireDecision } from '../../core/redemption/wire.ts'
import { PRACTICE_CUSTOMERS, practiceCampaigns } from './practiceCoupons.ts'

export interface PracticeParts {
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly store: () => Store
}

const UNREACHABLE = { kind: 'unreachable', cause: 'connection' } as const

const answered = <Answer>(answer: Answer): GatewayResult<Answer> => ({ kind: 'answered', answer })

/**
 * The coupon server of a training: in memory, in this program, by the same rules. Every medium is a practice customer's;
 * nobody's real coupons are looked at, nothing is asked of a network, and all of it is gone with the object.
 */
export function practiceServer({ ids, now, store }: PracticeParts): CouponGateway {
  const campaigns = practiceCampaigns(store().currency, ids, now())
  const holders = new Map<string, Acquisition[]>()
  const decided = new Map<string, RedemptionResponse>()
  let position = 1

  const held = (medium: WireMedium): Acquisition[] => {
    const name = 'keys' in medium ? medium.keys.map(({ v, key }) => `${v}:${key}`).join() : medium.identifier
    const known = holders.get(name)
    if (known) return known
    const coupons = PRACTICE_CUSTOMERS[holders.size % PRACTICE_CUSTOMERS.length] ?? []
    const acquisitions = coupons.flatMap((at): Acquisition[] => {
      const campaign = campaigns[at]
      if (!campaign) return []
      const usesLeft = campaign.rules?.limits.acquisitionUses ?? 1
      return [
        { acquisitionId: ids.uuid7(), campaignId: campaign.campaignId, usesLeft, expiresAt: null, revoked: false },
      ]
    })
    holders.set(name, acquisitions)
    return acquisitions
  }
  const change = (lines: readonly string[], by: number) => {
    for (const acquisitions of holders.values()) {
      for (const [at, acquisition] of acquisitions.entries()) {
        if (!lines.includes(acquisition.acquisitionId)) continue
        acquisitions[at] = { ...acquisition, usesLeft: acquisition.usesLeft + by }
      }
    }
    position += 1
  }
  const inputOf = (medium: WireMedium, objective: Objective, entry: SearchRequest['entry']): QualifyInput => ({
    campaigns: new Map(campaigns.map((campaign) => [campaign.campaignId, campaign])),
    acquisitions: held(medium),
    usage: new Map<string, CampaignUsage>(),
    objective: { ...objective, store: store(), medium: { type: medium.type ?? 'nfc-uid', entry } },
    now: now(),
    offline: false,
  })
  const redeem = ({ redemptionId, medium, objective, select, expectedTotalDiscount, entry }: RedemptionRequest) => {
    const before = decided.get(redemptionId)
    if (before) return before
    const decision = decideRedemption(inputOf(medium, objective, entry), select, expectedTotalDiscount)
    if (decision.status === 'approved') {
      change(
        decision.lines.map(({ acquisitionId }) => acquisitionId),
        -1,
      )
    }
    const answer: RedemptionResponse = {
      ...toWireDecision(redemptionId, position, decision, now()),
      state: 'active',
    }
    decided.set(redemptionId, answer)
    return answer
  }

  return {
    async search({ medium, objective, entry, select }) {
      const input = inputOf(medium, objective, entry)
      const selection = select && decideRedemption(input, select)
      return answered(toSearchResponse(qualify(input), now(), selection))
    },
    redeem: async (request) => answered(redeem(request)),
    redemption: async (redemptionId) => answered(decided.get(redemptionId) ?? null),
    async rollback(redemptionId, { rollbackId }) {
      const answer = decided.get(redemptionId)
      const lines = answer?.state === 'active' ? answer.lines.map(({ acquisitionId }) => acquisitionId) : []
      if (answer) decided.set(redemptionId, { ...answer, state: 'rolled_back' })
      change(lines, 1)
      return answered({ rollbackId, redemptionId, state: 'rolled_back', rolledBack: lines, changeSeq: position })
    },
    settle: async (events) =>
      answered({
        results: events.map(({ seq, id }) => ({ seq, id, status: 'confirmed' as const, lines: [] })),
        changeSeq: position,
      }),
    changes: async (cursor) =>
      answered({ changes: [], cursor, more: false, changeSeq: position, asOf: new Date(now()).toISOString() }),
    // Of none of these is there anything in a training.
    enrol: async () => UNREACHABLE,
    snapshot: async () => UNREACHABLE,
    lend: async () => UNREACHABLE,
    returnLease: async () => UNREACHABLE,
  }
}
