import { createHash } from 'node:crypto'
import { closeSync, fsync, openSync, readSync, writeSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import type { SnapshotFormat } from '../../../core/contract/snapshot.ts'
import { unreachable } from '../../../core/outcome.ts'
import { checkUnpacked, notTaken, type SnapshotCheck, type SnapshotVerdict } from './checkSnapshot.ts'

/** Bytes that are read, and that are unpacked, at once. */
const PIECE = 1024 * 1024

const onDisk = promisify(fsync)

/** A snapshot that is hashed and unpacked while it comes. */
export interface UnpackAhead {
  /** There is more of it in its file. */
  came(): void
  /** All of it is there: the verdict on it. */
  check(): Promise<SnapshotVerdict>
}

/**
 * Reads the file at `packed` as it grows, from its beginning, and unpacks it into the file at `unpacked`, which is there
 * already: nothing is made here that somebody else has removed. What is unpacked counts for nothing before the SHA-256 of
 * all of it is the one that was said.
 */
export function unpackAhead(check: SnapshotCheck): UnpackAhead {
  const { file, packed, unpacked } = check
  const hash = createHash('sha256')
  let isAll = false
  let total = 0
  let wake = (): void => {}

  async function* arriving(): AsyncGenerator<Buffer> {
    const source = openSync(packed, 'r')
    try {
      for (;;) {
        // Asked before the file is read: what comes right after is not missed.
        const wasAll = isAll
        const more = new Promise<void>((resolve) => {
          wake = resolve
        })
        const bytes = Buffer.allocUnsafe(PIECE)
        const length = readSync(source, bytes, 0, PIECE, total)
        if (length > 0) {
          total += length
          const piece = bytes.subarray(0, length)
          hash.update(piece)
          yield piece
        } else if (wasAll) {
          return
        } else {
          await more
        }
      }
    } finally {
      closeSync(source)
    }
  }

  const verdict = async (): Promise<SnapshotVerdict> => {
    const target = openSync(unpacked, 'r+')
    try {
      let size = 0
      await pipeline(arriving, decompressor(file.format), async (pieces: AsyncIterable<Buffer>) => {
        for await (const piece of pieces) {
          size += piece.byteLength
          // Never more than the server said: a small file may unpack to a large one.
          if (size > file.unpacked) throw new Error('more than was said to be in it')
          writeWhole(target, piece)
        }
      })
      // The disk is at it while the pages are looked through; at the end it is waited for.
      const written = onDisk(target)
      const found = checkUnpacked(check, { total, sha256: hash.digest('base64') })
      await written
      return found
    } finally {
      closeSync(target)
    }
  }
  const ended = verdict().catch((error: unknown) => notTaken(check, error))

  return {
    came: () => wake(),
    check() {
      isAll = true
      wake()
      return ended
    },
  }
}

function decompressor(format: SnapshotFormat) {
  switch (format) {
    case 'application/zstd':
      return zlib.createZstdDecompress({ chunkSize: PIECE })
    case 'application/gzip':
      return zlib.createGunzip({ chunkSize: PIECE })
    default:
      return unreachable(format)
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(file, bytes, at)
}
