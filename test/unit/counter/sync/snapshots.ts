import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import type { Change } from '../../../../core/contract/changes.ts'
import type { GatewayResult, SnapshotAsk, SnapshotFile, SnapshotPiece } from '../../../../core/ports/couponGateway.ts'
import { COUNTED_TABLES, REPLICA_SCHEMA_VERSION } from '../../../../core/replica/schema.ts'
import { sqliteReplica } from '../../../../counter/store/sqlite/replica.ts'

export interface SnapshotOnServer {
  readonly file: SnapshotFile
  readonly bytes: Buffer
}

/** A snapshot as a server would make it of these entities. `spoil` changes the database before it is packed. */
export function snapshotOf(
  changes: readonly Change[],
  changeSeq: number,
  spoil: (db: Sqlite.Database) => void = () => {},
): SnapshotOnServer {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-snapshot-'))
  const path = join(folder, 'replica.db')
  const replica = sqliteReplica(path)
  const applied = replica.apply(changes, { cursor: `at ${changeSeq}`, changeSeq, asOf: Date.UTC(2026, 10, 22, 3) })
  if (!applied.ok) throw new Error(applied.detail)
  replica.close()
  const db = new Sqlite(path)
  for (const table of COUNTED_TABLES) db.exec(`INSERT INTO contents SELECT '${table}', count(*) FROM ${table}`)
  spoil(db)
  db.pragma('journal_mode = DELETE')
  db.close()
  const plain = readFileSync(path)
  rmSync(folder, { recursive: true })
  const bytes = zstdCompressSync(plain)
  const sha256 = createHash('sha256').update(bytes).digest('base64')
  const numbers = { total: bytes.length, unpacked: plain.length, schemaVersion: REPLICA_SCHEMA_VERSION, changeSeq }
  return { bytes, file: { etag: `"${sha256.slice(0, 8)}"`, format: 'application/zstd', sha256, ...numbers } }
}

/** Answers as a server with this snapshot does, at most `most` bytes at once. */
export function serve(
  { file, bytes }: SnapshotOnServer,
  most = Number.POSITIVE_INFINITY,
): (ask: SnapshotAsk) => GatewayResult<SnapshotPiece> {
  return ({ of, offset, length }) => {
    const from = of === null || of === file.etag ? offset : 0
    return {
      kind: 'answered',
      answer: { file, offset: from, bytes: bytes.subarray(from, from + Math.min(length, most)) },
    }
  }
}
