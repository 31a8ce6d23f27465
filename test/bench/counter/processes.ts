import { readdirSync, readFileSync } from 'node:fs'

/** What a process holds, as Linux counts it: megabytes of memory, and open files. */
export function held(pid: number): { readonly rssMb: number; readonly ownMb: number; readonly files: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024
  return { rssMb: mb('VmRSS'), ownMb: mb('RssAnon'), files: readdirSync(`/proc/${pid}/fd`).length }
}
