import type { z } from 'zod'
import { type Campaign, type CampaignState, readCampaign } from '../../../core/campaigns/campaign.ts'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import type { ObjectiveItem, PlacedObjective, Store } from '../../../core/objective.ts'
import type { Acquisition, CampaignUsage, QualifyInput } from '../../../core/qualification/model.ts'

/** A small shop to decide in: every part has a plain default, so that a test names only what it is about. */
export const TOKYO: Store = {
  storeId: 'tokyo-1',
  name: 'Tokyo',
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  businessDayStartHour: 5,
}

/** Sunday 2026-11-22, noon in Tokyo. */
export const NOON = Date.parse('2026-11-22T03:00:00Z')

export function acquisitionId(number: number): string {
  return `01900000-0000-7000-9000-${String(number).padStart(12, '0')}`
}

export function campaignId(number: number): string {
  return `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

type RulesInput = Partial<z.input<typeof CampaignRules>>

export function rulesOf(rules: RulesInput): CampaignRules {
  return CampaignRules.parse({
    title: 'A coupon',
    currency: 'JPY',
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2026-11-01T00:00:00Z',
    validUntil: '2026-12-01T00:00:00Z',
    ...rules,
  })
}

export function campaignOf(number: number, rules: RulesInput = {}, state: CampaignState = 'approved'): Campaign {
  return readCampaign({ campaignId: campaignId(number), version: 1, state, rules: rulesOf(rules) })
}

export function held(number: number, acquisition: Partial<Acquisition> = {}): Acquisition {
  return {
    acquisitionId: acquisitionId(number),
    campaignId: campaignId(number),
    usesLeft: 1,
    expiresAt: null,
    revoked: false,
    ...acquisition,
  }
}

/** A line of `pieces` pieces at `unitPrice`. */
export function line(lineId: string, unitPrice: number, pieces = 1, more: Partial<ObjectiveItem> = {}): ObjectiveItem {
  return {
    lineId,
    unitPrice,
    lineTotal: unitPrice * pieces,
    quantity: { value: pieces, scale: 0 },
    discountable: true,
    ...more,
  }
}

export function purchase(items: ObjectiveItem[], more: Partial<PlacedObjective> = {}): PlacedObjective {
  return {
    currency: 'JPY',
    taxIncluded: true,
    items,
    total: items.reduce((sum, item) => sum + item.lineTotal, 0),
    store: TOKYO,
    medium: { type: 'felica-idm', entry: 'tap' },
    ...more,
  }
}

export interface Scene {
  campaigns: Campaign[]
  acquisitions?: Acquisition[]
  items?: ObjectiveItem[]
  objective?: Partial<PlacedObjective>
  usage?: [string, CampaignUsage][]
  now?: number
  offline?: boolean
}

/** One acquisition of each campaign unless the scene says otherwise. */
export function inputOf(scene: Scene): QualifyInput {
  return {
    campaigns: new Map(scene.campaigns.map((campaign) => [campaign.campaignId, campaign])),
    acquisitions: scene.acquisitions ?? scene.campaigns.map((campaign) => held(Number(campaign.campaignId.slice(-12)))),
    usage: new Map(scene.usage ?? []),
    objective: purchase(scene.items ?? [line('a', 1_000)], scene.objective),
    now: scene.now ?? NOON,
    offline: scene.offline ?? false,
  }
}
