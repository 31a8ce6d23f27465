import { fork } from 'node:child_process'
import { childChannel } from '../channel/childProcessChannel.ts'
import { childEnvironment } from './childEnvironment.ts'
import type { ChildName, ProcessSpawner } from './processSpawner.ts'

/** What V8 keeps for new objects; unasked it takes 30 MB more for a program that makes a few for each customer. */
const SMALL_NURSERY = '--max-semi-space-size=2'

/**
 * Heaps of glibc's malloc (mallopt(3), M_ARENA_MAX; others do not know the name): unasked it makes one for almost every
 * thread of Node's, and what one frees another cannot have, 30 MB that nobody uses.
 */
const FEW_HEAPS = { MALLOC_ARENA_MAX: '2' }

/**
 * Starts the processes as children of this one, over IPC pipes. Their stdout joins our stderr: our own stdout is for
 * what scripts read.
 *
 * @param entries absolute paths of the programs.
 * @param compiledIn folder, of nobody else's, where they keep what they have compiled: the next start needs neither the
 * time nor the memory for it again. Absent: each start compiles.
 */
export function childProcessSpawner(entries: Readonly<Record<ChildName, string>>, compiledIn?: string): ProcessSpawner {
  const kept = compiledIn === undefined ? {} : { NODE_COMPILE_CACHE: compiledIn }
  return {
    spawn(name) {
      // A terminal's Ctrl-C goes to the whole group: `detached` keeps it from the counter, which is asked to stop, not
      // torn down (on Windows it would open a console). When we die the pipe closes, and our children exit by themselves.
      const child = fork(entries[name], [], {
        env: { ...childEnvironment(process.env), ...FEW_HEAPS, ...kept },
        // Options of our own Node (an inspector, a preload) are not meant for it.
        execArgv: [SMALL_NURSERY],
        stdio: ['ignore', 2, 2, 'ipc'],
        detached: process.platform !== 'win32',
      })
      return {
        get pid() {
          return child.pid
        },
        channel: childChannel(child),
        onExit(listener) {
          let told = false
          const tell = (code: number | null) => {
            if (told) return
            told = true
            listener(code)
          }
          child.once('exit', (code) => tell(code))
          // Errors of a running child (a kill that failed) are not its end.
          child.on('error', () => {
            if (child.pid === undefined) tell(null)
          })
        },
        kill: () => {
          child.kill('SIGKILL')
        },
      }
    },
  }
}
