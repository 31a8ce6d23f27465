import { type AcquiredBy, acquireRefusal, ownEnd } from '../../../core/acquisition/terms.ts'
import type { Campaign } from '../../../core/campaigns/campaign.ts'
import type { AcquisitionResponse } from '../../../core/contract/acquisitions.ts'
import type { Store } from '../../../core/objective.ts'
import { businessDayAt } from '../../../core/qualification/periods.ts'
import { reasonGroup } from '../../../core/reasonCodes.ts'
import type { AcquireAnswer, AcquireCommand, GiveCommand, Refusal } from '../commands.ts'
import { isTooOld } from '../keeping.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import { type Activity, dayOf } from './activity.ts'
import type { CodeRows, FoundCode } from './codeRows.ts'
import type { Definitions } from './definitions.ts'
import type { Media } from './media.ts'
import type { Outbox } from './notices.ts'
import type { Unit } from './unit.ts'
import type { UsageRows } from './usageRows.ts'
import { NO_LIMIT } from './uses.ts'

export interface Acquisitions {
  acquire(unit: Unit, command: AcquireCommand): AcquireAnswer
  /** The same for a holder that is known without a medium. */
  giveTo(unit: Unit, command: GiveCommand): AcquireAnswer
  /** Gives a holder a coupon without asking anything; nothing when the id is there already. */
  give(unit: Unit, holderId: string, acquisitionId: string, campaignId: string, usesLeft: number, how?: Given): void
  /** Gives a holder one coupon of a campaign under an id that nobody has used, if they may have it; else why not. */
  obtain(unit: Unit, campaign: Campaign, by: AcquiredBy, holderId: string, acquisitionId: string): Refusal | null
}

/** The answers to requests to acquire, by id, inside one transaction. */
export interface AcquisitionRequestRows {
  find(acquisitionId: string): { readonly intentHash: Uint8Array; readonly answer: AcquisitionResponse } | null
  insert(acquisitionId: string, intentHash: Uint8Array, answer: AcquisitionResponse): void
}

/** What reports count when coupons come into being. */
export interface IssueFigures {
  /** `day`: the store's business day, days since 1970; `storeId` '': at no store. `taken`: because a customer took it. */
  issued(day: number, campaignId: string, storeId: string, uses: number, taken: boolean): void
}

/** Where a coupon came into being, and whether a customer took it. */
interface Given {
  readonly store: Store | null
  readonly taken: boolean
}

const GIVEN: Given = { store: null, taken: false }

export interface AcquireParts {
  readonly acquisitions: AcquisitionRows
  readonly requests: AcquisitionRequestRows
  readonly codes: CodeRows
  readonly usage: Pick<UsageRows, 'issue'>
  readonly definitions: Definitions
  readonly media: Media
  readonly activity: Activity
  readonly outbox: Outbox
  readonly figures: IssueFigures
  /** A holder was made: what is for first visits comes to them. `acquisitionId`: of the request that made them. */
  readonly firstSeen: (unit: Unit, holderId: string, acquisitionId: string) => void
}

interface Wanted {
  readonly campaign: Campaign
  readonly code: FoundCode | null
}

/** Coupons that customers take, and that are given to them. */
export function acquisitions(parts: AcquireParts): Acquisitions {
  const { acquisitions: rows, requests, codes, usage, definitions, media, activity, outbox, figures } = parts

  const give: Acquisitions['give'] = (
    unit,
    holderId,
    acquisitionId,
    campaignId,
    usesLeft,
    { store, taken } = GIVEN,
  ) => {
    if (rows.exists(acquisitionId)) return
    const campaign = definitions.current(unit).get(campaignId)
    const expiresAt = campaign?.rules ? ownEnd(campaign.rules, unit.now) : null
    const changeSeq = unit.nextChange()
    rows.insert({ holderId, acquisitionId, campaignId, usesLeft, expiresAt, acquiredAt: unit.now, changeSeq })
    activity.gotCoupon(unit, campaign, holderId)
    const day = store ? businessDayAt(unit.now, store) : dayOf(unit.now)
    figures.issued(day, campaignId, store?.storeId ?? '', usesLeft, taken)
  }

  /** `holderId` null: somebody who has nothing yet. Counts the coupon as issued when it answers null. */
  const refusalFor = (unit: Unit, campaign: Campaign, by: AcquiredBy, holderId: string | null): Refusal | null => {
    const held = holderId === null ? 0 : rows.count(holderId, campaign.campaignId)
    const refusal = acquireRefusal(campaign, by, held, unit.now)
    if (refusal) return refusal
    // The last word on circulation is the conditional update itself.
    const limit = campaign.rules?.limits.circulation ?? NO_LIMIT
    return usage.issue(campaign.campaignId, limit) ? null : { reason: 'campaign_limit_reached', params: {} }
  }

  const giveBy = (unit: Unit, campaign: Campaign, holderId: string, acquisitionId: string, how: Given): void => {
    const { campaignId, rules } = campaign
    give(unit, holderId, acquisitionId, campaignId, rules?.limits.acquisitionUses ?? 1, how)
    const data = { acquisitionId, campaignId, storeId: how.store?.storeId ?? null }
    outbox.tell(unit, { type: 'acquisition.issued', data })
  }

  const wantedOf = (unit: Unit, { request, code }: Pick<AcquireCommand, 'request' | 'code'>): Wanted | Refusal => {
    const found = code === undefined ? null : codes.find(code)
    if (code !== undefined) {
      const isOver = found?.until !== null && found?.until !== undefined && unit.now >= found.until
      if (!found || isOver) return { reason: 'code_unknown', params: {} }
      if (found.usesLeft <= 0) return { reason: 'code_used', params: {} }
    }
    const campaign = definitions.current(unit).get(found?.campaignId ?? request.campaignId ?? '')
    return campaign ? { campaign, code: found } : { reason: 'not_approved', params: {} }
  }

  const acquired = (unit: Unit, { campaign, code }: Wanted, acquisitionId: string): AcquisitionResponse => {
    if (code) codes.take(code)
    const expiresAt = campaign.rules ? ownEnd(campaign.rules, unit.now) : null
    return {
      acquisitionId,
      status: 'acquired',
      changeSeq: unit.lastChange(),
      ...(code ? { campaignId: campaign.campaignId } : {}),
      ...(expiresAt === null ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    }
  }

  /** The medium's own fault first, so that a customer hears it before anything about the campaign. */
  const decide = (unit: Unit, command: AcquireCommand): AcquisitionResponse => {
    const { acquisitionId } = command.request
    if (!command.medium.ok) return refused(acquisitionId, command.medium)
    const wanted = wantedOf(unit, command)
    if ('reason' in wanted) return refused(acquisitionId, wanted)
    const before = media.findAndRekey(unit, command.medium)
    if (!before.ok && before.reason !== 'medium_unknown') return refused(acquisitionId, before)
    const by = wanted.code ? 'code' : 'customer'
    const refusal = refusalFor(unit, wanted.campaign, by, before.ok ? before.value.holderId : null)
    if (refusal) return refused(acquisitionId, refusal)
    const owner = media.findOrRegister(unit, command.medium)
    if (!owner.ok) throw new Error(`a medium that could be used is refused: ${owner.reason}`)
    const { holderId } = owner.value
    const { store } = command.station
    activity.atStore(unit, store.storeId, holderId)
    giveBy(unit, wanted.campaign, holderId, acquisitionId, { store, taken: true })
    if (!before.ok) parts.firstSeen(unit, holderId, acquisitionId)
    return acquired(unit, wanted, acquisitionId)
  }

  const decideGift = (unit: Unit, command: GiveCommand): AcquisitionResponse => {
    const { acquisitionId } = command.request
    const wanted = wantedOf(unit, command)
    if ('reason' in wanted) return refused(acquisitionId, wanted)
    if (!media.hasHolder(command.holderId)) return refused(acquisitionId, { reason: 'not_held', params: {} })
    const by = wanted.code ? 'code' : command.by
    const refusal = refusalFor(unit, wanted.campaign, by, command.holderId)
    if (refusal) return refused(acquisitionId, refusal)
    giveBy(unit, wanted.campaign, command.holderId, acquisitionId, { store: null, taken: command.by === 'customer' })
    return acquired(unit, wanted, acquisitionId)
  }

  const once = (
    unit: Unit,
    { request: { acquisitionId }, intentHash }: Pick<AcquireCommand, 'request' | 'intentHash'>,
    decideNow: () => AcquisitionResponse,
  ): AcquireAnswer => {
    const before = requests.find(acquisitionId)
    if (before) {
      return Buffer.compare(before.intentHash, intentHash) === 0
        ? { kind: 'decided', response: before.answer }
        : { kind: 'differs' }
    }
    // Given by an import or a seed under the same id: not this request's.
    if (rows.exists(acquisitionId)) return { kind: 'differs' }
    if (isTooOld(acquisitionId, unit.now)) {
      return { kind: 'decided', response: refused(acquisitionId, { reason: 'too_old', params: {} }) }
    }
    const response = decideNow()
    requests.insert(acquisitionId, intentHash, response)
    return { kind: 'decided', response }
  }

  return {
    acquire: (unit, command) => once(unit, command, () => decide(unit, command)),
    giveTo: (unit, command) => once(unit, command, () => decideGift(unit, command)),
    give,
    obtain(unit, campaign, by, holderId, acquisitionId) {
      const refusal = refusalFor(unit, campaign, by, holderId)
      if (!refusal) giveBy(unit, campaign, holderId, acquisitionId, GIVEN)
      return refusal
    },
  }
}

function refused(acquisitionId: string, { reason, params }: Refusal): AcquisitionResponse {
  return { acquisitionId, status: 'refused', reason, reasonGroup: reasonGroup(reason), params }
}
