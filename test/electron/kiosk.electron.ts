import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { electronBinary } from '../../bin/electronBinary.ts'
import { SETTINGS_VARIABLE } from '../../electron/main/shellSettings.ts'
import { readFuses } from '../../tools/packaging/fuses.ts'
import { ROOT, temporaryFolder } from '../e2e/product.ts'

/** The kiosk as it stands in a shop, before it belongs to one: nobody's PIN is needed to leave it. */
const folder = temporaryFolder()
const binary = electronBinary(ROOT, process.env) ?? ''
let app: ElectronApplication
let page: Page

beforeAll(async () => {
  const dataDir = join(folder.path, 'counter')
  mkdirSync(dataDir)
  const off = { pcsc: false, hid: false, wedge: true, simulated: false, serial: [] }
  const counter = { serverUrl: 'http://127.0.0.1:1', dataDir, simulator: false, devicesConfiguration: off }
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  app = await _electron.launch({
    executablePath: binary,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), join(ROOT, 'dist/electron/main.cjs')],
    env: { ...Object.fromEntries(inherited), [SETTINGS_VARIABLE]: JSON.stringify({ counter }) },
  })
  page = await app.firstWindow()
  await page.getByRole('button', { name: 'This machine' }).waitFor()
})

afterAll(async () => {
  await app?.close().catch(() => {})
  folder.remove()
})

describe('the kiosk', () => {
  it('enforces its content security policy', async () => {
    const violated = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
          const script = document.createElement('script')
          script.textContent = 'window.broken = true'
          document.head.append(script)
        }),
    )
    expect(violated).toMatch(/^script-src/)
    expect(await page.evaluate(() => 'broken' in window)).toBe(false)
  })

  it('grants no permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
      const asked = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
      return asked.map(({ state }) => state)
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
  })

  it('has no menu, no developer tools, no zoom, and fills the screen', async () => {
    const seen = await app.evaluate(({ BrowserWindow, Menu }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.webContents.openDevTools()
      return {
        menu: Menu.getApplicationMenu(),
        tools: window?.webContents.isDevToolsOpened(),
        zoom: window?.webContents.getZoomFactor(),
        kiosk: window?.isKiosk(),
      }
    })
    expect(seen).toEqual({ menu: null, tools: false, zoom: 1, kiosk: true })
  })

  it('keeps the display awake', async () => {
    expect(
      await app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(0) || powerSaveBlocker.isStarted(1)),
    ).toBe(true)
  })

  it('says what keeps its keys, as the keystore is', async () => {
    const backend = await app.evaluate(async ({ safeStorage }) =>
      (await safeStorage.isAsyncEncryptionAvailable()) ? safeStorage.getSelectedStorageBackend() : 'none',
    )
    const sealed = !['none', 'basic_text', 'unknown'].includes(backend)
    const file = JSON.parse(readFileSync(join(folder.path, 'counter/station.json'), 'utf8'))
    expect('sealed' in file).toBe(sealed)
  })

  it('cannot be closed by its window', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await page.getByRole('button', { name: 'This machine' }).waitFor()
    expect(app.windows()).toHaveLength(1)
  })

  it('brings a page that hangs back by itself', async () => {
    const gone = app.evaluate(
      ({ BrowserWindow }) =>
        new Promise((resolve) => BrowserWindow.getAllWindows()[0]?.webContents.once('render-process-gone', resolve)),
    )
    void page
      .evaluate(() =>
        setTimeout(() => {
          for (;;);
        }),
      )
      .catch(() => {})
    await gone
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getTitle()), {
        timeout: 30_000,
      })
      .toBe('Tapcoupon')
  })

  it('is left by its own button, with code 40', async () => {
    const ended = new Promise((resolve) => app.process().once('exit', resolve))
    page = app.windows()[0] ?? page
    await page.getByRole('button', { name: 'This machine' }).click()
    await page.getByRole('button', { name: 'End Tapcoupon' }).click()
    expect(await ended).toBe(40)
  })
})

/** What `npm run package` made, unpacked, on this operating system. */
const SHIPPED = [
  join(ROOT, 'dist/packages/linux-unpacked/tapcoupon'),
  join(ROOT, 'dist/packages/win-unpacked/Tapcoupon.exe'),
  join(ROOT, 'dist/packages/mac/Tapcoupon.app/Contents/Frameworks/Electron Framework.framework/Electron Framework'),
].find((path) => existsSync(path))

describe.runIf(SHIPPED !== undefined)('the program that ships', () => {
  it('has every fuse as the configuration says', () => {
    expect(readFuses(readFileSync(SHIPPED ?? ''))).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('asks for its settings when it has none, and ends', async () => {
    const { [SETTINGS_VARIABLE]: _, ...env } = process.env
    const program = spawn(SHIPPED ?? '', process.getuid?.() === 0 ? ['--no-sandbox'] : [], {
      env: { ...env, TAPCOUPON_SETTINGS: join(folder.path, 'none.json'), ELECTRON_ENABLE_LOGGING: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    program.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      // Its message box waits for a person.
      if (said.includes('there are no settings')) program.kill()
    })
    await new Promise((resolve) => program.once('exit', resolve))
    expect(said).toContain('there are no settings at')
  })
})
