import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { CounterState } from '../../../core/counter/state.ts'
import { openBrowser } from '../browser.ts'
import { Till } from '../till.ts'
import { buildScreens } from './builtScreens.ts'
import { type OpenScreen, openScreen } from './openScreen.ts'

/** The screens as they ship and a browser to open them in, for the tests of one file. */
export function screensInBrowser() {
  const screens = buildScreens()
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    screens.remove()
  })
  return (first: Partial<CounterState> = {}, options: BrowserContextOptions = {}): Promise<OpenScreen> =>
    openScreen(browser, screens.path, first, options)
}

/** A screen that each test opens for itself; it is closed after the test and must have complained of nothing. */
export function cashierScreen() {
  const openInBrowser = screensInBrowser()
  let screen: OpenScreen
  let till: Till
  afterEach(async () => {
    const { complaints } = screen
    await screen.close()
    expect(complaints).toEqual([])
  })

  /** Commands of one type that the screen has sent. */
  const sent = (type: string) => screen.counter.commands.filter((command) => command.type === type)
  return {
    get page() {
      return screen.page
    },
    get counter() {
      return screen.counter
    },
    get till() {
      return till
    },
    async open(first: Partial<CounterState> = {}): Promise<void> {
      screen = await openInBrowser(first)
      till = new Till(screen.page)
    },
    sent,
    /** The newest command of a type, once there is one. */
    async newest(type: string) {
      await expect.poll(() => sent(type).length).toBeGreaterThan(0)
      return sent(type).at(-1)
    },
    /** Keys as a hand presses them, slower than any scanner. */
    async byHand(...keys: string[]) {
      for (const key of keys) {
        await screen.page.keyboard.press(key)
        await screen.page.waitForTimeout(120)
      }
    },
  }
}
