import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { CounterState } from '../../../core/counter/state.ts'
import { type ScriptedCounter, scriptedCounter } from './scriptedCounter.ts'
import { STATE } from './states.ts'

export interface OpenScreen {
  readonly page: Page
  readonly counter: ScriptedCounter
  /** Errors and warnings of the page, a violated content security policy among them. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** One screen at a scripted counter. */
export async function openScreen(
  browser: Browser,
  built: string,
  first: Partial<CounterState> = {},
  options: BrowserContextOptions = {},
): Promise<OpenScreen> {
  const counter = await scriptedCounter(built, { ...STATE, ...first })
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(counter.address)
  await page.locator('.reception, .start, .link').first().waitFor()
  return {
    page,
    counter,
    complaints,
    async close() {
      await context.close()
      await counter.close()
    },
  }
}
