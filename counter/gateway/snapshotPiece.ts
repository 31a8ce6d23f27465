import {
  SNAPSHOT_CHANGE_SEQ_HEADER,
  SNAPSHOT_SCHEMA_HEADER,
  SNAPSHOT_UNPACKED_HEADER,
  SnapshotFormat,
} from '../../core/contract/snapshot.ts'
import type { SnapshotAsk, SnapshotFile, SnapshotPiece } from '../../core/ports/couponGateway.ts'

export const snapshotPath = ({ atLeast }: SnapshotAsk): string => `/v1/sync/snapshot?atLeast=${atLeast}`

/** RFC 9110 §14: the range counts only while the file is the one that was begun. */
export function snapshotHeaders({ of, offset, length, formats }: SnapshotAsk): Record<string, string> {
  return {
    accept: formats.join(', '),
    range: `bytes=${offset}-${offset + length - 1}`,
    ...(of === null ? {} : { 'if-range': of }),
  }
}

/**
 * What a good response brought: the range that was asked for, or at most `length` bytes from the beginning of another file.
 * null when it does not say what it is.
 */
export async function snapshotPiece(response: Response, length: number): Promise<SnapshotPiece | null> {
  const place = placeOf(response)
  const file = place && fileOf(response, place.total)
  if (!file) {
    void response.body?.cancel().catch(() => {})
    return null
  }
  return { file, offset: place.offset, bytes: await upTo(response, length) }
}

function placeOf(response: Response): { offset: number; total: number } | null {
  if (response.status === 200) return { offset: 0, total: Number(response.headers.get('content-length') ?? Number.NaN) }
  const range = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/.exec(response.headers.get('content-range') ?? '')
  return response.status === 206 && range ? { offset: Number(range[1]), total: Number(range[2]) } : null
}

function fileOf({ headers }: Response, total: number): SnapshotFile | null {
  const etag = headers.get('etag')
  const format = SnapshotFormat.safeParse(headers.get('content-type'))
  const sha256 = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(headers.get('repr-digest') ?? '')?.[1]
  const unpacked = Number(headers.get(SNAPSHOT_UNPACKED_HEADER) ?? Number.NaN)
  const schemaVersion = Number(headers.get(SNAPSHOT_SCHEMA_HEADER) ?? Number.NaN)
  const changeSeq = Number(headers.get(SNAPSHOT_CHANGE_SEQ_HEADER) ?? Number.NaN)
  const numbers = [total, unpacked, schemaVersion, changeSeq]
  if (!etag || !format.success || !sha256 || !numbers.every(Number.isSafeInteger)) return null
  return { etag, format: format.data, sha256, total, unpacked, schemaVersion, changeSeq }
}

async function upTo(response: Response, length: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  if (!response.body) return new Uint8Array()
  for await (const chunk of response.body) {
    const wanted = (chunk as Uint8Array).subarray(0, length - bytes)
    pieces.push(wanted)
    bytes += wanted.byteLength
    // Leaving the loop cancels the rest, which nobody asked for.
    if (bytes >= length) break
  }
  return Buffer.concat(pieces)
}
