import { z } from 'zod'
import { Uuid7 } from '../ids.ts'

/** Rows of one request; it is several commits of the database, so that redemptions go on between them. */
export const MOST_ROWS = 5_000
/** Rows of one list. */
export const MOST_ROWS_IN_ALL = 1_000_000

/**
 * `POST /v1/acquisition-imports`: announces a list of acquisitions (CSV). `header` is its first line: `type` and `identifier`
 * of a medium, or `holder_id`; and `campaign_id` unless `campaignId` says it for all. A dry run says what would become of
 * every row and changes nothing.
 */
export const ImportRequest = z.object({
  importId: Uuid7,
  header: z.string().max(1_000),
  campaignId: Uuid7.optional(),
  /** Store whose membership rules read barcodes. */
  storeId: z.string().min(1).max(64).optional(),
  dryRun: z.boolean().default(false),
  /** How many rows there are, if it is known: for the progress alone. */
  rows: z.int().min(0).max(MOST_ROWS_IN_ALL).optional(),
})
export type ImportRequest = z.infer<typeof ImportRequest>

export const ImportState = z.enum(['open', 'finished', 'cancelled'])
export type ImportState = z.infer<typeof ImportState>

/** How far a list is. `nextRow` is where to go on, also after a crash on either side. */
export const ImportProgress = z.object({
  importId: Uuid7,
  state: ImportState,
  dryRun: z.boolean(),
  /** Of every row that names none; null: each names its own. */
  campaignId: z.string().nullable(),
  /** Whose membership rules read barcodes. */
  storeId: z.string().nullable(),
  /** Row 1 is the first after the header. */
  nextRow: z.int(),
  rows: z.int().nullable(),
  acquired: z.int(),
  bad: z.int(),
  /** Bad rows by reason. */
  reasons: z.record(z.string(), z.int()),
  startedBy: z.string(),
  /** null: whoever it was is not known any more. */
  startedByName: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type ImportProgress = z.infer<typeof ImportProgress>
export const ImportPage = z.object({ imports: z.array(ImportProgress) })

/**
 * `POST /v1/acquisition-imports/{id}/rows`: the next lines of the file, as they stand there. Rows that were taken already are
 * passed over, so a request may be repeated; a gap is refused (409). `last`: there is nothing after these.
 */
export const ImportRows = z.object({
  /** One beyond the last row of all ends a list that is as long as may be. */
  firstRow: z
    .int()
    .min(1)
    .max(MOST_ROWS_IN_ALL + 1),
  lines: z.array(z.string().max(2_000)).max(MOST_ROWS),
  last: z.boolean().default(false),
})
export type ImportRows = z.infer<typeof ImportRows>
