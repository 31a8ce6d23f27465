import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { AcquisitionResponse } from '../../../core/contract/acquisitions.ts'
import { standingReason } from '../../../core/qualification/standing.ts'
import { reasonGroup } from '../../../core/reasonCodes.ts'
import type { AcquireAnswer, AcquireCommand, Refusal } from '../commands.ts'
import { isTooOld } from '../keeping.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import type { Activity } from './activity.ts'
import type { Definitions } from './definitions.ts'
import type { Media } from './media.ts'
import type { Unit } from './unit.ts'
import type { UsageRows } from './usageRows.ts'
import { NO_LIMIT } from './uses.ts'

export interface Acquisitions {
  acquire(unit: Unit, command: AcquireCommand): AcquireAnswer
  /** Gives a holder a coupon without asking anything; nothing when the id is there already. */
  give(unit: Unit, holderId: string, acquisitionId: string, campaignId: string, usesLeft: number): void
}

/** The answers to requests to acquire, by id, inside one transaction. */
export interface AcquisitionRequestRows {
  find(acquisitionId: string): { readonly intentHash: Uint8Array; readonly answer: AcquisitionResponse } | null
  insert(acquisitionId: string, intentHash: Uint8Array, answer: AcquisitionResponse): void
}

export interface AcquireParts {
  readonly acquisitions: AcquisitionRows
  readonly requests: AcquisitionRequestRows
  readonly usage: Pick<UsageRows, 'issue'>
  readonly definitions: Definitions
  readonly media: Media
  readonly activity: Activity
}

/** Coupons that customers take onto their media. */
export function acquisitions(parts: AcquireParts): Acquisitions {
  const { acquisitions: rows, requests, usage, definitions, media, activity } = parts
  const give: Acquisitions['give'] = (unit, holderId, acquisitionId, campaignId, usesLeft) => {
    if (rows.exists(acquisitionId)) return
    const changeSeq = unit.nextChange()
    rows.insert({ holderId, acquisitionId, campaignId, usesLeft, acquiredAt: unit.now, changeSeq })
    activity.gotCoupon(unit, definitions.current(unit).get(campaignId), holderId)
  }

  /** null: acquired. The medium's own fault first, so that a customer hears it before anything about the campaign. */
  const refusalOf = (unit: Unit, { request, medium }: AcquireCommand): Refusal | null => {
    if (!medium.ok) return medium
    const campaign = definitions.current(unit).get(request.campaignId)
    if (!campaign) return { reason: 'not_approved', params: {} }
    const standing = standingReason(campaign, null, unit.now)
    if (standing) return standing
    const owner = media.findAndRekey(unit, medium)
    if (!owner.ok && owner.reason !== 'medium_unknown') return owner
    return limitReason(campaign, owner.ok ? owner.value.holderId : null)
  }

  const limitReason = (campaign: Campaign, holderId: string | null): Refusal | null => {
    const limits = campaign.rules?.limits
    if (!limits) return { reason: 'unsupported_rules', params: {} }
    if (holderId !== null && rows.count(holderId, campaign.campaignId) >= limits.holderAcquisitions) {
      return { reason: 'holder_limit_reached', params: { limit: limits.holderAcquisitions } }
    }
    // The last word on circulation is the conditional update itself.
    return usage.issue(campaign.campaignId, limits.circulation ?? NO_LIMIT)
      ? null
      : { reason: 'campaign_limit_reached', params: {} }
  }

  const decide = (unit: Unit, command: AcquireCommand): AcquisitionResponse => {
    const { acquisitionId, campaignId } = command.request
    const refusal = refusalOf(unit, command)
    if (refusal) return refused(acquisitionId, refusal)
    const owner = media.findOrRegister(unit, command.medium)
    if (!owner.ok) throw new Error(`a medium that could be used is refused: ${owner.reason}`)
    const usesLeft = definitions.current(unit).get(campaignId)?.rules?.limits.acquisitionUses ?? 1
    activity.atStore(unit, command.station.store.storeId, owner.value.holderId)
    give(unit, owner.value.holderId, acquisitionId, campaignId, usesLeft)
    return { acquisitionId, status: 'acquired', changeSeq: unit.lastChange() }
  }

  return {
    acquire(unit, command) {
      const { acquisitionId } = command.request
      const before = requests.find(acquisitionId)
      if (before) {
        return Buffer.compare(before.intentHash, command.intentHash) === 0
          ? { kind: 'decided', response: before.answer }
          : { kind: 'differs' }
      }
      // Given by an import or a seed under the same id: not this request's.
      if (rows.exists(acquisitionId)) return { kind: 'differs' }
      if (isTooOld(acquisitionId, unit.now)) {
        return { kind: 'decided', response: refused(acquisitionId, { reason: 'too_old', params: {} }) }
      }
      const response = decide(unit, command)
      requests.insert(acquisitionId, command.intentHash, response)
      return { kind: 'decided', response }
    },
    give,
  }
}

function refused(acquisitionId: string, { reason, params }: Refusal): AcquisitionResponse {
  return { acquisitionId, status: 'refused', reason, reasonGroup: reasonGroup(reason), params }
}
