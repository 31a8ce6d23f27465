import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { StationEvent } from '../../../core/events/event.ts'
import { ExportEnd, ExportHeader } from '../../../core/events/exportFile.ts'
import { accepted, refused } from '../../../core/outcome.ts'
import type { RescueFile, StorageFault, Stored } from '../counterStore.ts'
import { JOURNAL_FILE } from './files.ts'
import { type JournalFile, openJournalFile } from './journalFile.ts'

/** Beside the journal. */
const FOLDER = 'rescue'

export interface ExportedFile extends RescueFile {
  /** Numbers of events that are there and cannot be read. */
  readonly unreadable: readonly number[]
}

/**
 * Writes events of a journal to `path`, one a line as they go over the wire, between a header and an end (see
 * `core/events/exportFile`). `queue`: what the server has not taken; all there is, where the journal cannot say which.
 */
export function writeExport(
  journal: JournalFile,
  path: string,
  kind: ExportHeader['kind'],
  now: number,
): Stored<ExportedFile> {
  const queued = kind === 'queue' ? journal.waiting : null
  const found: Iterable<StationEvent | number> = queued
    ? queued.map((seq) => journal.event(seq) ?? seq)
    : journal.events()
  const header: ExportHeader = {
    format: 'tapcoupon-journal',
    version: 1,
    kind: queued || kind === 'journal' ? kind : 'journal',
    stationId: journal.stationId,
    publicKey: journal.publicKey && Buffer.from(journal.publicKey).toString('base64url'),
    exportedAt: new Date(now).toISOString(),
    checkpoint: journal.checkpoint,
  }
  const aside = `${path}.part`
  try {
    const unreadable: number[] = []
    let events = 0
    const file = openSync(aside, 'w', 0o600)
    const line = (value: unknown) => void writeSync(file, `${JSON.stringify(value)}\n`)
    try {
      line(ExportHeader.parse(header))
      for (const event of found) {
        if (typeof event === 'number') unreadable.push(event)
        else {
          line(event)
          events += 1
        }
      }
      line(ExportEnd.parse({ end: true, events }))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(aside, path)
    return accepted({ path, events, unreadable })
  } catch (error) {
    rmSync(aside, { force: true })
    return refused({ fault: faultOf(error), detail: (error as Error).message })
  }
}

/** Writes what waits in `dataDir` to a new file in its folder `rescue`. Works on a journal that nothing else can use. */
export function exportTo(dataDir: string, now: number): Stored<ExportedFile> {
  const journal = openJournalFile(join(dataDir, JOURNAL_FILE))
  if (!journal.ok) return refused({ fault: 'corrupt' as const, detail: journal.problem })
  try {
    const folder = join(dataDir, FOLDER)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const when = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
    return writeExport(journal.value, join(folder, `queue-${when}.jsonl`), 'queue', now)
  } catch (error) {
    return refused({ fault: faultOf(error), detail: (error as Error).message })
  } finally {
    journal.value.close()
  }
}

function faultOf(error: unknown): StorageFault {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'full' : 'io'
}
