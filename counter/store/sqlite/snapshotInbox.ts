import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { SnapshotFormat } from '../../../core/contract/snapshot.ts'
import { accepted, refused } from '../../../core/outcome.ts'
import type { SnapshotFile } from '../../../core/ports/couponGateway.ts'
import type { SnapshotInbox, Stored } from '../counterStore.ts'
import type { SnapshotChecker } from './checker.ts'
import { FORMATS } from './checkSnapshot.ts'
import { removeDatabase } from './files.ts'
import type { SqliteReplica } from './replica.ts'

const Begun = z.object({
  etag: z.string(),
  format: SnapshotFormat,
  sha256: z.string(),
  total: z.int(),
  unpacked: z.int(),
  schemaVersion: z.int(),
  changeSeq: z.int(),
})

/**
 * Files beside the replica at `path`: `.partial` grows while a snapshot comes, `.partial.json` says of which file, `.new`
 * is what was in it, unpacked as it comes, until it is checked. Whatever a crash leaves of them is gone on with or removed here.
 */
export function snapshotInbox(path: string, replica: SqliteReplica, checker: SnapshotChecker): SnapshotInbox {
  const partial = `${path}.partial`
  const note = `${partial}.json`
  const unpacked = `${path}.new`
  let checked = false

  const removeUnpacked = () => {
    checked = false
    checker.forget()
    removeDatabase(unpacked)
  }
  const discard = () => {
    removeUnpacked()
    for (const file of [partial, note]) rmSync(file, { force: true })
  }
  const received = () => statSync(partial, { throwIfNoEntry: false })?.size ?? 0
  removeUnpacked()
  // Of a crash right after the swap: what came is in place already, and would lie beside it until the next one comes.
  const last = noted(note)
  if (last && last.changeSeq <= replica.position().changeSeq) discard()

  return {
    formats: FORMATS,
    begun() {
      const file = noted(note)
      if (!file) return null
      const here = received()
      return here <= file.total ? { file, received: here } : null
    },
    begin(file) {
      discard()
      return stored(() => writeFileSync(note, JSON.stringify(file), { mode: 0o600 }))
    },
    append(bytes) {
      checked = false
      const kept = stored(() => appendFileSync(partial, bytes, { mode: 0o600 }))
      const file = noted(note)
      if (kept.ok && file) checker.came({ file, packed: partial, unpacked })
      return kept
    },
    async check() {
      checked = false
      const file = noted(note)
      if (!file) return refused({ fault: 'damaged' as const, detail: 'nobody knows which file it is' })
      const verdict = await checker.check({ file, packed: partial, unpacked })
      checked = verdict.ok
      return verdict
    },
    install() {
      if (!checked) throw new Error('only a snapshot that was checked is put in place')
      const installed = replica.install(unpacked)
      if (installed.ok) discard()
      return installed
    },
    discard,
  }
}

function noted(note: string): SnapshotFile | null {
  try {
    return Begun.parse(JSON.parse(readFileSync(note, 'utf8')))
  } catch {
    // None there, or half of one: as good as none.
    return null
  }
}

function stored(work: () => void): Stored {
  try {
    work()
    return accepted(null)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return refused({
      fault: code === 'ENOSPC' || code === 'EDQUOT' ? ('full' as const) : ('io' as const),
      detail: message,
    })
  }
}
