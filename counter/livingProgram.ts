import { flushCompileCache } from 'node:module'
import { ALIVE, ALIVE_EVERY_MS } from '../core/counter/alive.ts'
import type { Channel } from '../core/ports/channel.ts'

/** By then whatever a start needs has run. */
const COMPILED_AFTER_MS = 10_000

/**
 * What every program beside a shell does, whichever the shell: it dies rather than run half broken when nobody handles a
 * rejection (Electron's utility processes would only warn), and says every two seconds that it is not stuck.
 */
export function liveBesideShell(name: string, channel: Channel): void {
  process.on('unhandledRejection', (reason) => {
    process.stderr.write(`${name}: ${reason instanceof Error ? reason.stack : 'unhandled rejection'}\n`)
    process.exit(1)
  })
  // It may be killed before it could end.
  setTimeout(flushCompileCache, COMPILED_AFTER_MS).unref()
  const saying = setInterval(() => channel.post(ALIVE), ALIVE_EVERY_MS).unref()
  channel.onClosed(() => clearInterval(saying))
}
