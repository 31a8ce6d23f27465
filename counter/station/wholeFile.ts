import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file that only its user may read: aside, fsync, rename, fsync the folder. It is the old one or the new one,
 * whenever the power fails. false: the disk did not take it, and the old one stands.
 */
export function writeWhole(path: string, content: string | Uint8Array): boolean {
  try {
    const aside = `${path}.new`
    const file = openSync(aside, 'w', 0o600)
    try {
      if (typeof content === 'string') writeSync(file, content)
      else writeSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(aside, path)
    syncFolder(dirname(path))
    return true
  } catch {
    return false
  }
}

/** Windows cannot open a folder; there a rename is as durable as it gets. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
