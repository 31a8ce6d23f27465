import type { Change } from '../../../../core/contract/changes.ts'
import type { RedemptionResponse } from '../../../../core/contract/redemptions.ts'
import type { GatewayResult } from '../../../../core/ports/couponGateway.ts'
import type { Effect } from '../../../../counter/session/model.ts'
import { card, id, purchase } from './visits.ts'

export const ACQUISITION = id(100)
export const CAMPAIGN = id(200)

/** What the till asks for when a cashier approves. */
export const ask = (more: Partial<Extract<Effect, { type: 'redeem' }>> = {}): Extract<Effect, { type: 'redeem' }> => ({
  type: 'redeem',
  redemptionId: id(9),
  presented: card(1),
  purchase: purchase(1_000),
  select: 'best',
  expectedTotalDiscount: null,
  waitedMs: 0,
  offers: {
    medium: { type: 'nfc-uid', entry: 'tap' },
    source: 'server',
    usable: [],
    unusable: [],
    best: [],
    selected: [],
    selection: null,
  },
  ...more,
})

/** One holder with one coupon of 150 off. */
export const changes = (offline: object = {}, rules: object = {}, usesLeft = 1): Change[] => [
  {
    kind: 'campaign',
    changeSeq: 1,
    campaign: {
      campaignId: CAMPAIGN,
      version: 1,
      state: 'approved',
      rules: {
        rulesVersion: 1,
        title: '150 off',
        currency: 'JPY',
        benefit: { kind: 'amount_off', amount: 150 },
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2027-01-01T00:00:00Z',
        offline,
        ...rules,
      },
    },
  },
  {
    kind: 'medium',
    changeSeq: 1,
    mediumId: 'm1',
    key: card(1).keys[0]!,
    type: 'nfc-uid',
    holderId: 'h1',
    blocked: false,
  },
  {
    kind: 'acquisition',
    changeSeq: 1,
    acquisitionId: ACQUISITION,
    campaignId: CAMPAIGN,
    holderId: 'h1',
    usesLeft,
    expiresAt: null,
    revoked: false,
  },
]

/** The server's approval of it. */
export const answer = (more: object = {}): GatewayResult<RedemptionResponse> => ({
  kind: 'answered',
  answer: {
    redemptionId: id(9),
    changeSeq: 7,
    status: 'approved',
    lines: [{ acquisitionId: ACQUISITION, discount: { total: 150, allocations: [{ lineId: 'l1', amount: 150 }] } }],
    totalDiscount: 150,
    state: 'active',
    ...more,
  } as RedemptionResponse,
})
