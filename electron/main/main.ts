import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, powerSaveBlocker, protocol, session, utilityProcess } from 'electron'
import { describeNote } from '../../counter/supervisor/describeNote.ts'
import { systemClock, systemScheduler } from '../../counter/system.ts'
import type { ElectronApis } from './electronApis.ts'
import { runShell } from './shell.ts'
import { takeSettings } from './shellSettings.ts'
import { utilityProcessSpawner } from './utilityProcessSpawner.ts'

/** Entry of the Electron shell; bundled to dist/electron/main.cjs beside its preload and its two programs. */
const say = (line: string) => process.stderr.write(`${line}\n`)

const settings = takeSettings(process.env)
if (settings.ok) {
  const electron: ElectronApis = {
    app,
    BrowserWindow,
    ipcMain,
    Menu,
    powerSaveBlocker,
    protocol,
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
  }).catch((error: unknown) => {
    say(`tapcoupon: ${error instanceof Error ? error.stack : 'unknown error'}`)
    app.exit(1)
  })
} else {
  say(`tapcoupon: ${settings.problem}`)
  app.exit(2)
}
