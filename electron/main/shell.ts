import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { CounterSupervisor, type SupervisorNote } from '../../counter/supervisor/counterSupervisor.ts'
import type { ProcessSpawner } from '../../counter/supervisor/processSpawner.ts'
import { declareAppScheme, serveApp } from './appProtocol.ts'
import type { ElectronApis } from './electronApis.ts'
import { openKioskWindow } from './kioskWindow.ts'
import { lockContents, lockSession } from './lockdown.ts'
import { openScreenGate } from './screenGate.ts'
import type { ShellSettings } from './shellSettings.ts'

export interface ShellParts {
  readonly settings: ShellSettings
  readonly spawner: ProcessSpawner
  readonly rendererDir: string
  readonly preload: string
  /** Electron's own profile; the single-instance lock lives in it, so that two counters may run with two folders. */
  readonly profileDir: string
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly note: (note: SupervisorNote) => void
}

/**
 * Runs the Electron shell: one locked window on the counter's screen, and the two processes beside it. A second
 * instance on the same folder ends at once and the first comes to the front. Ends with code 1 when the page keeps
 * crashing, for systemd to start it again.
 */
export async function runShell(electron: ElectronApis, parts: ShellParts): Promise<void> {
  const { app } = electron
  app.enableSandbox()
  app.setPath('userData', parts.profileDir)
  declareAppScheme(electron.protocol)
  if (!app.requestSingleInstanceLock()) {
    app.exit(0)
    return
  }
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  await app.whenReady()

  electron.Menu.setApplicationMenu(null)
  lockSession(electron.session.defaultSession)
  serveApp(electron.protocol, parts.rendererDir)
  electron.powerSaveBlocker.start('prevent-display-sleep')

  const supervisor = new CounterSupervisor({
    spawner: parts.spawner,
    start: { type: 'start', ...parts.settings.counter },
    clock: parts.clock,
    scheduler: parts.scheduler,
    note: parts.note,
  })
  let ending = false
  const end = async (code: number) => {
    if (ending) return
    ending = true
    await supervisor.stop()
    app.exit(code)
  }
  app.on('before-quit', (event) => {
    event.preventDefault()
    void end(0)
  })
  app.on('window-all-closed', () => void end(0))

  supervisor.start()
  const window = openKioskWindow(electron, {
    preload: parts.preload,
    windowed: parts.settings.windowed,
    clock: parts.clock,
    beyondRecovery: () => void end(1),
  })
  openScreenGate(electron.ipcMain, window.webContents, supervisor)
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}
