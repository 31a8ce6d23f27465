import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accepted, type Outcome, refused } from '../core/outcome.ts'

/**
 * Claims a data folder for this process: two counters must never write the same files.
 *
 * Refused with the other's process id while it runs; what a killed process left behind is taken over, also when its id
 * has been given to another program since (after a power cut a machine gives out the same ids again). `release` gives the
 * folder back.
 */
export function claimFolder(dataDir: string): Outcome<{ release(): void }, { pid: number; file: string }> {
  const file = join(dataDir, 'running.pid')
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n${startOf(process.pid)}\n`, { flag: 'wx' })
      return accepted({ release: () => rmSync(file, { force: true }) })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const [id = '', start = ''] = readFileSync(file, 'utf8').split('\n')
    const pid = Number(id)
    if (Number.isInteger(pid) && pid > 0 && isRunning(pid, start)) return refused({ pid, file })
    rmSync(file, { force: true })
  }
}

function isRunning(pid: number, start: string): boolean {
  if (pid === process.pid) return false
  const now = startOf(pid)
  if (start !== '' && now !== '' && start !== now) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is one that runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Tells a process from a later one with the same id: boot and start time (proc_pid_stat(5), field 22); empty where unknown. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The second field, a name in parentheses, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\)\s+/s, '')
      .split(' ')
    return `${boot} ${fields[19] ?? ''}`
  } catch {
    return ''
  }
}
