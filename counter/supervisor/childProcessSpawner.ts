import { fork } from 'node:child_process'
import { childChannel } from '../channel/childProcessChannel.ts'
import { childEnvironment } from './childEnvironment.ts'
import type { ChildName, ProcessSpawner } from './processSpawner.ts'

/**
 * Starts the processes as children of this one, over IPC pipes. Their stdout joins our stderr: our own stdout is for
 * what scripts read.
 *
 * @param entries absolute paths of the programs.
 */
export function childProcessSpawner(entries: Readonly<Record<ChildName, string>>): ProcessSpawner {
  return {
    spawn(name) {
      // A terminal's Ctrl-C goes to the whole group: `detached` keeps it from the counter, which is asked to stop, not
      // torn down (on Windows it would open a console). When we die the pipe closes, and our children exit by themselves.
      const child = fork(entries[name], [], {
        env: childEnvironment(process.env),
        // Options of our own Node (an inspector, a preload) are not meant for it.
        execArgv: [],
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
