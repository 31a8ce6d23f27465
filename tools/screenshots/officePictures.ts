import type { Browser } from 'playwright-core'
import { OfficeScreen } from '../../test/e2e/office/officeScreen.ts'
import { type Album, EN, EN_DARK, type Look } from './album.ts'

const CAMPAIGN = 'campaigns/01a19467-e801-7002-8000-000000000001'

/** Head office, with what the counter before has given. */
export async function takeOffice(browser: Browser, server: string, album: Album): Promise<void> {
  const office = await OfficeScreen.open(browser, server, {
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
  })
  const take = async (path: string, name: string, looks: readonly Look[]) => {
    await office.page.goto(new URL(`/office/#/${path}`, server).href)
    await office.settled()
    await album.take(office.page, `office-${name}`, looks, () => office.settled())
  }
  await office.signIn('planner')
  await take('campaigns', 'campaigns', [EN, EN_DARK])
  await take(`${CAMPAIGN}/edit`, 'editor', [EN])
  await take('reports', 'reports', [EN])
  await office.close()
}
