import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accepted, type Outcome, refused } from '../core/outcome.ts'

/**
 * Claims a data folder for this process: two counters must never write the same files.
 *
 * Refused with the other's process id while it runs; what a killed process left behind is taken over. `release` gives
 * the folder back.
 */
export function claimFolder(dataDir: string): Outcome<{ release(): void }, { pid: number; file: string }> {
  const file = join(dataDir, 'running.pid')
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return accepted({ release: () => rmSync(file, { force: true }) })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const pid = Number(readFileSync(file, 'utf8'))
    if (Number.isInteger(pid) && pid > 0 && isRunning(pid)) return refused({ pid, file })
    rmSync(file, { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is one that runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
