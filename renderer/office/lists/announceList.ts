import { csvParts } from '../../../core/acquisition/csvParts.ts'
import { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import { newId } from '../client/newId.ts'
import { type Asked, ask } from '../client/request.ts'
import { piecesOf } from './uploads.ts'

/** What is said of a list before its rows come. */
export interface ListTerms {
  /** null: every row names its own. */
  readonly campaignId: string | null
  /** Whose membership rules read barcodes; null: none's. */
  readonly storeId: string | null
  readonly dryRun: boolean
}

/** The first line of a file; empty: it has none. */
export async function headerOf(file: Blob): Promise<string> {
  for await (const part of csvParts(piecesOf(file), 1)) {
    if ('header' in part) return part.header.replace(/^\uFEFF/, '')
  }
  return ''
}

/** Announces a file as a new list. */
export async function announceList(file: Blob, { campaignId, storeId, dryRun }: ListTerms): Asked<ImportProgress> {
  const header = await headerOf(file)
  return ask('POST', '/v1/acquisition-imports', ImportProgress, {
    importId: newId(),
    header,
    dryRun,
    ...(campaignId === null ? {} : { campaignId }),
    ...(storeId === null ? {} : { storeId }),
  })
}
