import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface ServerProcess {
  readonly child: ChildProcess
  // biome-ignore lint/suspicious/noExplicitAny: the printed line is what the test looks at
  readonly line: any
  /** Everything it has written to stdout and stderr so far. */
  output(): { stdout: string; stderr: string }
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts the server program as its users do and waits until it listens. */
export async function startServer(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['server/main.ts', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const line = await new Promise<string>((resolve, reject) => {
    void ended.then(({ code }) => reject(new Error(`the server ended with ${code}: ${stderr}`)))
    createInterface(child.stdout).on('line', (text) => {
      stdout += `${text}\n`
      if (text.startsWith('{')) resolve(text)
    })
  })
  return {
    child,
    line: JSON.parse(line),
    output: () => ({ stdout, stderr }),
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}
