import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, createZstdCompress } from 'node:zlib'
import type { SnapshotFormat } from '../../core/contract/snapshot.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { StationContext } from '../store/commands.ts'
import type { CouponStore } from '../store/couponStore.ts'

/** A snapshot is handed out again while it is no older and no further behind than this: changes do the rest. */
const FRESH_MS = 15 * 60_000
const FRESH_CHANGES = 20_000
/** Files that are kept, and their bytes: stores beyond that share the disk by turns. */
const MOST_FILES = 16
const MOST_BYTES = 4 * 1024 ** 3

export interface Snapshot {
  readonly path: string
  readonly etag: string
  readonly format: SnapshotFormat
  /** Base64. */
  readonly sha256: string
  readonly total: number
  readonly unpacked: number
  readonly changeSeq: number
}

export interface SnapshotWish {
  readonly station: StationContext
  readonly format: SnapshotFormat
  readonly atLeast: number
  /** One that the station has a part of: preferred as long as it is there. */
  readonly etag: string | null
}

export interface Snapshots {
  /** A file for a station, made when none is fresh enough. Rejects with what the store rejects with. */
  of(wish: SnapshotWish): Promise<Snapshot>
  /** Removes every file. */
  close(): Promise<void>
}

interface Kept extends Snapshot {
  readonly key: string
  readonly madeAt: number
}

/**
 * Snapshots in files in `folder`, asked for with the first one and removed at the end. One is made at a time, whoever asks; those who want
 * the same one wait together.
 */
export function snapshots(store: CouponStore, clock: Clock, folder: () => string): Snapshots {
  let kept: readonly Kept[] = []
  let last: Promise<unknown> = Promise.resolve()
  let made = 0
  const underWay = new Map<string, Promise<Kept>>()

  const discard = (files: readonly Kept[]): Promise<unknown> => {
    kept = kept.filter((file) => !files.includes(file))
    // Somebody may still read it: then it goes with the folder.
    return Promise.all(files.map(({ path }) => rm(path, { force: true }).catch(() => {})))
  }

  const make = async (key: string, { station, format }: SnapshotWish): Promise<Kept> => {
    made += 1
    const plain = join(folder(), `${made}.db`)
    const path = `${plain}.${format === 'application/zstd' ? 'zst' : 'gz'}`
    try {
      const now = clock.now()
      const plan = await store.planCopy(station, now)
      const { changeSeq, bytes } = await store.writeCopy({ plan, path: plain, now })
      const sha256 = await pack(plain, path, format)
      const { size } = await stat(path)
      const etag = `"${sha256.slice(0, 22)}"`
      const file: Kept = { key, madeAt: now, path, etag, format, sha256, total: size, unpacked: bytes, changeSeq }
      kept = [file, ...kept]
      await discard(surplus(kept))
      return file
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await rm(plain, { force: true })
    }
  }

  const makeInTurn = (key: string, wish: SnapshotWish): Promise<Kept> => {
    const started = last.then(() => make(key, wish))
    last = started.catch(() => {})
    return started
  }

  return {
    async of(wish) {
      const { station, format, atLeast, etag } = wish
      const now = clock.now()
      const { key: scope } = await store.planCopy(station, now)
      const key = `${format} ${scope}`
      const position = await store.changePosition()
      const usable = kept.filter((file) => file.key === key && file.changeSeq >= atLeast)
      const begun = usable.find((file) => file.etag === etag)
      const fresh = usable.find(
        ({ madeAt, changeSeq }) => now - madeAt < FRESH_MS && position - changeSeq <= FRESH_CHANGES,
      )
      if (begun ?? fresh) return begun ?? (fresh as Kept)
      const soon = underWay.get(key)
      if (soon) {
        const file = await soon
        // It may have been begun before what this station knows of.
        if (file.changeSeq >= atLeast) return file
      }
      const making = makeInTurn(key, wish).finally(() => underWay.delete(key))
      underWay.set(key, making)
      return making
    },
    async close() {
      await last
      if (made > 0) await rm(folder(), { recursive: true, force: true }).catch(() => {})
    },
  }
}

const PREFIX = 'tapcoupon-snapshots-'

/**
 * A folder of this server's own in `parent`, made when it is first asked for. What a server that was killed left there is
 * removed then.
 */
export function snapshotFolder(parent: string): () => string {
  let folder: string | null = null
  return () => {
    if (folder !== null) return folder
    for (const name of readdirSync(parent)) {
      const pid = /^tapcoupon-snapshots-(\d+)-/.exec(name)?.[1]
      if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true })
    }
    folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`))
    return folder
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's is alive too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Newest first: beyond the most files and bytes, and all but two of a kind. */
function surplus(files: readonly Kept[]): readonly Kept[] {
  const ofKind = new Map<string, number>()
  let bytes = 0
  let count = 0
  return files.filter(({ key, total }) => {
    const nth = (ofKind.get(key) ?? 0) + 1
    ofKind.set(key, nth)
    bytes += total
    count += 1
    return nth > 2 || count > MOST_FILES || (bytes > MOST_BYTES && count > 1)
  })
}

/** Compresses a file, off the event loop; the SHA-256 of what came out, base64. */
async function pack(from: string, to: string, format: SnapshotFormat): Promise<string> {
  const hash = createHash('sha256')
  const tee = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(createReadStream(from, { highWaterMark: 1024 * 1024 }), compressor(format), tee, createWriteStream(to))
  return hash.digest('base64')
}

function compressor(format: SnapshotFormat) {
  switch (format) {
    case 'application/zstd':
      return createZstdCompress()
    case 'application/gzip':
      return createGzip({ level: 3 })
    default:
      return unreachable(format)
  }
}
