import { ALIVE, ALIVE_EVERY_MS } from '../core/counter/alive.ts'
import type { Channel } from '../core/ports/channel.ts'

/**
 * What every program beside a shell does, whichever the shell: it dies rather than run half broken when nobody handles a
 * rejection (Electron's utility processes would only warn), and says every two seconds that it is not stuck.
 */
export function liveBesideShell(name: string, channel: Channel): void {
  process.on('unhandledRejection', (reason) => {
    process.stderr.write(`${name}: ${reason instanceof Error ? reason.stack : 'unhandled rejection'}\n`)
    process.exit(1)
  })
  const saying = setInterval(() => channel.post(ALIVE), ALIVE_EVERY_MS).unref()
  channel.onClosed(() => clearInterval(saying))
}
