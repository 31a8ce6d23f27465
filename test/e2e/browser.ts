import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * A real headless Chromium: the one named by TAPCOUPON_TEST_BROWSER, else the one that comes from npm. Web security stays on: it
 * is part of what is tested.
 */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromiumPath(),
    // Containers and CI have no user namespaces for Chromium's own sandbox.
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--font-render-hinting=none'],
  })
}

/** Where that Chromium is. */
export async function chromiumPath(): Promise<string> {
  const named = process.env.TAPCOUPON_TEST_BROWSER
  if (named !== undefined && !existsSync(named)) throw new Error(`TAPCOUPON_TEST_BROWSER is not there: ${named}`)
  return named ?? (await chromium.executablePath())
}
