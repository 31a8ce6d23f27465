import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openDatabase } from './database.ts'
import { JOURNAL_MIGRATIONS } from './journalSchema.ts'

/** Of a database file: https://www.sqlite.org/fileformat2.html §1.3 and §1.6. */
const HEADER_BYTES = 100
const PAGE_SIZE_AT = 16
const PAGE_COUNT_AT = 28
const INTERIOR_PAGE = 0x05
const CELL_COUNT_AT = 3
const RIGHTMOST_CHILD_AT = 8
const FIRST_CELL_AT = 12

/**
 * Gives the copy of a journal at `path` the pages that say where its tables are from a new, empty journal: this program
 * always lays them out alike. Everything else is as it was, so what can be read of the tables is what was written. For a copy
 * only: what was free is forgotten.
 */
export function transplantSchema(path: string): void {
  const fresh = join(dirname(path), 'fresh.db')
  openDatabase(fresh, JOURNAL_MIGRATIONS).close()
  const donor = readFileSync(fresh)
  const pageSize = donor.readUInt16BE(PAGE_SIZE_AT)
  const bytes = readFileSync(path)
  for (const page of schemaPages(donor, pageSize)) {
    const at = (page - 1) * pageSize
    donor.copy(bytes, at, at, at + pageSize)
  }
  bytes.writeUInt32BE(Math.floor(bytes.length / pageSize), PAGE_COUNT_AT)
  writeFileSync(path, bytes)
}

/** Page 1 and, where the schema is too long for it, the pages below it; it is never deeper. */
function schemaPages(donor: Buffer, pageSize: number): number[] {
  if (donor[HEADER_BYTES] !== INTERIOR_PAGE) return [1]
  const cells = donor.readUInt16BE(HEADER_BYTES + CELL_COUNT_AT)
  const children = Array.from({ length: cells }, (_, cell) => {
    const pointer = donor.readUInt16BE(HEADER_BYTES + FIRST_CELL_AT + 2 * cell)
    return donor.readUInt32BE(pointer % pageSize)
  })
  return [1, ...children, donor.readUInt32BE(HEADER_BYTES + RIGHTMOST_CHILD_AT)]
}
