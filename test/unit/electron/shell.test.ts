import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { IPC } from '../../../electron/ipcChannels.ts'
import { runShell } from '../../../electron/main/shell.ts'
import type { ShellSettings } from '../../../electron/main/shellSettings.ts'
import { NIGHT, type Updates } from '../../../electron/main/updates.ts'
import { ManualTime, PlayedSpawner } from '../counter/supervisor/supervisorDoubles.ts'
import { DoubleContents, DoubleWindow, doubleElectron, PreventableEvent } from './electronDoubles.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'tapcoupon-shell-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

const settings: ShellSettings = {
  counter: {
    serverUrl: 'http://127.0.0.1:1',
    dataDir,
    simulator: false,
    devicesConfiguration: { pcsc: true, hid: true, wedge: true, simulated: false, serial: [] },
  },
  windowed: false,
  updates: NIGHT,
}

async function shell(changes: { first?: boolean; windowed?: boolean; backend?: string } = {}) {
  const electron = doubleElectron()
  electron.safeStorage.backend = changes.backend ?? 'gnome_libsecret'
  electron.app.first = changes.first ?? true
  DoubleWindow.last = null
  const time = new ManualTime()
  const spawner = new PlayedSpawner()
  const said: string[] = []
  const service = { ready: vi.fn(), stopping: vi.fn(), beatEveryMs: 20_000, beat: vi.fn() }
  const updates = { occupied: vi.fn(), begin: vi.fn<Updates['begin']>() }
  await runShell(electron.apis, {
    settings: { ...settings, windowed: changes.windowed ?? false },
    spawner,
    rendererDir: '/renderer',
    preload: '/preload.cjs',
    profileDir: '/profile',
    clock: time,
    scheduler: time,
    note: () => {},
    say: (line) => said.push(line),
    service,
    updates,
  })
  return { ...electron, time, spawner, said, service, updates, window: DoubleWindow.last as DoubleWindow | null }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the Electron shell', () => {
  it('sandboxes, claims its folder and names its scheme before Electron is ready', async () => {
    const { log } = await shell()
    expect(log.slice(0, 5)).toEqual(['sandbox', 'path userData /profile', 'scheme', 'lock', 'ready'])
    expect(log).toContain('menu null')
    expect(log).toContain('power prevent-display-sleep')
  })

  it('ends at once where another instance runs, and starts nothing', async () => {
    const { app, spawner, window, log } = await shell({ first: false })
    expect(app.exitCode).toBe(0)
    expect(spawner.started).toEqual([])
    expect(window).toBeNull()
    expect(log).not.toContain('ready')
  })

  it('opens one isolated, sandboxed kiosk window on its own page', async () => {
    const { window } = await shell()
    expect(window?.options.kiosk).toBe(true)
    expect(window?.options.webPreferences).toMatchObject({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
    })
    expect(window?.loaded).toEqual(['app://tapcoupon/'])
  })

  it('has developer tools only in a window', async () => {
    const { window } = await shell({ windowed: true })
    expect(window?.options.kiosk).toBe(false)
    expect(window?.options.webPreferences.devTools).toBe(true)
  })

  it('starts counter and devices', async () => {
    const { spawner } = await shell()
    expect(spawner.started.map(({ name }) => name)).toEqual(['counter', 'devices'])
    expect(spawner.newest('counter').received).toEqual([
      {
        type: 'start',
        ...settings.counter,
        secretsKey: expect.stringMatching(/^[\w-]{43}$/),
        shell: { kind: 'electron', kiosk: true, secrets: 'keystore', version: '1.2.3' },
      },
    ])
  })

  it('says that secrets are in a file where there is no keystore', async () => {
    const { spawner } = await shell({ backend: 'basic_text' })
    const [start] = spawner.newest('counter').received as [{ secretsKey?: string; shell: { secrets: string } }]
    expect(start.secretsKey).toBeUndefined()
    expect(start.shell.secrets).toBe('file')
  })

  it('locks every page that comes to be', async () => {
    const { app } = await shell()
    const contents = new DoubleContents()
    app.emit('web-contents-created', {}, contents)
    expect(contents.windowOpenHandler?.()).toEqual({ action: 'deny' })
  })

  it('comes to the front when it is started again', async () => {
    const { app, window } = await shell()
    app.emit('second-instance')
    expect(window?.focused).toBe(1)
  })

  it('ends only after the counter has closed its files', async () => {
    const { app, spawner } = await shell()
    const event = new PreventableEvent()
    app.emit('before-quit', event)
    await settle()
    expect(event.prevented).toBe(true)
    expect(app.exitCode).toBeNull()
    spawner.newest('counter').exit(0)
    await settle()
    expect(app.exitCode).toBe(0)
  })
})

describe('a kiosk', () => {
  it('stays open, whole and in front, whatever a person or a window manager does', async () => {
    const { window } = await shell()
    const close = new PreventableEvent()
    window?.emit('close', close)
    expect(close.prevented).toBe(true)
    window?.emit('leave-full-screen')
    expect(window?.kiosk).toEqual([true])
    window?.emit('minimize')
    expect(window?.restored).toBe(1)
  })

  it('is left by a manager, with a code of its own that a service manager does not start again after', async () => {
    const { app, spawner, window, service } = await shell()
    spawner.newest('counter').says({ type: 'leave' })
    await settle()
    expect(service.stopping).toHaveBeenCalledOnce()
    const close = new PreventableEvent()
    window?.emit('close', close)
    expect(close.prevented).toBe(false)
    spawner.newest('counter').exit(0)
    await settle()
    expect(app.exitCode).toBe(40)
  })

  it('that is only a window may be closed', async () => {
    const { window } = await shell({ windowed: true })
    const close = new PreventableEvent()
    window?.emit('close', close)
    expect(close.prevented).toBe(false)
  })

  it('cannot be zoomed', async () => {
    const { window } = await shell()
    window?.webContents.emit('did-finish-load')
    expect(window?.webContents.zoom).toEqual([[1, 1], 1])
  })
})

describe('the service manager', () => {
  it('hears that the service is ready when the page speaks, not before', async () => {
    const { ipcMain, service, window } = await shell()
    window?.emit('ready-to-show')
    expect(service.ready).not.toHaveBeenCalled()
    ipcMain.emit(IPC.alive, window?.webContents.event())
    expect(service.ready).toHaveBeenCalledOnce()
  })

  it('hears its beat', async () => {
    const { service, time } = await shell()
    time.advance(60_000)
    expect(service.beat).toHaveBeenCalledTimes(3)
  })
})

describe('an update', () => {
  it('knows whether somebody works here, and that nobody does while the counter is away', async () => {
    const { spawner, updates } = await shell()
    spawner.newest('counter').says({ type: 'occupied', occupied: true })
    spawner.newest('counter').exit(1)
    expect(updates.occupied.mock.calls).toEqual([[true], [false]])
  })

  it('is installed once both processes have ended, and quits by itself', async () => {
    const { app, spawner, updates } = await shell()
    const install = vi.fn()
    updates.begin.mock.calls[0]?.[0](install)
    await settle()
    expect(install).not.toHaveBeenCalled()
    spawner.newest('counter').exit(0)
    await settle()
    expect(install).toHaveBeenCalledOnce()
    const quit = new PreventableEvent()
    app.emit('before-quit', quit)
    expect(quit.prevented).toBe(false)
    expect(app.exitCode).toBeNull()
  })
})

describe('a page that crashes', () => {
  it('is loaded again, five times in five minutes, then the shell ends with code 1', async () => {
    const { app, window, spawner, time } = await shell()
    const contents = window?.webContents
    for (let crash = 0; crash < 5; crash += 1) contents?.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(contents?.reloads).toBe(5)
    time.advance(5 * 60_000)
    contents?.emit('render-process-gone', {}, { reason: 'oom' })
    expect(contents?.reloads).toBe(6)
    for (let crash = 0; crash < 5; crash += 1) contents?.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(contents?.reloads).toBe(10)
    spawner.newest('counter').exit(0)
    await settle()
    expect(app.exitCode).toBe(1)
  })

  it('is left alone when it ended cleanly', async () => {
    const { window } = await shell()
    window?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(window?.webContents.reloads).toBe(0)
  })

  it('is ended when it hangs, so that it comes back', async () => {
    const { window } = await shell()
    window?.emit('unresponsive')
    expect(window?.webContents.crashes).toBe(1)
  })

  it('is ended when it was heard and then is not, and left alone while it is', async () => {
    const { ipcMain, time, window } = await shell()
    const contents = window?.webContents
    for (let seconds = 0; seconds < 300; seconds += 2) {
      ipcMain.emit(IPC.alive, contents?.event())
      time.advance(2_000)
    }
    expect(contents?.crashes).toBe(0)
    time.advance(35_000)
    expect(contents?.crashes).toBe(1)
    contents?.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(contents?.reloads).toBe(1)
    time.advance(65_000)
    expect(contents?.crashes).toBe(2)
  })

  it('is loaded again when its load fails, on the same budget, but not when another load took its place', async () => {
    const { app, spawner, time, window } = await shell()
    const fails = (code: number, isMainFrame = true) =>
      window?.webContents.emit('did-fail-load', {}, code, 'ERR_FAILED', 'app://tapcoupon/', isMainFrame)
    fails(-3)
    fails(-2, false)
    time.advance(10_000)
    expect(window?.loaded).toHaveLength(1)
    for (let failure = 0; failure < 5; failure += 1) {
      fails(-2)
      time.advance(1_000)
    }
    expect(window?.loaded).toHaveLength(6)
    fails(-2)
    spawner.newest('counter').exit(0)
    await settle()
    expect(app.exitCode).toBe(1)
  })

  it('leaves a line in the log when its preload fails, and when a process of Chromium is gone', async () => {
    const { app, said, window } = await shell()
    window?.webContents.emit('preload-error', {}, '/preload.cjs', new Error('broken'))
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' })
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'killed' })
    expect(said).toEqual([
      'tapcoupon: the preload failed: broken',
      "tapcoupon: Chromium's GPU process is gone: crashed",
    ])
  })
})
