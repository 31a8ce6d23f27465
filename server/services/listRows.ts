import { readHeader, readRow, separatorOf } from '../../core/acquisition/csv.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { presentedMedium } from '../media/presentedMedium.ts'
import type { CouponStore } from '../store/couponStore.ts'
import type { ArrivedRow, ImportRecord } from '../store/registrationCommands.ts'

/** Rows of one commit: so few that a redemption behind them does not notice. */
export const ROWS_IN_A_COMMIT = 250

/** Lines of a list as rows that can be decided. Identifiers go no further than here. */
export async function arrivedRows(
  lines: readonly string[],
  list: Pick<ImportRecord, 'header' | 'campaignId' | 'storeId'>,
  { store, hashKeys }: { readonly store: Pick<CouponStore, 'storeRecord'>; readonly hashKeys: readonly HashKey[] },
): Promise<ArrivedRow[]> {
  const columns = readHeader(list.header, list.campaignId !== null)
  if (!columns.ok) throw new Error('a list was announced with a header that cannot be read')
  const separator = separatorOf(list.header)
  const of = list.storeId === null ? null : await store.storeRecord(list.storeId)
  const settings = of?.settings ?? { acceptNonUniqueUids: false, membershipRules: [] }
  return lines.map((line): ArrivedRow => {
    const row = readRow(line, columns.value, separator, list.campaignId)
    if (!row.ok) return row
    const { to, campaignId } = row.value
    if ('holderId' in to) return { ok: true, campaignId, to }
    return { ok: true, campaignId, to: { medium: presentedMedium(to.medium, hashKeys, settings) } }
  })
}
