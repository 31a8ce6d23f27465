import { describe, expect, it } from 'vitest'
import { runShell } from '../../../electron/main/shell.ts'
import type { ShellSettings } from '../../../electron/main/shellSettings.ts'
import { ManualTime, PlayedSpawner } from '../counter/supervisor/supervisorDoubles.ts'
import { DoubleContents, DoubleWindow, doubleElectron, PreventableEvent } from './electronDoubles.ts'

const settings: ShellSettings = {
  counter: {
    serverUrl: 'http://127.0.0.1:1',
    dataDir: '/data',
    simulator: false,
    devicesConfiguration: { pcsc: true, hid: true, wedge: true, simulated: false, serial: [] },
  },
  windowed: false,
}

async function shell(changes: { first?: boolean; windowed?: boolean } = {}) {
  const electron = doubleElectron()
  electron.app.first = changes.first ?? true
  DoubleWindow.last = null
  const time = new ManualTime()
  const spawner = new PlayedSpawner()
  await runShell(electron.apis, {
    settings: { ...settings, windowed: changes.windowed ?? false },
    spawner,
    rendererDir: '/renderer',
    preload: '/preload.cjs',
    profileDir: '/profile',
    clock: time,
    scheduler: time,
    note: () => {},
  })
  return { ...electron, time, spawner, window: DoubleWindow.last as DoubleWindow | null }
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
    expect(spawner.newest('counter').received).toEqual([{ type: 'start', ...settings.counter }])
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
})
