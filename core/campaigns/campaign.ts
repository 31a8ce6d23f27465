import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { CampaignRules, WireRules } from './rules.ts'

/** Where one version of a campaign's rules stands between its author and the person who judges it. */
export const VERSION_STATES = ['draft', 'submitted', 'changes_requested', 'approved', 'rejected'] as const
export const VersionState = z.enum(VERSION_STATES)
export type VersionState = z.infer<typeof VersionState>

/** What became of a campaign once a version of it was approved. */
export const IN_FORCE_STATES = ['approved', 'suspended', 'ended'] as const
export const InForceState = z.enum(IN_FORCE_STATES)
export type InForceState = z.infer<typeof InForceState>

/**
 * Where a campaign stands: its version in force, or before there is one its newest. `scheduled` and `active` are `approved`
 * seen at a time.
 */
export const CAMPAIGN_STATES = [...VERSION_STATES, 'suspended', 'ended'] as const
export const CampaignState = z.enum(CAMPAIGN_STATES)
export type CampaignState = z.infer<typeof CampaignState>

export const CAMPAIGN_ACTIONS = ['submit', 'approve', 'request-changes', 'reject', 'suspend', 'resume', 'end'] as const
export const CampaignAction = z.enum(CAMPAIGN_ACTIONS)
export type CampaignAction = z.infer<typeof CampaignAction>

/** What replicas hold of a campaign. */
export const CampaignDefinition = z.object({
  campaignId: Uuid7,
  /** Rises with every change of the rules. */
  version: z.int().min(1),
  state: CampaignState,
  rules: WireRules,
})
export type CampaignDefinition = z.infer<typeof CampaignDefinition>

/** A definition whose rules this program understands, or the fact that it does not. */
export interface Campaign {
  readonly campaignId: string
  readonly version: number
  readonly state: CampaignState
  readonly title: string
  readonly titles: Readonly<Record<string, string>>
  /** null: a kind of benefit or condition unknown here, answered with `unsupported_rules`. */
  readonly rules: CampaignRules | null
}

/** Reads a definition from the wire or the disk. Rules that do not parse are kept as unsupported, never half applied. */
export function readCampaign(definition: CampaignDefinition): Campaign {
  const { campaignId, version, state } = definition
  const parsed = CampaignRules.safeParse(definition.rules)
  return parsed.success && !hasUnknownParts(definition.rules, parsed.data)
    ? { campaignId, version, state, title: parsed.data.title, titles: parsed.data.titles, rules: parsed.data }
    : { campaignId, version, state, title: definition.rules.title, titles: {}, rules: null }
}

/** A limit or field that zod stripped would otherwise be ignored: the campaign would give more than its author meant. */
function hasUnknownParts(raw: unknown, known: unknown): boolean {
  if (Array.isArray(raw)) {
    return Array.isArray(known) && raw.some((item, index) => hasUnknownParts(item, known[index]))
  }
  if (typeof raw !== 'object' || raw === null) return false
  if (typeof known !== 'object' || known === null) return true
  const knownFields = known as Record<string, unknown>
  return Object.entries(raw).some(([name, value]) =>
    value === undefined ? false : !(name in knownFields) || hasUnknownParts(value, knownFields[name]),
  )
}
