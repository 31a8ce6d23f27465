import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export const ROOT = resolve(import.meta.dirname, '../..')

const ShellLine = z.object({ url: z.url(), pid: z.int(), server: z.url() })
const ServerLine = z.object({
  url: z.url(),
  pid: z.int(),
  operators: z.array(z.object({ name: z.string(), role: z.string(), token: z.string() })),
  stations: z.array(z.object({ id: z.string(), store: z.string(), token: z.string() })),
})
export type ServerLine = z.infer<typeof ServerLine>

/** A program of ours that runs, and everything it has said on stderr. */
export interface Running<Line> {
  readonly line: Line
  readonly process: ChildProcess
  readonly log: () => string
  /** Asks it to end and waits; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** `npm start` as a person runs it, but without a window. */
export function startProduct(
  dataDir: string,
  args: readonly string[] = [],
): Promise<Running<z.infer<typeof ShellLine>>> {
  return run(['bin/start.ts', '--shell', 'none', '--port', '0', '--data-dir', dataDir, ...args], (text) =>
    ShellLine.parse(JSON.parse(text)),
  )
}

/** `npm run server -- --demo`. */
export function startServer(dataDir: string, port = 0): Promise<Running<ServerLine>> {
  const database = `sqlite:${join(dataDir, 'server.db')}`
  return run(['server/main.ts', '--demo', '--database', database, '--port', String(port)], (text) =>
    ServerLine.parse(JSON.parse(text)),
  )
}

function run<Line>(args: readonly string[], read: (text: string) => Line): Promise<Running<Line>> {
  // The real Node, not vitest's environment: NODE_OPTIONS and VITEST are not part of the product.
  const { NODE_OPTIONS: _, VITEST: _v, NODE_ENV: _e, ...env } = process.env
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk
  })
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    void gone.then((code) => reject(new Error(`${args[0]} ended with code ${code} before it was ready:\n${log}`)))
    createInterface(child.stdout).on('line', (text) => {
      if (!text.startsWith('{')) return
      resolve({
        line: read(text),
        process: child,
        log: () => log,
        stop() {
          child.kill('SIGTERM')
          return gone
        },
      })
    })
  })
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
