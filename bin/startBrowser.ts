import { join } from 'node:path'
import { browserCandidates, hasDisplay, installedBrowser } from '../browser/installedBrowser.ts'
import { openKioskBrowser } from '../browser/kioskBrowser.ts'
import { type LoopbackServer, startLoopbackServer } from '../browser/loopbackServer.ts'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import { childProcessSpawner } from '../counter/supervisor/childProcessSpawner.ts'
import { CounterSupervisor } from '../counter/supervisor/counterSupervisor.ts'
import { describeNote } from '../counter/supervisor/describeNote.ts'
import { DEFAULT_RESTART_POLICY, NO_FAILURES, nextRestart } from '../counter/supervisor/restartBackoff.ts'
import { systemClock, systemScheduler } from '../counter/system.ts'
import { say } from './say.ts'
import type { StartOptions } from './startOptions.ts'

/** A till's address that does not change lets the browser keep its language and theme. */
const USUAL_PORT = 4750

export interface BrowserShell {
  /** Where the screen is; each call gives a new one-time token and ends the one before. */
  newUrl(): string
  pids(): { readonly counter: number | undefined; readonly devices: number | undefined }
  stop(): Promise<void>
}

/** Runs counter and devices as child processes and serves the screen on loopback. */
export async function startBrowserShell(root: string, start: CounterStart, port: number | null): Promise<BrowserShell> {
  const supervisor = new CounterSupervisor({
    spawner: childProcessSpawner({
      counter: join(root, 'counter/main.ts'),
      devices: join(root, 'counter/devices/main.ts'),
    }),
    start,
    clock: systemClock,
    scheduler: systemScheduler,
    note: (note) => say(describeNote(note)),
  })
  const server = await listen(root, supervisor, port)
  supervisor.start()
  return {
    newUrl: () => server.newUrl(),
    pids: () => supervisor.pids(),
    async stop() {
      await server.close()
      await supervisor.stop()
    },
  }
}

async function listen(root: string, lines: CounterSupervisor, port: number | null): Promise<LoopbackServer> {
  const rendererDir = join(root, 'dist/renderer')
  if (port !== null) return startLoopbackServer({ port, rendererDir, lines })
  try {
    return await startLoopbackServer({ port: USUAL_PORT, rendererDir, lines })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return startLoopbackServer({ port: 0, rendererDir, lines })
  }
}

/**
 * Opens the screen in an installed Chromium, and again when that crashes, each time with a new token; where there is
 * none, or no display, prints the address.
 *
 * @param closed called when the person closes the window.
 * @returns how to end the browser.
 */
export function openScreen(shell: BrowserShell, options: StartOptions, closed: () => void): () => void {
  const executable = installedBrowser(browserCandidates(process.platform, process.env))
  const canOpen = options.open && executable !== null && hasDisplay(process.platform, process.env)
  if (!canOpen) {
    say(`Tapcoupon is ready. Open this address, once, in Chromium, Chrome or Edge (Ctrl-C ends):\n${shell.newUrl()}`)
    return () => {}
  }
  let history = NO_FAILURES
  let ending = false
  let stop = () => {}
  const open = () => {
    const startedAt = performance.now()
    const browser = openKioskBrowser(
      shell.newUrl(),
      {
        executable,
        folder: join(options.dataDir, 'browser'),
        windowed: options.windowed,
        asRoot: process.getuid?.() === 0,
      },
      (how) => {
        if (ending || how === 'handed_over') return
        if (how === 'closed') {
          closed()
          return
        }
        const next = nextRestart(history, performance.now() - startedAt, DEFAULT_RESTART_POLICY)
        history = next.history
        say(`tapcoupon: the browser crashed; opening it again in ${next.delayMs} ms`)
        const timer = setTimeout(open, next.delayMs)
        stop = () => clearTimeout(timer)
      },
    )
    stop = () => browser.kill('SIGTERM')
  }
  open()
  say(`Tapcoupon is open in ${executable}. Ctrl-C here ends it.`)
  return () => {
    ending = true
    stop()
  }
}
