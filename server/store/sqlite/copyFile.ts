import { rmSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { COUNTED_TABLES, REPLICA_SCHEMA, REPLICA_SCHEMA_VERSION } from '../../../core/replica/schema.ts'
import type { CopyWritten } from '../couponStore.ts'
import type { AcquisitionRow } from '../rows/acquisitionRow.ts'
import type { MediumRow, UsageRow } from '../rows/changeRows.ts'

/** Makes a file of `core/replica/schema` without anything in it. */
export function makeEmptyCopy(path: string): void {
  const file = new Sqlite(path)
  try {
    // Nobody reads it before it is whole, and half of one is thrown away.
    file.pragma('journal_mode = OFF')
    file.exec(REPLICA_SCHEMA)
    file.pragma(`user_version = ${REPLICA_SCHEMA_VERSION}`)
  } finally {
    file.close()
  }
}

/** Takes away what was written of a copy that will not be whole. */
export function discardCopy(path: string): void {
  for (const suffix of ['', '-journal']) rmSync(path + suffix, { force: true })
}

/** A copy that is being written row by row, in the order of its tables, so that its pages are full. */
export interface CopyFile {
  /** `definition`: its JSON; null for one that is not decided on. */
  campaign(ref: number, campaignId: string, definition: string | null): void
  holder(ref: number, holderId: string): void
  acquisition(holderRef: number, campaignRef: number, row: AcquisitionRow): void
  usage(holderRef: number, campaignRef: number, row: UsageRow): void
  medium(holderRef: number, row: MediumRow): void
  /** `change`: JSON of a change. */
  operator(operatorId: string, change: string): void
  /** Makes it whole: where in the feed it is, and when it was that. */
  finish(at: { readonly cursor: string; readonly changeSeq: number; readonly now: number }): CopyWritten
  /** Ends without it. */
  discard(): void
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id as copies keep it: a UUID's 16 bytes, or the text as it is. */
const packed = (id: string): Uint8Array | string => (UUID.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id)

/** Begins a copy in a new file. Throws what SQLite throws; then nothing is left. */
export function newCopyFile(path: string): CopyFile {
  makeEmptyCopy(path)
  const db = new Sqlite(path)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.exec('BEGIN')
  const campaign = db.prepare('INSERT INTO campaign VALUES (?, ?, ?)')
  const holder = db.prepare('INSERT INTO holder VALUES (?, ?)')
  const acquisition = db.prepare('INSERT INTO acquisition VALUES (?, ?, ?, ?, ?, ?)')
  const usage = db.prepare('INSERT INTO holder_usage VALUES (?, ?, ?, ?)')
  const medium = db.prepare('INSERT INTO medium VALUES (?, ?, ?, ?, ?)')
  const operator = db.prepare('INSERT INTO operator VALUES (?, ?)')
  return {
    campaign: (ref, campaignId, definition) => void campaign.run(ref, campaignId, definition),
    holder: (ref, holderId) => void holder.run(packed(holderId), ref),
    acquisition: (holderRef, campaignRef, row) =>
      void acquisition.run(
        holderRef,
        packed(row.acquisition_id),
        campaignRef,
        row.uses_left,
        row.expires_at,
        row.revoked,
      ),
    usage: (holderRef, campaignRef, row) => void usage.run(holderRef, campaignRef, row.period, row.uses),
    medium: (holderRef, row) =>
      void medium.run(packed(row.medium_id), row.key_version, row.key, holderRef, row.blocked),
    operator: (operatorId, change) => void operator.run(operatorId, change),
    finish({ cursor, changeSeq, now }) {
      for (const table of COUNTED_TABLES) {
        db.exec(`INSERT INTO contents SELECT '${table}', count(*) FROM ${table}`)
      }
      db.prepare('UPDATE position SET cursor = ?, change_seq = ?, as_of = ?').run(cursor, changeSeq, now)
      db.exec('COMMIT')
      db.close()
      return { changeSeq, bytes: statSync(path).size }
    },
    discard() {
      db.close()
      discardCopy(path)
    },
  }
}
