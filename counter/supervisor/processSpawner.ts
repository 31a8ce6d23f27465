import type { Channel } from '../../core/ports/channel.ts'

/** The processes beside the shell: `counter` holds the files and the rules, `devices` the native readers. */
export const CHILD_NAMES = ['counter', 'devices'] as const
export type ChildName = (typeof CHILD_NAMES)[number]

/** One running process and the line to it. */
export interface SpawnedProcess {
  /** Undefined until the operating system has given one. */
  readonly pid: number | undefined
  readonly channel: Channel
  /** Called once, also when the process could not be started at all; `code` is null after a signal or a failed start. */
  onExit(listener: (code: number | null) => void): void
  /** Ends it at once; harmless when it is gone. */
  kill(): void
}

/** How a shell starts its processes: `child_process.fork` in the browser shell, `utilityProcess.fork` in Electron. */
export interface ProcessSpawner {
  spawn(name: ChildName): SpawnedProcess
}
