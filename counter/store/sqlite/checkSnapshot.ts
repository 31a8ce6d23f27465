import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as zlib from 'node:zlib'
import Database from 'better-sqlite3'
import type { SnapshotFormat } from '../../../core/contract/snapshot.ts'
import type { SnapshotFault } from '../../../core/counter/state.ts'
import { accepted, type Outcome, refused, unreachable } from '../../../core/outcome.ts'
import type { SnapshotFile } from '../../../core/ports/couponGateway.ts'
import { COUNTED_TABLES, REPLICA_SCHEMA_VERSION } from '../../../core/replica/schema.ts'

/** Formats that this runtime can unpack, best first. */
export const FORMATS: readonly SnapshotFormat[] =
  typeof zlib.zstdDecompressSync === 'function' ? ['application/zstd', 'application/gzip'] : ['application/gzip']

export interface SnapshotCheck {
  readonly file: SnapshotFile
  /** The file as it came, and where to put what is in it. */
  readonly packed: string
  readonly unpacked: string
}

export type SnapshotVerdict = Outcome<
  { readonly changeSeq: number },
  { readonly fault: SnapshotFault; readonly detail: string }
>

/**
 * Reads a whole snapshot: its SHA-256, its size, the database in it page by page, and the rows it says it has. What is
 * accepted is at `unpacked`, on disk, ready to be opened; of anything else nothing is left there. Takes time: not for the
 * thread that answers taps.
 */
export function checkSnapshot({ file, packed, unpacked }: SnapshotCheck): SnapshotVerdict {
  const no = (fault: SnapshotFault, detail: string): SnapshotVerdict => {
    rmSync(unpacked, { force: true })
    return refused({ fault, detail })
  }
  try {
    const bytes = readFileSync(packed)
    const sha256 = createHash('sha256').update(bytes).digest('base64')
    if (bytes.byteLength !== file.total || sha256 !== file.sha256) return no('damaged', 'not the bytes that were sent')
    keep(unpacked, unpack(bytes, file))
    return inside(unpacked, file) ?? no('damaged', 'its rows are not those it was made with')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof SchemaDiffers) return no('schema_differs', message)
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return no('disk_full', message)
    if (code?.startsWith('SQLITE_IOERR') || code?.startsWith('E')) {
      return no(code.startsWith('ERR_') ? 'damaged' : 'storage_failed', message)
    }
    return no('damaged', message)
  }
}

class SchemaDiffers extends Error {
  override readonly name = 'SchemaDiffers'
}

/** Never more than the server said: a small file may unpack to a large one. */
function unpack(bytes: Buffer, { format, unpacked }: SnapshotFile): Buffer {
  const options = { maxOutputLength: unpacked }
  switch (format) {
    case 'application/zstd':
      return zlib.zstdDecompressSync(bytes, options)
    case 'application/gzip':
      return zlib.gunzipSync(bytes, options)
    default:
      return unreachable(format)
  }
}

function keep(path: string, bytes: Buffer): void {
  writeFileSync(path, bytes, { mode: 0o600 })
}

/** What is in a file whose pages and rows are right; null: they are not. */
function inside(path: string, { changeSeq }: SnapshotFile): SnapshotVerdict | null {
  const db = new Database(path, { fileMustExist: true })
  try {
    const version = db.pragma('user_version', { simple: true })
    if (version !== REPLICA_SCHEMA_VERSION) throw new SchemaDiffers(`schema ${String(version)}`)
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') return null
    const said = db.prepare<[string], number>('SELECT count FROM contents WHERE name = ?').pluck()
    for (const table of COUNTED_TABLES) {
      const count = db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()
      if (said.get(table) !== count) return null
    }
    const position = db.prepare<[], { cursor: string; change_seq: number }>('SELECT * FROM position').get()
    if (!position || position.cursor === '' || position.change_seq !== changeSeq) return null
    // As it will be used, so that opening it has nothing left to write.
    db.pragma('journal_mode = WAL')
  } finally {
    db.close()
  }
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  const opened = openSync(path, 'r+')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
  return accepted({ changeSeq })
}
