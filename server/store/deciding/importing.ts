import { acquireRefusal } from '../../../core/acquisition/terms.ts'
import { uuid7From, uuid7Time } from '../../../core/ids.ts'
import { sha256 } from '../../system.ts'
import type { ArrivedRow, ArrivedTo } from '../registrationCommands.ts'
import type { Acquisitions } from './acquire.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import type { Definitions } from './definitions.ts'
import type { Media } from './media.ts'
import type { Unit } from './unit.ts'

/** What dry runs remember and look at, inside one transaction. */
export interface ImportRows {
  /** How often a dry run has tried this; and counts it once more. */
  tries(importId: string, tried: string): number
  countTry(importId: string, tried: string): void
  issued(campaignId: string): number
}

/** Decides one row of a list; null: its coupon is given (or would be), else why not. */
export type DecideRow = (
  unit: Unit,
  importId: string,
  dryRun: boolean,
  rowNumber: number,
  row: ArrivedRow,
) => string | null

/** Rows of lists, one after another, each seeing those before it. */
export function importing(
  tried: ImportRows,
  rows: Pick<AcquisitionRows, 'count' | 'exists'>,
  media: Media,
  definitions: Definitions,
  obtain: Acquisitions['obtain'],
  firstSeen: (unit: Unit, holderId: string, because: string) => void,
): DecideRow {
  /** Whose it is, null for somebody new; or why it is nobody's. */
  const holderOf = (to: ArrivedTo): { readonly holderId: string | null } | { readonly fault: string } => {
    if ('holderId' in to) return media.hasHolder(to.holderId) ? to : { fault: 'no_such_holder' }
    if (!to.medium.ok) return { fault: to.medium.reason }
    const found = media.find(to.medium)
    if (found.ok) return found.value
    return found.reason === 'medium_unknown' ? { holderId: null } : { fault: found.reason }
  }

  const tryRow = (unit: Unit, importId: string, row: Extract<ArrivedRow, { ok: true }>): string | null => {
    const campaign = definitions.current(unit).get(row.campaignId)
    if (!campaign) return 'no_such_campaign'
    const holder = holderOf(row.to)
    if ('fault' in holder) return holder.fault
    const { campaignId, rules } = campaign
    const who = holder.holderId ?? newcomer(row.to)
    const before = tried.tries(importId, `${who} ${campaignId}`)
    const held = (holder.holderId === null ? 0 : rows.count(holder.holderId, campaignId)) + before
    const refusal = acquireRefusal(campaign, 'staff', held, unit.now)
    if (refusal) return refusal.reason
    const circulation = rules?.limits.circulation
    if (circulation !== undefined && tried.issued(campaignId) + tried.tries(importId, campaignId) >= circulation) {
      return 'campaign_limit_reached'
    }
    tried.countTry(importId, `${who} ${campaignId}`)
    tried.countTry(importId, campaignId)
    return null
  }

  const giveRow = (
    unit: Unit,
    importId: string,
    number: number,
    row: Extract<ArrivedRow, { ok: true }>,
  ): string | null => {
    const campaign = definitions.current(unit).get(row.campaignId)
    if (!campaign) return 'no_such_campaign'
    const acquisitionId = rowId(importId, number)
    // Given by this row before: a restored backup of the progress changes nothing.
    if (rows.exists(acquisitionId)) return null
    const holder = holderOf(row.to)
    if ('fault' in holder) return holder.fault
    // Before a holder is made for somebody who gets nothing.
    const held = holder.holderId === null ? 0 : rows.count(holder.holderId, campaign.campaignId)
    const refusal = acquireRefusal(campaign, 'staff', held, unit.now)
    if (refusal) return refusal.reason
    const circulation = campaign.rules?.limits.circulation
    if (circulation !== undefined && tried.issued(campaign.campaignId) >= circulation) return 'campaign_limit_reached'
    const owner = 'medium' in row.to ? media.findOrRegister(unit, row.to.medium) : null
    if (owner && !owner.ok) return owner.reason
    const holderId = owner ? owner.value.holderId : holder.holderId
    if (holderId === null) return 'no_such_holder'
    const late = obtain(unit, campaign, 'staff', holderId, acquisitionId)
    if (late) return late.reason
    if (holder.holderId === null) firstSeen(unit, holderId, acquisitionId)
    return null
  }

  return (unit, importId, dryRun, number, row) => {
    if (!row.ok) return row.fault
    return dryRun ? tryRow(unit, importId, row) : giveRow(unit, importId, number, row)
  }
}

/** Stands for somebody who is not there yet, by their medium's key. */
export const newcomer = (to: ArrivedTo): string =>
  'medium' in to && to.medium.ok ? (to.medium.value.keys[0]?.key.slice(0, 32) ?? '') : ''

/** Of the coupon that a row of a list gives. */
export const rowId = (importId: string, number: number): string =>
  uuid7From(uuid7Time(importId), sha256(Buffer.from(`import ${importId} ${number}`)))
