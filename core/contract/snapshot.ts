import { z } from 'zod'

/**
 * `GET /v1/sync/snapshot`: a replica as a compressed SQLite file (`core/replica/schema`), by `Accept`. Its bytes never
 * change: the `ETag` names them, `Range` with `If-Range` goes on with them, `Repr-Digest` (RFC 9530) is their SHA-256.
 * The compression is the file's own format and not a `Content-Encoding`, which a client would undo on the way and with it
 * ranges and digest.
 */
export const SNAPSHOT_FORMATS = ['application/zstd', 'application/gzip'] as const
export const SnapshotFormat = z.enum(SNAPSHOT_FORMATS)
export type SnapshotFormat = z.infer<typeof SnapshotFormat>

export const SnapshotQuery = z.object({
  /** The oldest state the station can use: what it has forgotten local uses up to. */
  atLeast: z.coerce.number().int().min(0).default(0),
})

/** How large the file is when it is unpacked, bytes. */
export const SNAPSHOT_UNPACKED_HEADER = 'tapcoupon-unpacked-bytes'
/** The version of the schema inside, so that nobody fetches what it cannot open. */
export const SNAPSHOT_SCHEMA_HEADER = 'tapcoupon-replica-schema'
/** The position of the change feed that the file contains. */
export const SNAPSHOT_CHANGE_SEQ_HEADER = 'tapcoupon-change-seq'
