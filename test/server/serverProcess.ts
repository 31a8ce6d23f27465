import { type Running, runProgram } from '../rigs/program.ts'

// biome-ignore lint/suspicious/noExplicitAny: the printed line is what the test looks at
export type ServerProcess = Running<any>

/** Starts the server program as its users do and waits until it listens. */
export function startServer(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  return runProgram(['server/main.ts', '--port', '0', ...args], JSON.parse, env)
}
