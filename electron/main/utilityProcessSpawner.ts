import { ChannelListeners } from '../../counter/channel/channelListeners.ts'
import { childEnvironment } from '../../counter/supervisor/childEnvironment.ts'
import type { ChildName, ProcessSpawner } from '../../counter/supervisor/processSpawner.ts'
import type { ElectronApis } from './electronApis.ts'

/**
 * Starts the processes as Electron utility processes. May be used once Electron is ready.
 *
 * @param entries absolute paths of the bundled programs.
 */
export function utilityProcessSpawner(
  { utilityProcess }: Pick<ElectronApis, 'utilityProcess'>,
  entries: Readonly<Record<ChildName, string>>,
  endNow: (pid: number) => void,
): ProcessSpawner {
  return {
    spawn(name) {
      const child = utilityProcess.fork(entries[name], [], {
        serviceName: `Tapcoupon ${name}`,
        env: childEnvironment(process.env),
        stdio: 'inherit',
      })
      const listeners = new ChannelListeners()
      let gone = false
      child.on('message', (message: unknown) => listeners.message(message))
      child.once('exit', () => {
        gone = true
        listeners.closed()
      })
      return {
        get pid() {
          return child.pid
        },
        channel: {
          post(message) {
            if (!gone) child.postMessage(message)
          },
          onMessage: (listener) => listeners.onMessage(listener),
          onClosed: (listener) => listeners.onClosed(listener),
          close: () => listeners.closed(),
        },
        onExit: (listener) => {
          child.once('exit', (code) => listener(code))
        },
        kill() {
          // Electron's own kill asks (SIGTERM); what hangs in native code does not hear it.
          if (child.pid !== undefined && !gone) endNow(child.pid)
        },
      }
    },
  }
}
