import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { buildFiles, isFresh } from '../../bin/builtFiles.ts'
import { electronBinary } from '../../bin/electronBinary.ts'
import { announceStation } from '../../bin/embeddedServer.ts'
import { SETTINGS_VARIABLE, type ShellSettings } from '../../electron/main/shellSettings.ts'
import { ROOT, type Running, type ServerLine, startServer, temporaryFolder } from '../e2e/product.ts'
import { Till } from '../e2e/till.ts'

const folder = temporaryFolder()
const binary = electronBinary(ROOT, process.env) ?? ''
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), join(ROOT, 'dist/electron/main.cjs')]

let server: Running<ServerLine>
let environment: Record<string, string>
let app: ElectronApplication
let page: Page
let till: Till

beforeAll(async () => {
  for (const name of ['renderer', 'electron'] as const) if (!isFresh(ROOT, name)) await buildFiles(ROOT, name)
  server = await startServer(folder.path)
  const dataDir = join(folder.path, 'counter')
  mkdirSync(dataDir)
  const settings: z.input<typeof ShellSettings> = {
    counter: {
      serverUrl: server.line.url,
      dataDir,
      simulator: true,
      enrolCode: await announceStation(server.line),
      devicesConfiguration: { pcsc: false, hid: false, wedge: true, simulated: true, serial: [] },
    },
    windowed: true,
  }
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  environment = { ...Object.fromEntries(inherited), [SETTINGS_VARIABLE]: JSON.stringify(settings) }
  app = await _electron.launch({ executablePath: binary, args, env: environment })
  page = await app.firstWindow()
  till = new Till(page)
})

afterAll(async () => {
  await app?.close()
  await server?.stop()
  folder.remove()
})

describe('the window', () => {
  it('shows the screen from its own origin, without any of Node or Electron in it', async () => {
    expect(page.url()).toBe('app://tapcoupon/')
    const seen = await page.evaluate(() => ({
      node: 'require' in globalThis || 'process' in globalThis,
      bridge: Object.keys((globalThis as unknown as { tapcoupon: object }).tapcoupon).sort(),
    }))
    expect(seen).toEqual({ node: false, bridge: ['alive', 'onLink', 'onMessage', 'post'] })
  })

  it('stays where it is and opens nothing', async () => {
    await page.evaluate(() => {
      location.href = 'https://example.invalid/'
    })
    expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true)
    const loaded = await page.evaluate(() =>
      fetch('https://example.invalid/').then(
        () => true,
        () => false,
      ),
    )
    expect(loaded).toBe(false)
    expect(page.url()).toBe('app://tapcoupon/')
    expect(app.windows()).toHaveLength(1)
  })

  it('is the only one on its data folder: a second instance ends by itself', async () => {
    const second = spawn(binary, args, { env: environment, stdio: 'ignore' })
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0)
  })
})

describe('the counter in Electron', () => {
  it('does the main job: a tap, the coupons, the approval', async () => {
    await till.signIn()
    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    await till.button(/^Approve .* off$/).click()
    await till.heading('Approved').waitFor()
    await till.nextCustomer()
  })

  it.each(['counter', 'devices'])('recovers when its %s process is killed', async (name) => {
    const pid = await app.evaluate(
      ({ app: electron }, service) =>
        electron.getAppMetrics().find((metric) => metric.name === service || metric.serviceName === service)?.pid,
      `Tapcoupon ${name}`,
    )
    expect(pid).toBeGreaterThan(0)
    process.kill(pid ?? 0, 'SIGKILL')
    if (name === 'counter') {
      await page.getByText('The counter program does not answer').waitFor()
      await till.signIn()
    }
    await till.chooseBasket(/^Lunch/)
    await till.tap('Yui Takahashi')
    await till.button(/^Approve .* off$/).waitFor()
    await till.button('Cancel').click()
  })

  it('loads a page that crashed again', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getTitle()), {
        timeout: 20_000,
      })
      .toBe('Tapcoupon')
  })
})
