import type { BrowserWindow } from 'electron'
import type { Clock } from '../../core/ports/clock.ts'
import { APP_PAGE } from './appProtocol.ts'
import type { ElectronApis } from './electronApis.ts'
import { spendReload } from './reloadBudget.ts'

export interface KioskWindowOptions {
  readonly preload: string
  readonly windowed: boolean
  readonly clock: Clock
  /** The page keeps crashing: told once, with what Electron calls the reason. */
  readonly beyondRecovery: (reason: string) => void
}

/** Opens the one window: sandboxed, isolated, without any of Node, over the whole screen unless `windowed`. */
export function openKioskWindow(
  { BrowserWindow }: Pick<ElectronApis, 'BrowserWindow'>,
  options: KioskWindowOptions,
): BrowserWindow {
  const window = new BrowserWindow({
    kiosk: !options.windowed,
    width: 1280,
    height: 800,
    show: false,
    title: 'Tapcoupon',
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.windowed,
      // A till that waits in the background must still show the next customer at once.
      backgroundThrottling: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  recover(window, options)
  void window.loadURL(APP_PAGE)
  return window
}

function recover(window: BrowserWindow, { clock, beyondRecovery }: KioskWindowOptions): void {
  const contents = window.webContents
  let reloads: readonly number[] = []
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    const spent = spendReload(reloads, clock.monotonic())
    reloads = spent.times
    if (spent.allowed) contents.reload()
    else beyondRecovery(details.reason)
  })
  // A page that hangs is ended; that it is gone then brings it back, on the same budget.
  window.on('unresponsive', () => contents.forcefullyCrashRenderer())
  contents.on('did-finish-load', () => {
    void contents.setVisualZoomLevelLimits(1, 1)
  })
}
