import { spawn } from 'node:child_process'
import type { Scheduler } from '../../core/ports/scheduler.ts'

/** Told to the service manager; a shell that nothing supervises says it to nobody. */
export interface ServiceNotifier {
  /** The screen shows what it should; said once, whatever is called how often. */
  ready(): void
  stopping(): void
  /** How often `beat` is wanted, milliseconds; null: never. */
  readonly beatEveryMs: number | null
  /** This program takes its turns. */
  beat(): void
}

type Run = (args: readonly string[]) => void

/**
 * Speaks to systemd by its own `systemd-notify` (sd_notify(3) needs a datagram socket, which Node has not): the unit has
 * `Type=notify` and `NotifyAccess=all`. Takes its variables out of `env`, so that no child speaks in our name.
 */
export function serviceNotifier(env: NodeJS.ProcessEnv, run: Run | null = null): ServiceNotifier {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdog } = env
  delete env.NOTIFY_SOCKET
  delete env.WATCHDOG_USEC
  delete env.WATCHDOG_PID
  const microseconds = Number(watchdog)
  const notify = socket === undefined ? () => {} : (run ?? notifyBy(env, socket))
  let isReady = false
  return {
    ready() {
      if (isReady) return
      isReady = true
      notify(['--ready', '--status=The screen is up'])
    },
    stopping: () => notify(['STOPPING=1']),
    // sd_watchdog_enabled(3) asks for half of the time; a third leaves room for a slow machine.
    beatEveryMs: socket !== undefined && microseconds > 0 ? Math.max(1, Math.floor(microseconds / 3_000)) : null,
    beat: () => notify(['WATCHDOG=1']),
  }
}

/** Tells the service manager, as often as it wants to hear it, that this process takes its turns. */
export function keepBeating(service: ServiceNotifier, scheduler: Scheduler): void {
  const { beatEveryMs } = service
  if (beatEveryMs === null) return
  scheduler.after(beatEveryMs, () => {
    service.beat()
    keepBeating(service, scheduler)
  })
}

function notifyBy(env: NodeJS.ProcessEnv, socket: string): Run {
  return (args) => {
    const child = spawn('systemd-notify', args, { env: { PATH: env.PATH, NOTIFY_SOCKET: socket }, stdio: 'ignore' })
    // systemd that set the socket has the program; if not, the unit's start times out, which says so.
    child.on('error', () => {})
    child.unref()
  }
}
