import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { CounterSupervisor, type SupervisorNote } from '../../counter/supervisor/counterSupervisor.ts'
import { SHELL_EXIT } from '../../counter/supervisor/exitCodes.ts'
import type { ProcessSpawner } from '../../counter/supervisor/processSpawner.ts'
import { keepBeating, type ServiceNotifier } from '../../counter/supervisor/serviceNotifier.ts'
import { declareAppScheme, serveApp } from './appProtocol.ts'
import type { ElectronApis } from './electronApis.ts'
import { openKioskWindow } from './kioskWindow.ts'
import { lockContents, lockSession } from './lockdown.ts'
import { openScreenGate } from './screenGate.ts'
import { secretsKey } from './secretsKey.ts'
import type { ShellSettings } from './shellSettings.ts'
import type { Updates } from './updates.ts'

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
  /** One line for the log. */
  readonly say: (line: string) => void
  readonly service: ServiceNotifier
  /** null: this copy does not update itself. */
  readonly updates: Updates | null
}

/**
 * Runs the Electron shell: one locked window on the counter's screen, and the two processes beside it. A second
 * instance on the same folder ends at once, before anything is opened, and the first comes to the front. Ends with code 1
 * when the page keeps crashing, for systemd to start it again, and with 40 when a manager ends it.
 */
export async function runShell(electron: ElectronApis, parts: ShellParts): Promise<void> {
  const { app } = electron
  const { scheduler, service, settings, updates } = parts
  app.enableSandbox()
  app.setPath('userData', parts.profileDir)
  declareAppScheme(electron.protocol)
  if (!app.requestSingleInstanceLock()) {
    app.exit(SHELL_EXIT.ended)
    return
  }
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  await app.whenReady()

  electron.Menu.setApplicationMenu(null)
  lockSession(electron.session.defaultSession, settings.windowed)
  serveApp(electron.protocol, parts.rendererDir)
  electron.powerSaveBlocker.start('prevent-display-sleep')
  app.on('child-process-gone', (_event, { type, reason }) => {
    // Chromium starts its own again; our two are the supervisor's.
    if (type !== 'Utility') parts.say(`tapcoupon: Chromium's ${type} process is gone: ${reason}`)
  })

  const key = await secretsKey(electron.safeStorage, settings.counter.dataDir, process.platform)
  let ending = false
  /** `install` quits by itself, once the installer runs. */
  const end = async (code: number, install: (() => void) | null = null) => {
    if (ending) return
    ending = true
    service.stopping()
    await supervisor.stop()
    if (install === null) app.exit(code)
    else install()
  }
  const supervisor = new CounterSupervisor({
    spawner: parts.spawner,
    start: {
      type: 'start',
      ...settings.counter,
      ...(key === null ? {} : { secretsKey: key }),
      shell: {
        kind: 'electron',
        kiosk: !settings.windowed,
        secrets: key === null ? 'file' : 'keystore',
        version: app.getVersion(),
      },
    },
    clock: parts.clock,
    scheduler,
    note: parts.note,
    leave: () => void end(SHELL_EXIT.left),
    occupied: (occupied) => updates?.occupied(occupied),
  })
  app.on('before-quit', (event) => {
    if (ending) return
    event.preventDefault()
    void end(SHELL_EXIT.ended)
  })
  app.on('window-all-closed', () => void end(SHELL_EXIT.ended))

  supervisor.start()
  const { window, alive } = openKioskWindow(electron, {
    preload: parts.preload,
    windowed: settings.windowed,
    clock: parts.clock,
    scheduler,
    isEnding: () => ending,
    beyondRecovery: () => void end(SHELL_EXIT.crashed),
    note: parts.say,
  })
  openScreenGate(electron.ipcMain, window.webContents, supervisor, () => {
    alive()
    service.ready()
  })
  keepBeating(service, scheduler)
  updates?.begin((install) => end(SHELL_EXIT.ended, install))
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}
