import { dirname, join } from 'node:path'
import { browserCandidates, hasDisplay, installedBrowser } from '../browser/installedBrowser.ts'
import { keepBrowserOpen } from '../browser/keptBrowser.ts'
import { openKioskBrowser } from '../browser/kioskBrowser.ts'
import { type LoopbackServer, startLoopbackServer } from '../browser/loopbackServer.ts'
import { PROGRAM_VERSION } from '../core/contract/version.ts'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import type { ShellView } from '../core/counter/shellView.ts'
import { childProcessSpawner } from '../counter/supervisor/childProcessSpawner.ts'
import { CounterSupervisor } from '../counter/supervisor/counterSupervisor.ts'
import { describeNote } from '../counter/supervisor/describeNote.ts'
import { systemClock, systemScheduler } from '../counter/system.ts'
import { say } from './say.ts'
import type { StartOptions } from './startOptions.ts'

/** A till's address that does not change lets the browser keep its language and theme. */
const USUAL_PORT = 4750

export interface BrowserShell {
  /** Where the screen is; each call gives a new one-time token and ends the one before. */
  newUrl(): string
  pids(): { readonly counter: number | undefined; readonly devices: number | undefined }
  counterAnswers(): boolean
  /** Whoever wants to know that a page is heard. */
  onAlive(listener: () => void): void
  stop(): Promise<void>
}

/** Runs counter and devices as child processes and serves the screen on loopback. `leave`: a manager ends the program. */
export async function startBrowserShell(
  root: string,
  start: CounterStart,
  shell: {
    readonly port: number | null
    readonly view: Pick<ShellView, 'kind' | 'kiosk'>
    readonly leave: () => void
  },
): Promise<BrowserShell> {
  const supervisor = new CounterSupervisor({
    spawner: childProcessSpawner(
      { counter: join(root, 'counter/main.ts'), devices: join(root, 'counter/devices/main.ts') },
      join(dirname(start.dataDir), 'compiled'),
    ),
    // A file only its user may read: a browser gives no way to the system's keystore.
    start: { ...start, shell: { ...shell.view, secrets: 'file', version: PROGRAM_VERSION } },
    clock: systemClock,
    scheduler: systemScheduler,
    note: (note) => say(describeNote(note)),
    leave: shell.leave,
  })
  const listeners: (() => void)[] = []
  const alive = () => {
    for (const listener of listeners) listener()
  }
  const server = await listen({ rendererDir: join(root, 'dist/renderer'), lines: supervisor, alive }, shell.port)
  supervisor.start()
  return {
    newUrl: () => server.newUrl(),
    pids: () => supervisor.pids(),
    counterAnswers: () => supervisor.isReady,
    onAlive: (listener) => void listeners.push(listener),
    async stop() {
      await server.close()
      await supervisor.stop()
    },
  }
}

async function listen(
  served: Omit<Parameters<typeof startLoopbackServer>[0], 'port'>,
  port: number | null,
): Promise<LoopbackServer> {
  if (port !== null) return startLoopbackServer({ ...served, port })
  try {
    return await startLoopbackServer({ ...served, port: USUAL_PORT })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return startLoopbackServer({ ...served, port: 0 })
  }
}

/** The browser that `openScreen` opens; null: none is wanted, none is here, or there is no display. */
function usableBrowser({ open }: Pick<StartOptions, 'open'>): string | null {
  if (!open || !hasDisplay(process.platform, process.env)) return null
  return installedBrowser(browserCandidates(process.platform, process.env))
}

export const opensBrowser = (options: Pick<StartOptions, 'open'>): boolean => usableBrowser(options) !== null

/**
 * Opens the screen in an installed Chromium, and again when that crashes, each time with a new token; where there is
 * none, or no display, prints the address.
 *
 * @param closed called when the person closes the window.
 * @returns how to end the browser.
 */
export function openScreen(shell: BrowserShell, options: StartOptions, closed: () => void): () => void {
  const executable = usableBrowser(options)
  if (executable === null) {
    say(`Tapcoupon is ready. Open this address, once, in Chromium, Chrome or Edge (Ctrl-C ends):\n${shell.newUrl()}`)
    return () => {}
  }
  const browser = keepBrowserOpen(
    {
      open: (ended) =>
        openKioskBrowser(
          shell.newUrl(),
          {
            executable,
            folder: join(options.dataDir, 'browser'),
            windowed: options.windowed,
            asRoot: process.getuid?.() === 0,
          },
          ended,
        ),
      kiosk: !options.windowed,
      counterAnswers: () => shell.counterAnswers(),
      clock: systemClock,
      scheduler: systemScheduler,
      note: say,
    },
    closed,
  )
  shell.onAlive(() => browser.alive())
  say(`Tapcoupon is open in ${executable}. Ctrl-C here ends it.`)
  return () => browser.stop()
}
