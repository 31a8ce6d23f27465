import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron'
import { autoUpdater } from 'electron-updater'
import { describeNote } from '../../counter/supervisor/describeNote.ts'
import { SHELL_EXIT } from '../../counter/supervisor/exitCodes.ts'
import { serviceNotifier } from '../../counter/supervisor/serviceNotifier.ts'
import { systemClock, systemScheduler } from '../../counter/system.ts'
import type { ElectronApis } from './electronApis.ts'
import { runShell } from './shell.ts'
import { type ShellSettings, takeSettings } from './shellSettings.ts'
import { keepUpToDate, type Updates } from './updates.ts'
import { utilityProcessSpawner } from './utilityProcessSpawner.ts'

/** Entry of the Electron shell; bundled to dist/electron/main.cjs beside its preload and its two programs. */
const say = (line: string) => process.stderr.write(`${line}\n`)

// Whatever is broken here is not known to leave a locked, working screen: the service manager starts another.
process.on('unhandledRejection', (reason) => fail(reason))
process.on('uncaughtException', (error) => fail(error))

function fail(reason: unknown): void {
  say(`tapcoupon: ${reason instanceof Error ? reason.stack : 'unknown error'}`)
  app.exit(SHELL_EXIT.crashed)
}

const service = serviceNotifier(process.env)
const settings = takeSettings(process.env, join(app.getPath('appData'), 'tapcoupon'))
if (settings.ok) {
  const electron: ElectronApis = {
    app,
    BrowserWindow,
    ipcMain,
    Menu,
    powerSaveBlocker,
    protocol,
    safeStorage,
    session,
    utilityProcess,
  }
  const entries = { counter: join(__dirname, 'counter.mjs'), devices: join(__dirname, 'devices.mjs') }
  runShell(electron, {
    settings: settings.value,
    spawner: utilityProcessSpawner(electron, entries, (pid) => process.kill(pid, 'SIGKILL')),
    rendererDir: join(__dirname, '..', 'renderer'),
    preload: join(__dirname, 'preload.cjs'),
    profileDir: join(settings.value.counter.dataDir, 'electron'),
    clock: systemClock,
    scheduler: systemScheduler,
    note: (note) => say(describeNote(note)),
    say,
    service,
    updates: updatesOf(settings.value),
  }).catch(fail)
} else {
  say(`tapcoupon: ${settings.problem}`)
  // A person who started it from a menu reads no log.
  if (app.isPackaged) dialog.showErrorBox('Tapcoupon', settings.problem)
  app.exit(SHELL_EXIT.misconfigured)
}

/** An installed copy that was built with an address for updates renews itself. */
function updatesOf({ updates: window }: ShellSettings): Updates | null {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return null
  const minute = () => {
    const now = new Date()
    return now.getHours() * 60 + now.getMinutes()
  }
  return keepUpToDate(autoUpdater, { window, clock: systemClock, scheduler: systemScheduler, minute, say })
}
