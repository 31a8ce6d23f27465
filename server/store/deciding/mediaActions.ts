import type { MediaActionResponse } from '../../../core/contract/media.ts'
import { accepted, type Outcome, refused, unreachable } from '../../../core/outcome.ts'
import type { PresentedMedium, Refusal } from '../commands.ts'
import type {
  BlockCommand,
  LinkCommand,
  MediaAnswer,
  MediaCommand,
  NamedMedium,
  TransferCommand,
} from '../holderCommands.ts'
import type { AuditTrail } from './auditTrail.ts'
import type { HolderMedium, HolderRows, Shown } from './holderRows.ts'
import type { Media } from './media.ts'
import type { Unit } from './unit.ts'

/** What is done to media by people: decided and written down in one transaction. */
export type ActOnMedia = (unit: Unit, command: MediaCommand) => MediaAnswer

const NOT_SHOWN: Refusal = { reason: 'medium_not_shown', params: {} }

export function mediaActions(rows: HolderRows, media: Media, audit: AuditTrail): ActOnMedia {
  /** A presentation counts for minutes, and at the store of whoever uses it; a phone at any. */
  const whatWasShown = (unit: Unit, tokenHash: Uint8Array, storeId: string | null): Shown | null => {
    const shown = rows.shown(tokenHash)
    if (!shown || unit.now >= shown.expiresAt) return null
    return storeId === null || 'holderId' in shown || storeId === shown.storeId ? shown : null
  }

  const shownMedium = (
    unit: Unit,
    tokenHash: Uint8Array,
    storeId: string | null,
  ): Outcome<PresentedMedium, Refusal> => {
    const shown = whatWasShown(unit, tokenHash, storeId)
    return shown && 'medium' in shown ? accepted(shown.medium) : refused(NOT_SHOWN)
  }

  /** Whose a shown medium is, blocked or not; null: nobody's. */
  const ownerOf = (medium: PresentedMedium): string | null => media.rowOf(medium)?.holderId ?? null

  const answer = (unit: Unit, command: MediaCommand, holderId: string): MediaAnswer => {
    const list = rows.media(holderId).map(({ mediumId, type, blocked }) => ({ mediumId, type, blocked }))
    const { actionId, intentHash } = command
    const response: MediaActionResponse = { actionId, holderId, media: list, changeSeq: unit.lastChange() }
    rows.putAction(actionId, intentHash, response, unit.now)
    return { kind: 'done', response }
  }

  /** The older holder stays: more of the chain's copies know it. */
  const merge = (unit: Unit, one: string, other: string): string => {
    const [stays, goes] = (rows.createdAt(one) ?? 0) <= (rows.createdAt(other) ?? 0) ? [one, other] : [other, one]
    // First, so that what follows in the feed is the other holder's.
    rows.gone(goes, unit.now, unit.nextChange())
    rows.moveAll(goes, stays, () => unit.nextChange())
    return stays
  }

  const link = (unit: Unit, command: LinkCommand): MediaAnswer => {
    const { presentations, storeId, by } = command
    const [first, second] = presentations
    const a = shownMedium(unit, first, storeId)
    const b = shownMedium(unit, second, storeId)
    if (!a.ok || !b.ok || Buffer.compare(first, second) === 0) return { kind: 'refused', refusal: NOT_SHOWN }
    const own = media.findOrRegister(unit, a.value)
    if (!own.ok) return { kind: 'refused', refusal: own }
    const other = media.find(b.value)
    if (!other.ok && other.reason !== 'medium_unknown') return { kind: 'refused', refusal: other }
    let { holderId } = own.value
    if (!other.ok) media.register(unit, holderId, b.value, false)
    else if (other.value.holderId !== holderId) holderId = merge(unit, holderId, other.value.holderId)
    for (const presentation of presentations) rows.dropShown(presentation)
    const details = { media: rows.media(holderId).length }
    audit.append(unit, { actor: by, action: 'medium.link', subject: { kind: 'holder', id: holderId }, details })
    return answer(unit, command, holderId)
  }

  const named = (unit: Unit, medium: NamedMedium, storeId: string | null): Outcome<HolderMedium | null, Refusal> => {
    if ('mediumId' in medium) return accepted(rows.medium(medium.mediumId))
    const shown = shownMedium(unit, medium.presentation, storeId)
    if (!shown.ok) return shown
    const row = media.rowOf(shown.value)
    return accepted(row ? rows.medium(row.mediumId) : null)
  }

  const block = (unit: Unit, command: BlockCommand): MediaAnswer => {
    const { storeId, blocked, by, reason } = command
    const medium = named(unit, command.medium, storeId)
    if (!medium.ok) return { kind: 'refused', refusal: medium }
    if (!medium.value) return { kind: 'unknown' }
    const { mediumId, holderId } = medium.value
    if (medium.value.blocked !== blocked) rows.setBlocked(mediumId, blocked, unit.nextChange())
    const action = blocked ? 'medium.block' : 'medium.unblock'
    audit.append(unit, { actor: by, action, subject: { kind: 'holder', id: holderId }, reason, details: { mediumId } })
    return answer(unit, command, holderId)
  }

  /** By another medium of the same customer, not the new one, and not one that is blocked itself; or by their phone. */
  const holderProvenBy = (shown: Shown | null): string | null => {
    if (shown === null) return null
    if ('holderId' in shown) return shown.holderId
    const owner = media.find(shown.medium)
    return owner.ok ? owner.value.holderId : null
  }

  const transfer = (unit: Unit, command: TransferCommand): MediaAnswer => {
    const { fromMediumId, to, proof, storeId, by } = command
    const lost = rows.medium(fromMediumId)
    if (!lost) return { kind: 'unknown' }
    const taking = shownMedium(unit, to, storeId)
    if (!taking.ok || !taking.value.ok)
      return { kind: 'refused', refusal: taking.ok ? asRefusal(taking.value) : taking }
    const proven = 'presentation' in proof ? whatWasShown(unit, proof.presentation, storeId) : null
    if ('presentation' in proof && holderProvenBy(proven) !== lost.holderId) {
      return { kind: 'refused', refusal: NOT_SHOWN }
    }
    const owner = ownerOf(taking.value)
    const isAnothers = owner !== null && owner !== lost.holderId
    if (isAnothers && !command.merge) {
      return { kind: 'refused', refusal: { reason: 'medium_of_another', params: {} } }
    }
    const usable = owner === null ? null : media.find(taking.value)
    if (usable && !usable.ok) return { kind: 'refused', refusal: usable }
    if (!lost.blocked) rows.setBlocked(fromMediumId, true, unit.nextChange())
    if (owner === null) media.register(unit, lost.holderId, taking.value, false)
    const holderId = isAnothers ? merge(unit, lost.holderId, owner) : lost.holderId
    for (const shown of [to, ...('presentation' in proof ? [proof.presentation] : [])]) rows.dropShown(shown)
    audit.append(unit, {
      actor: by,
      action: 'medium.transfer',
      subject: { kind: 'holder', id: holderId },
      reason: 'reason' in proof ? proof.reason : null,
      details: {
        mediumId: fromMediumId,
        merged: isAnothers,
        proof: proven === null ? 'staff' : 'medium' in proven ? 'medium' : 'phone',
      },
    })
    return answer(unit, command, holderId)
  }

  return (unit, command) => {
    const before = rows.action(command.actionId)
    if (before) {
      if (Buffer.compare(before.intentHash, command.intentHash) !== 0) return { kind: 'differs' }
      return { kind: 'done', response: before.answer as MediaActionResponse }
    }
    switch (command.kind) {
      case 'link':
        return link(unit, command)
      case 'block':
        return block(unit, command)
      case 'transfer':
        return transfer(unit, command)
      default:
        return unreachable(command)
    }
  }
}

const asRefusal = (medium: PresentedMedium): Refusal => (medium.ok ? NOT_SHOWN : medium)
