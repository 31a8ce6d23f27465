import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process holds, as Linux counts it: megabytes of memory, and open files. Resident counts whole what it shares with
 * others, Node's own program first of all; the proportional part counts that once for all who share it (proc(5), smaps).
 */
export function held(pid: number): { rssMb: number; ownMb: number; proportionalMb: number; files: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const maps = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const mb = (text: string, name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) / 1024
  return {
    rssMb: mb(status, 'VmRSS'),
    ownMb: mb(status, 'RssAnon'),
    proportionalMb: mb(maps, 'Pss'),
    files: readdirSync(`/proc/${pid}/fd`).length,
  }
}

/** How long a process's main thread has been ready to run and had no processor, milliseconds (schedstat's second figure). */
export function waitedForProcessorMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1_000_000
}
