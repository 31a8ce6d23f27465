import { holdingsOf } from '../../../core/acquisition/holdings.ts'
import type { Holdings } from '../../../core/contract/holdings.ts'
import { accepted, type Outcome } from '../../../core/outcome.ts'
import type { Refusal } from '../commands.ts'
import type { HoldingsQuery } from '../registrationCommands.ts'
import { storesOf } from '../storesOf.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import type { Definitions } from './definitions.ts'
import type { Media } from './media.ts'

/** What customers have and may take. Changes nothing; call inside a read transaction. */
export function holdingsView(
  rows: Pick<AcquisitionRows, 'heldBy'>,
  issued: (campaignId: string) => number,
  media: Media,
  definitions: Definitions,
): (query: HoldingsQuery) => Outcome<Holdings, Refusal> {
  const holderOf = (of: HoldingsQuery['of']): Outcome<string | null, Refusal> => {
    if ('holderId' in of) return accepted(of.holderId)
    const found = media.find(of.medium)
    if (found.ok) return accepted(found.value.holderId)
    return found.reason === 'medium_unknown' && of.medium.ok ? accepted(null) : found
  }
  return ({ of, storeId, now }) => {
    const holder = holderOf(of)
    if (!holder.ok) return holder
    const shown = holdingsOf({
      campaigns: definitions.current(),
      acquisitions: holder.value === null ? [] : rows.heldBy(holder.value),
      now,
      isHere: (campaign) => storeId === null || (storesOf(campaign)?.includes(storeId) ?? true),
      issued,
    })
    return accepted({ known: holder.value !== null, ...shown, asOf: new Date(now).toISOString() })
  }
}
