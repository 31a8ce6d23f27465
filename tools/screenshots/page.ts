import type { Browser, Page } from 'playwright-core'

/** A page as every picture has it: one size, one time zone, nothing that moves, in English. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1280, height = 800, sharpness = 1.5 } = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: sharpness,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Tokyo',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(url)
  return page
}
