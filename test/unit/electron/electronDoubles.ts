import { EventEmitter } from 'node:events'
import type { IpcMainEvent, WebContents } from 'electron'
import type { ElectronApis } from '../../../electron/main/electronApis.ts'

/** An event whose default can be prevented. */
export class PreventableEvent {
  prevented = false

  constructor(fields: object = {}) {
    Object.assign(this, fields)
  }

  preventDefault(): void {
    this.prevented = true
  }
}

/** The page of the window: remembers what it was told. */
export class DoubleContents extends EventEmitter {
  readonly mainFrame = { parent: null, origin: 'app://tapcoupon' }
  readonly sent: [string, unknown][] = []
  windowOpenHandler: (() => { action: string }) | null = null
  reloads = 0
  crashes = 0
  destroyed = false

  send(channel: string, message: unknown): void {
    this.sent.push([channel, message])
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.windowOpenHandler = handler
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  reload(): void {
    this.reloads += 1
  }
  forcefullyCrashRenderer(): void {
    this.crashes += 1
  }
  readonly zoom: unknown[] = []
  async setVisualZoomLevelLimits(...limits: number[]): Promise<void> {
    this.zoom.push(limits)
  }
  setZoomFactor(factor: number): void {
    this.zoom.push(factor)
  }
  ignoresMenuShortcuts = false
  setIgnoreMenuShortcuts(ignores: boolean): void {
    this.ignoresMenuShortcuts = ignores
  }

  /** Itself, as the code under test knows it. */
  get asContents(): WebContents {
    return this as unknown as WebContents
  }

  /** An IPC event as this page's main frame sends it. */
  event(changes: object = {}): IpcMainEvent {
    return { sender: this, senderFrame: this.mainFrame, ...changes } as unknown as IpcMainEvent
  }
}

export class DoubleWindow extends EventEmitter {
  static last: DoubleWindow | null = null
  readonly webContents = new DoubleContents()
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> }
  readonly loaded: string[] = []
  focused = 0
  shown = 0

  constructor(options: DoubleWindow['options']) {
    super()
    this.options = options
    DoubleWindow.last = this
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
  }
  show(): void {
    this.shown += 1
  }
  focus(): void {
    this.focused += 1
  }
  isMinimized(): boolean {
    return false
  }
  restored = 0
  restore(): void {
    this.restored += 1
  }
  readonly kiosk: boolean[] = []
  setKiosk(kiosk: boolean): void {
    this.kiosk.push(kiosk)
  }
  isDestroyed(): boolean {
    return false
  }
}

export class DoubleApp extends EventEmitter {
  readonly log: string[]
  first = true
  exitCode: number | null = null

  constructor(log: string[]) {
    super()
    this.log = log
  }
  enableSandbox(): void {
    this.log.push('sandbox')
  }
  setPath(name: string, path: string): void {
    this.log.push(`path ${name} ${path}`)
  }
  requestSingleInstanceLock(): boolean {
    this.log.push('lock')
    return this.first
  }
  async whenReady(): Promise<void> {
    this.log.push('ready')
  }
  exit(code: number): void {
    this.exitCode = code
  }
  getVersion(): string {
    return '1.2.3'
  }
}

export class DoubleSession extends EventEmitter {
  readonly handlers: Record<string, (...given: never[]) => unknown> = {}
  readonly webRequest = {
    onBeforeRequest: (handler: (...given: never[]) => unknown) => {
      this.handlers.request = handler
    },
  }
  setPermissionRequestHandler(handler: (...given: never[]) => unknown): void {
    this.handlers.permission = handler
  }
  setPermissionCheckHandler(handler: (...given: never[]) => unknown): void {
    this.handlers.check = handler
  }
  setDevicePermissionHandler(handler: (...given: never[]) => unknown): void {
    this.handlers.device = handler
  }
  setDisplayMediaRequestHandler(handler: (...given: never[]) => unknown): void {
    this.handlers.display = handler
  }
}

/** A keystore that seals by writing backwards. */
export class DoubleSafeStorage {
  available = true
  backend = 'gnome_libsecret'
  shouldReEncrypt = false
  sealed = 0

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.available
  }
  getSelectedStorageBackend(): string {
    return this.backend
  }
  async encryptStringAsync(text: string): Promise<Buffer> {
    this.sealed += 1
    return Buffer.from(`sealed:${[...text].reverse().join('')}`)
  }
  async decryptStringAsync(bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const [mark, text = ''] = bytes.toString('utf8').split(':')
    if (mark !== 'sealed') throw new Error('not sealed by this keystore')
    return { result: [...text].reverse().join(''), shouldReEncrypt: this.shouldReEncrypt }
  }
}

/** A small Electron: only what the shell uses, all of it visible to a test. */
export function doubleElectron() {
  const log: string[] = []
  const app = new DoubleApp(log)
  const session = new DoubleSession()
  const ipcMain = new EventEmitter()
  const safeStorage = new DoubleSafeStorage()
  const served: Record<string, (request: Request) => Promise<Response>> = {}
  const apis = {
    app,
    BrowserWindow: DoubleWindow,
    ipcMain,
    Menu: { setApplicationMenu: (menu: unknown) => log.push(`menu ${String(menu)}`) },
    powerSaveBlocker: { start: (kind: string) => log.push(`power ${kind}`) },
    protocol: {
      registerSchemesAsPrivileged: () => log.push('scheme'),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
        served[scheme] = handler
      },
    },
    safeStorage,
    session: { defaultSession: session },
    utilityProcess: {},
  }
  return { apis: apis as unknown as ElectronApis, app, session, ipcMain, safeStorage, served, log }
}
