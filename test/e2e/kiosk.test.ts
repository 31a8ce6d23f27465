import { join } from 'node:path'
import { type Browser, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserArguments } from '../../browser/kioskBrowser.ts'
import { chromiumPath, openBrowser } from './browser.ts'
import { buildScreens } from './renderer/builtScreens.ts'
import { type OpenScreen, openScreen } from './renderer/openScreen.ts'
import { accessibilityFindings } from './till.ts'

/** What a page can do to stay a kiosk's, in a real Chromium. */
const KIOSK = { kind: 'browser', kiosk: true, secrets: 'file', version: '0.1.0' } as const
const screens = buildScreens()
let browser: Browser
let screen: OpenScreen

beforeAll(async () => {
  browser = await openBrowser()
  screen = await openScreen(browser, screens.path, { shell: KIOSK, cashier: null })
})
afterAll(async () => {
  await screen?.close()
  await browser?.close()
  screens.remove()
})

/** Whether what a person does is refused by the page, as it sees it. */
const refused = (name: string, type: string, fields: object = {}) =>
  screen.page.evaluate(
    ([event, kind, init]) => {
      const Kind = (window as unknown as Record<string, typeof Event>)[kind as string] ?? Event
      const given = new Kind(event as string, { bubbles: true, cancelable: true, ...(init as object) })
      return !document.body.dispatchEvent(given)
    },
    [name, type, fields] as const,
  )

describe('a page in a kiosk', () => {
  it('has no menu, no zoom, nothing dropped on it, no second window', async () => {
    expect(await refused('contextmenu', 'MouseEvent')).toBe(true)
    expect(await refused('wheel', 'WheelEvent', { ctrlKey: true })).toBe(true)
    expect(await refused('wheel', 'WheelEvent')).toBe(false)
    expect(await refused('drop', 'DragEvent')).toBe(true)
    expect(await refused('auxclick', 'MouseEvent', { button: 1 })).toBe(true)
    const zoomed = screen.page.evaluate(() => getComputedStyle(document.documentElement).touchAction)
    expect(await zoomed).toBe('pan-x pan-y')
  })

  it.each([
    ['F5', { key: 'F5' }, true],
    ['Ctrl and plus', { key: '+', ctrlKey: true }, true],
    ['Ctrl+P', { key: 'p', ctrlKey: true }, true],
    ['Alt+Left', { key: 'ArrowLeft', altKey: true }, true],
    ['a digit', { key: '5' }, false],
    ["a scanner's GS", { key: ']', ctrlKey: true }, false],
  ])('answers %s', async (_, fields, isRefused) => {
    expect(await refused('keydown', 'KeyboardEvent', fields)).toBe(isRefused)
  })

  it('does not go back, and loads and opens nothing from elsewhere', async () => {
    const { page, counter } = screen
    await page.evaluate(() => history.back())
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
    expect(new URL(page.url()).origin).toBe(counter.url)
    const fetched = await page.evaluate(() =>
      fetch('https://example.invalid/').then(
        () => true,
        () => false,
      ),
    )
    expect(fetched).toBe(false)
    expect(screen.complaints.splice(0).join()).toMatch(/Content Security Policy/)
  })

  it('goes dark when nobody is here, and a touch wakes it without pressing what is under it', async () => {
    const { page } = screen
    await page.clock.install()
    await page.mouse.move(10, 10)
    await page.clock.fastForward('03:30')
    const idle = page.getByRole('button', { name: 'Touch the screen to sign in' })
    await idle.waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    await page.mouse.click(512, 384)
    await idle.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Rin Takeda' }).waitFor()
    await page.clock.resume()
  })

  it('shows a way out where it belongs to nobody, says what keeps its keys, and asks the counter', async () => {
    const { page, counter } = screen
    counter.show({ enrolment: { status: 'needed', reason: null } })
    await page.getByRole('button', { name: 'This machine' }).click()
    await page.getByText('In a file that only this user may read').waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
    counter.answer({ ok: false, reason: 'operator_not_allowed', reasonGroup: 'staff', params: {} })
    await page.getByRole('button', { name: 'End Tapcoupon' }).click()
    await page.getByRole('dialog').getByRole('alert').filter({ hasText: /\w/ }).waitFor()
    expect(counter.commands).toContainEqual({ type: 'leaveKiosk' })
  })

  it('complains of nothing', () => {
    expect(screen.complaints).toEqual([])
  })

  it('loads a screen that cannot be drawn again, and when that does not help says so and waits', async () => {
    const broken = await openScreen(browser, screens.path, { shell: KIOSK })
    const { page } = broken
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await page.addInitScript(() => {
      Intl.NumberFormat = class {
        constructor() {
          throw new Error('broken')
        }
      } as unknown as typeof Intl.NumberFormat
    })
    await page.reload()
    await page.getByRole('heading', { name: 'This screen could not be shown' }).waitFor()
    expect(loads).toBeGreaterThan(1)
    expect(await accessibilityFindings(page)).toEqual([])
    const before = loads
    await page.getByRole('button', { name: 'Load it again' }).click()
    await expect.poll(() => loads).toBeGreaterThan(before)
    await broken.close()
  })
})

describe('the browser that the shell opens', () => {
  it('takes its arguments, and blocks what a page would open', async () => {
    const given = browserArguments('about:blank', { folder: screens.path, windowed: false, asRoot: true })
    const args = given.filter((argument) => !/^--(app|user-data-dir|kiosk)/.test(argument))
    const context = await playwright.launchPersistentContext(join(screens.path, 'profile'), {
      executablePath: await chromiumPath(),
      args: [...args, '--disable-gpu'],
    })
    try {
      const page = context.pages()[0] ?? (await context.newPage())
      await page.goto(screen.counter.url)
      expect(await page.evaluate(() => window.open('about:blank') === null)).toBe(true)
      expect(context.pages()).toHaveLength(1)
    } finally {
      await context.close()
    }
  })
})
