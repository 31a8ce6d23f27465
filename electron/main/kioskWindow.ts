import type { BrowserWindow } from 'electron'
import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { SilenceWatch } from '../../counter/supervisor/silenceWatch.ts'
import { APP_PAGE } from './appProtocol.ts'
import type { ElectronApis } from './electronApis.ts'
import { spendReload } from './reloadBudget.ts'

/** A page that could not be loaded is tried again after this long. */
const LOAD_AGAIN_MS = 1_000
/** Chromium's ERR_ABORTED: another load took its place. */
const ABORTED = -3

export interface KioskWindowOptions {
  readonly preload: string
  readonly windowed: boolean
  readonly clock: Clock
  readonly scheduler: Scheduler
  /** Whether the program ends, so that the window may close. */
  readonly isEnding: () => boolean
  /** The page keeps crashing: told once, with what Electron calls the reason. */
  readonly beyondRecovery: (reason: string) => void
  /** One line for the log. */
  readonly note: (line: string) => void
}

/** The one window; `alive` whenever its page is heard. */
export interface KioskWindow {
  readonly window: BrowserWindow
  alive(): void
}

/** Opens the one window: sandboxed, isolated, without any of Node, over the whole screen unless `windowed`. */
export function openKioskWindow(
  { BrowserWindow }: Pick<ElectronApis, 'BrowserWindow'>,
  options: KioskWindowOptions,
): KioskWindow {
  const window = new BrowserWindow({
    kiosk: !options.windowed,
    width: 1280,
    height: 800,
    show: false,
    title: 'Tapcoupon',
    autoHideMenuBar: true,
    minimizable: options.windowed,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // alert() and its kin would stand over a card that arrives.
      disableDialogs: true,
      autoplayPolicy: 'no-user-gesture-required',
      devTools: options.windowed,
      // A till that waits in the background must still show the next customer, and be heard, at once.
      backgroundThrottling: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  if (!options.windowed) stayOpen(window, options)
  const alive = recover(window, options)
  void window.loadURL(APP_PAGE).catch(() => {})
  return { window, alive }
}

/** Nothing that the window manager or a key does to it takes the kiosk away. */
function stayOpen(window: BrowserWindow, { isEnding }: KioskWindowOptions): void {
  window.on('close', (event) => {
    if (!isEnding()) event.preventDefault()
  })
  window.on('leave-full-screen', () => {
    if (!isEnding()) window.setKiosk(true)
  })
  window.on('minimize', () => window.restore())
}

function recover(window: BrowserWindow, options: KioskWindowOptions): () => void {
  const { clock, scheduler, beyondRecovery, note } = options
  const contents = window.webContents
  let reloads: readonly number[] = []
  let given = false

  const loadAgain = (reason: string, load: () => void) => {
    if (given || options.isEnding()) return
    const spent = spendReload(reloads, clock.monotonic())
    reloads = spent.times
    note(`tapcoupon: the page ${spent.allowed ? 'is loaded again' : 'is given up'}: ${reason}`)
    if (spent.allowed) return load()
    given = true
    watch.end()
    beyondRecovery(reason)
  }
  // A page that hangs is ended; that it is gone then brings it back, on the same budget.
  const watch = new SilenceWatch(scheduler, () => {
    note('tapcoupon: the page has not been heard for half a minute; ending it')
    contents.forcefullyCrashRenderer()
  })
  watch.begin()

  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    loadAgain(reason, () => {
      watch.begin()
      contents.reload()
    })
  })
  contents.on('did-fail-load', (_event, code, description, _address, isMainFrame) => {
    if (!isMainFrame || code === ABORTED) return
    loadAgain(description, () => {
      scheduler.after(LOAD_AGAIN_MS, () => {
        if (!window.isDestroyed()) void window.loadURL(APP_PAGE).catch(() => {})
      })
    })
  })
  contents.on('preload-error', (_event, _path, error) => note(`tapcoupon: the preload failed: ${error.message}`))
  window.on('unresponsive', () => contents.forcefullyCrashRenderer())
  window.once('closed', () => watch.end())
  contents.on('did-finish-load', () => {
    void contents.setVisualZoomLevelLimits(1, 1)
    contents.setZoomFactor(1)
  })
  return () => watch.heard()
}
