import type { CampaignAction } from '../../core/campaigns/campaign.ts'
import type { AuditAction } from '../../core/contract/audit.ts'
import { type AuditActor, byOperator, type NewAuditEntry } from './entry.ts'

/** One step of a campaign's life, with the content that it was about. */
export function campaignStep(step: {
  readonly campaignId: string
  readonly action: CampaignAction | 'draft'
  readonly operatorId: string
  readonly version: number
  readonly contentHash: string
  readonly reason?: string | null | undefined
}): NewAuditEntry {
  const { campaignId, action, operatorId, version, contentHash, reason = null } = step
  return {
    actor: byOperator(operatorId),
    action: `campaign.${action}`,
    subject: { kind: 'campaign', id: campaignId },
    contentHash,
    reason: reason || null,
    details: { version },
  }
}

/** What becomes of a station. */
export const stationStep = (
  actor: AuditActor,
  action: Extract<AuditAction, `station.${string}`>,
  stationId: string,
  more: Pick<NewAuditEntry, 'reason' | 'details'> = {},
): NewAuditEntry => ({ actor, action, subject: { kind: 'station', id: stationId }, ...more })
