import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CounterStart } from '../core/counter/shellProtocol.ts'
import { isEnrolledFile } from '../counter/station/stationFile.ts'
import { SHELL_EXIT } from '../counter/supervisor/exitCodes.ts'
import { keepBeating, serviceNotifier } from '../counter/supervisor/serviceNotifier.ts'
import { systemScheduler } from '../counter/system.ts'
import { type BuildName, buildFiles, isFresh } from './builtFiles.ts'
import { electronBinary, fetchElectron } from './electronBinary.ts'
import { announceStation, type EmbeddedServer, startEmbeddedServer } from './embeddedServer.ts'
import { claimFolder } from './runningLock.ts'
import { say } from './say.ts'
import { openScreen, opensBrowser, startBrowserShell } from './startBrowser.ts'
import { startElectronShell } from './startElectron.ts'
import { parseStartOptions, type ShellName, type StartOptions, USAGE } from './startOptions.ts'

/** `npm start`: the counter on this machine, with a server of its own unless one is named. */
const root = resolve(import.meta.dirname, '..')

const parsed = parseStartOptions(process.argv.slice(2), root)
if (!parsed.ok) {
  say(`tapcoupon: ${parsed.problem} (npm start -- --help lists the options)`)
  process.exitCode = 2
} else if (parsed.value === 'help') {
  process.stdout.write(`${USAGE}\n`)
} else {
  await run(parsed.value)
}

async function run(options: StartOptions): Promise<void> {
  const claim = dataFolder(options.dataDir)
  if (claim === null) {
    process.exitCode = 1
    return
  }
  if (!claim.ok) {
    say(`tapcoupon: already running here as process ${claim.pid}; if that is another program, delete ${claim.file}`)
    process.exitCode = 1
    return
  }
  // What was started, ended in the reverse order.
  const started: (() => void | Promise<void>)[] = [claim.value.release]
  let ending = false
  const end = async (code: number) => {
    if (ending) return
    ending = true
    for (const stop of started.reverse()) await stop()
    process.exit(code)
  }
  endWithNpm(() => void end(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

  try {
    const shell = await chooseShell(options.shell)
    await makeFresh('renderer')
    if (shell.name === 'electron') await makeFresh('electron')
    const embedded = options.server === null && !options.firstRun
    if (embedded && options.registration) await makeFresh('my')
    const server = embedded ? await startEmbeddedServer(root, join(options.dataDir, 'server.db')) : null
    if (server !== null) started.push(server.stop)
    const start = await counterStart(options, server)
    if (shell.name === 'electron') {
      const { windowed } = options
      started.push(startElectronShell(root, shell.binary, { start, windowed }, (code) => void end(code)))
      say('Tapcoupon is open in Electron. Ctrl-C here ends it.')
      return
    }
    // Electron speaks for itself.
    const service = serviceNotifier(process.env)
    const browserShell = await startBrowserShell(root, start, {
      port: options.port,
      view: { kind: shell.name, kiosk: shell.name === 'browser' && opensBrowser(options) && !options.windowed },
      leave: () => void end(SHELL_EXIT.left),
    })
    started.push(browserShell.stop, service.stopping)
    keepBeating(service, systemScheduler)
    if (shell.name === 'browser') {
      browserShell.onAlive(service.ready)
      started.push(openScreen(browserShell, options, () => void end(SHELL_EXIT.ended)))
      return
    }
    service.ready()
    const line = { url: browserShell.newUrl(), pid: process.pid, server: start.serverUrl ?? null }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  } catch (error) {
    say(`tapcoupon: ${error instanceof Error ? error.message : String(error)}`)
    await end(1)
  }
}

/** Makes and claims the data folder; null, having said why, when the disk does not let us. */
function dataFolder(path: string): ReturnType<typeof claimFolder> | null {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return claimFolder(path)
  } catch (error) {
    say(`tapcoupon: the data folder cannot be used: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

/** npm does not pass a signal on through its shell: when the shell that runs this for npm is gone, so is the reason for it. */
function endWithNpm(end: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) end()
  }, 500)
  watch.unref()
}

type ChosenShell = { readonly name: 'electron'; readonly binary: string } | { readonly name: 'browser' | 'none' }

/** The shell that was asked for; unasked, Electron where its program is there or can be fetched, else the browser. */
async function chooseShell(asked: ShellName | null): Promise<ChosenShell> {
  if (asked === 'browser' || asked === 'none') return { name: asked }
  let binary = electronBinary(root, process.env)
  if (binary === null) {
    say("Fetching Electron's program, once (about 110 MB)…")
    if (await fetchElectron(root)) binary = electronBinary(root, process.env)
  }
  if (binary !== null) return { name: 'electron', binary }
  if (asked === 'electron') throw new Error("Electron's program cannot be fetched here; use --shell browser")
  say("Electron's program cannot be fetched here: using the browser shell instead.")
  return { name: 'browser' }
}

async function makeFresh(name: BuildName): Promise<void> {
  if (isFresh(root, name)) return
  say(name === 'electron' ? 'Building the Electron shell, once…' : 'Building the screens, once…')
  await buildFiles(root, name)
}

/** What the counter is started with; a counter that has no station yet gets a one-time code of the embedded server. */
async function counterStart(options: StartOptions, server: EmbeddedServer | null): Promise<CounterStart> {
  const dataDir = join(options.dataDir, 'counter')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const serverUrl = server?.line.url ?? options.server
  const enrolCode =
    options.enrolCode ??
    (server !== null && !isEnrolledFile(dataDir)
      ? await announceStation(server.line, options.registration ? 'registration' : 'counter')
      : null)
  return {
    type: 'start',
    ...(serverUrl === null ? {} : { serverUrl }),
    dataDir,
    simulator: options.simulator,
    ...(enrolCode === null ? {} : { enrolCode }),
    ...(options.posPort === undefined ? {} : { posPort: options.posPort }),
    devicesConfiguration: {
      pcsc: options.devices,
      hid: options.devices,
      wedge: true,
      simulated: options.simulator,
      serial: [...options.serial],
      ...(options.printer === null ? {} : { printer: options.printer }),
    },
  }
}
