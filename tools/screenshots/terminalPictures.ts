import type { Browser } from 'playwright-core'
import { type Album, EN } from './album.ts'
import { openPage } from './page.ts'

/** The terminal where customers take coupons: one of them, and what she can have. */
export async function takeTerminal(browser: Browser, url: string, album: Album): Promise<void> {
  const page = await openPage(browser, url)
  await page
    .getByRole('button', { name: /^Present: Aoi Watanabe/ })
    .first()
    .click()
  const offered = () =>
    page
      .getByRole('button', { name: /^Take: / })
      .first()
      .waitFor()
  await offered()
  await album.take(page, 'terminal', [EN], offered)
  await page.context().close()
}
