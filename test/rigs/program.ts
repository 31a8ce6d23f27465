import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const ROOT = resolve(import.meta.dirname, '../..')

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A program of ours that runs. */
export interface Running<Line> {
  readonly line: Line
  readonly process: ChildProcess
  /** Everything it has said on stdout. */
  readonly output: () => string
  /** Everything it has said on stderr. */
  readonly log: () => string
  /** Sends it a signal and waits for its end. */
  end(signal: NodeJS.Signals): Promise<Ended>
  /** Asks it to end and waits; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** The real Node's, not vitest's: NODE_OPTIONS and VITEST are not part of the product. */
export function productEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, VITEST: _v, NODE_ENV: _e, ...env } = process.env
  return env
}

/**
 * Runs a program as its users do and waits for the line of JSON that says that it is ready. Rejects, with what it said on
 * stderr, when it ends before.
 */
export function runProgram<Line>(
  args: readonly string[],
  read: (text: string) => Line,
  env: NodeJS.ProcessEnv = {},
): Promise<Running<Line>> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...productEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk
  })
  const ended = new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    void ended.then(({ code }) => reject(new Error(`${args[0]} ended with ${code} before it was ready:\n${log}`)))
    createInterface(child.stdout).on('line', (text) => {
      output += `${text}\n`
      if (!text.startsWith('{')) return
      const stop = async () => (await end('SIGTERM')).code
      resolve({ line: read(text), process: child, output: () => output, log: () => log, end, stop })
    })
  })
}
