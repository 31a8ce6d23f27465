import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a file for a manager and says where; null: the disk did not take it, and nothing is there. */
export type SaveFile = (name: string, pieces: Iterable<string>) => string | null

/** Files beside the journal, in `dataDir/saved`, that only this user may read; a name that is there gets a new content. */
export function savedFiles(dataDir: string): SaveFile {
  const folder = join(dataDir, 'saved')
  return (name, pieces) => {
    const path = join(folder, name)
    const aside = `${path}.part`
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = openSync(aside, 'w', 0o600)
      try {
        for (const piece of pieces) writeSync(file, piece)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(aside, path)
      return path
    } catch (error) {
      // A bug in what makes the pieces is no fault of the disk.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
      rmSync(aside, { force: true })
      return null
    }
  }
}
