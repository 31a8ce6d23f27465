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

/** A file as it came: how long it is, and its SHA-256, base64. */
export interface Arrived {
  readonly total: number
  readonly sha256: string
}

/**
 * Reads a whole snapshot: its SHA-256, its size, the database in it page by page, and the rows it says it has. What is
 * accepted is at `unpacked`, on disk, ready to be opened; of anything else nothing is left there. Takes time: not for the
 * thread that answers taps.
 */
export function checkSnapshot(check: SnapshotCheck): SnapshotVerdict {
  const { file, packed, unpacked } = check
  try {
    const bytes = readFileSync(packed)
    const arrived = { total: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('base64') }
    if (!isAsSent(check, arrived)) return notTaken(check, new Error('not the bytes that were sent'))
    writeFileSync(unpacked, unpack(bytes, file), { mode: 0o600 })
    return checkUnpacked(check, arrived)
  } catch (error) {
    return notTaken(check, error)
  }
}

/** The same of a file that has been unpacked already. */
export function checkUnpacked(check: SnapshotCheck, arrived: Arrived): SnapshotVerdict {
  try {
    if (!isAsSent(check, arrived)) throw new Error('not the bytes that were sent')
    const verdict = inside(check.unpacked, check.file)
    if (!verdict) throw new Error('its rows are not those it was made with')
    return verdict
  } catch (error) {
    return notTaken(check, error)
  }
}

const isAsSent = ({ file }: SnapshotCheck, { total, sha256 }: Arrived): boolean =>
  total === file.total && sha256 === file.sha256

/** Why a file is of no use; nothing of it is left. */
export function notTaken({ unpacked }: SnapshotCheck, error: unknown): SnapshotVerdict {
  rmSync(unpacked, { force: true })
  const { code, message: detail } = error as NodeJS.ErrnoException
  return refused({ fault: faultOf(error, code), detail })
}

function faultOf(error: unknown, code: string | undefined): SnapshotFault {
  if (error instanceof SchemaDiffers) return 'schema_differs'
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return 'disk_full'
  if (code?.startsWith('SQLITE_IOERR')) return 'storage_failed'
  // What the decompressor does not like begins with ERR_, and what zstd does not like with ZSTD_ or Z_.
  return code?.startsWith('E') && !code.startsWith('ERR_') ? 'storage_failed' : 'damaged'
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
