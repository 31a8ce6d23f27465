import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Running, runProgram } from '../rigs/program.ts'

export { ROOT, type Running } from '../rigs/program.ts'

const ShellLine = z.object({ url: z.url(), pid: z.int(), server: z.url() })
const ServerLine = z.object({
  url: z.url(),
  pid: z.int(),
  operators: z.array(z.object({ name: z.string(), role: z.string(), token: z.string() })),
  stations: z.array(z.object({ id: z.string(), store: z.string(), token: z.string() })),
})
export type ServerLine = z.infer<typeof ServerLine>

/** `npm start` as a person runs it, but without a window. */
export function startProduct(
  dataDir: string,
  args: readonly string[] = [],
): Promise<Running<z.infer<typeof ShellLine>>> {
  return runProgram(['bin/start.ts', '--shell', 'none', '--port', '0', '--data-dir', dataDir, ...args], (text) =>
    ShellLine.parse(JSON.parse(text)),
  )
}

/** The demo server; `bin/server.ts` is what `npm run server` runs, which builds its pages first. */
export function startServer(
  dataDir: string,
  port = 0,
  program: 'server/main.ts' | 'bin/server.ts' = 'server/main.ts',
): Promise<Running<ServerLine>> {
  const database = `sqlite:${join(dataDir, 'server.db')}`
  return runProgram([program, '--demo', '--database', database, '--port', String(port)], (text) =>
    ServerLine.parse(JSON.parse(text)),
  )
}

/** The process ids below `parent` whose command line names `program`. */
export function childrenOf(parent: number, program: string): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
  return rows
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((row) => row !== null && Number(row[2]) === parent && row[3]?.includes(program))
    .map((row) => Number(row?.[1]))
}

/** `kill -9` of a child of the product; returns its process id. */
export function killChild(parent: number, program: string): number {
  const [pid] = childrenOf(parent, program)
  if (pid === undefined) throw new Error(`no child runs ${program}`)
  process.kill(pid, 'SIGKILL')
  return pid
}

/** A new empty folder, and how to remove it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tapcoupon-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
