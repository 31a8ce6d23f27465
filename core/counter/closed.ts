import { z } from 'zod'

/**
 * Why a counter approves nothing though its program runs: a file that nothing can replace cannot be used. What was not
 * sent is still in it, and may be saved to a file.
 *
 * - `journal_corrupt`: the journal is damaged. `journal_schema_too_new`: a newer program wrote it.
 * - `journal_of_another_key`: the station's key is not the one that signed the journal.
 * - `station_key_unreadable`: the key's file is damaged.
 * - `storage_failed`: the disk is full, read-only or gone; tried again by itself.
 */
export const ClosedBecause = z.enum([
  'journal_corrupt',
  'journal_schema_too_new',
  'journal_of_another_key',
  'station_key_unreadable',
  'storage_failed',
])
export type ClosedBecause = z.infer<typeof ClosedBecause>
