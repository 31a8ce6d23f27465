import type { Database } from 'better-sqlite3'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { AcquisitionResponse } from '../../../core/contract/acquisitions.ts'
import { standingReason } from '../../../core/qualification/standing.ts'
import { reasonGroup } from '../../../core/reasonCodes.ts'
import type { AcquireAnswer, AcquireCommand, Refusal } from '../commands.ts'
import { isTooOld } from '../keeping.ts'
import type { Activity } from './activity.ts'
import type { Definitions } from './definitions.ts'
import type { Media } from './media.ts'
import type { Unit } from './unit.ts'

export interface Acquisitions {
  acquire(unit: Unit, command: AcquireCommand): AcquireAnswer
  /** Gives a holder a coupon without asking anything; nothing when the id is there already. */
  give(unit: Unit, holderId: string, acquisitionId: string, campaignId: string, usesLeft: number): void
}

/** Coupons that customers take onto their media. */
export function acquisitions(db: Database, definitions: Definitions, media: Media, activity: Activity): Acquisitions {
  const findRequest = db.prepare<[string], { intent_hash: Uint8Array; answer: string }>(
    'SELECT intent_hash, answer FROM acquisition_requests WHERE acquisition_id = ?',
  )
  const keepRequest = db.prepare<[string, Uint8Array, string]>(
    'INSERT INTO acquisition_requests (acquisition_id, intent_hash, answer) VALUES (?, ?, ?)',
  )
  const held = db
    .prepare<[string, string], number>(
      'SELECT count(*) FROM acquisitions WHERE holder_id = ? AND campaign_id = ? AND revoked = 0',
    )
    .pluck()
  const exists = db.prepare<[string], number>('SELECT 1 FROM acquisitions WHERE acquisition_id = ?').pluck()
  const insert = db.prepare<[string, string, string, number, number, number]>(
    `INSERT INTO acquisitions (holder_id, acquisition_id, campaign_id, uses_left, expires_at, acquired_at, change_seq)
     VALUES (?, ?, ?, ?, NULL, ?, ?)`,
  )
  const issue = db.prepare<[string, number]>(
    'UPDATE campaign_usage SET issued = issued + 1 WHERE campaign_id = ? AND issued < ?',
  )

  const give: Acquisitions['give'] = (unit, holderId, acquisitionId, campaignId, usesLeft) => {
    if (exists.get(acquisitionId)) return
    insert.run(holderId, acquisitionId, campaignId, usesLeft, unit.now, unit.nextChange())
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
    if (holderId !== null && (held.get(holderId, campaign.campaignId) ?? 0) >= limits.holderAcquisitions) {
      return { reason: 'holder_limit_reached', params: { limit: limits.holderAcquisitions } }
    }
    // The last word on circulation is the conditional update itself.
    return issue.run(campaign.campaignId, limits.circulation ?? Number.MAX_SAFE_INTEGER).changes === 1
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
      const before = findRequest.get(acquisitionId)
      if (before) {
        return Buffer.compare(before.intent_hash, command.intentHash) === 0
          ? { kind: 'decided', response: JSON.parse(before.answer) }
          : { kind: 'differs' }
      }
      // Given by an import or a seed under the same id: not this request's.
      if (exists.get(acquisitionId)) return { kind: 'differs' }
      if (isTooOld(acquisitionId, unit.now)) {
        return { kind: 'decided', response: refused(acquisitionId, { reason: 'too_old', params: {} }) }
      }
      const response = decide(unit, command)
      keepRequest.run(acquisitionId, command.intentHash, JSON.stringify(response))
      return { kind: 'decided', response }
    },
    give,
  }
}

function refused(acquisitionId: string, { reason, params }: Refusal): AcquisitionResponse {
  return { acquisitionId, status: 'refused', reason, reasonGroup: reasonGroup(reason), params }
}
