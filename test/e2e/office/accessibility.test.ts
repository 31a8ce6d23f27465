import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser.ts'
import { accessibilityFindings } from '../till.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './officeScreen.ts'

/** Every screen of the office, looked at by axe: light and dark, in English and Japanese, on a desk's screen and a small one. */
let office: OfficeServer
let browser: Browser
beforeAll(async () => {
  ;[office, browser] = await Promise.all([startOffice(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await office?.stop()
})

const SCREENS = [
  'campaigns',
  'campaigns/new',
  'campaigns/01a19467-e801-7002-8000-000000000001',
  'campaigns/01a19467-e801-7002-8000-000000000001/edit',
  'campaigns/01a19467-e801-7002-8000-000000000001/codes',
  'inbox',
  'lists',
  'lists/new',
  'reports',
  'redemptions',
  'conflicts',
  'stations',
  'customers',
  'operators',
  'api-keys',
  'webhooks',
  'retention',
  'audit',
  'account',
  'nowhere',
]

async function look(screen: OfficeScreen): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await screen.page.emulateMedia({ colorScheme })
    found.push(...(await accessibilityFindings(screen.page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  return found
}

/** What sticks out of the page sideways, but for tables, which are moved in their own place. */
const sticksOut = (screen: OfficeScreen): Promise<number> =>
  screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describe.each([
  ['English', { width: 1440, height: 900 }],
  ['日本語', { width: 768, height: 1024 }],
] as const)('in %s', (language, viewport) => {
  let screen: OfficeScreen
  beforeAll(async () => {
    screen = await OfficeScreen.open(browser, office.line.url, { viewport })
  })
  afterAll(() => screen.close())

  it('signing in, and a wrong password', async () => {
    expect(await look(screen)).toEqual([])
    await screen.field('Name').fill('Nobody')
    await screen.field('Password').fill('not a password of theirs')
    await screen.button('Sign in').click()
    await screen.page.getByText('Wrong name or password.').waitFor()
    expect(await look(screen)).toEqual([])
    await screen.signIn('admin')
    await screen.page.evaluate(
      (name) => localStorage.setItem('tapcoupon.language', name),
      language === 'English' ? 'en' : 'ja',
    )
    await screen.page.reload()
    await screen.settled()
    expect(await screen.page.locator('html').getAttribute('lang')).toBe(language === 'English' ? 'en' : 'ja')
  })

  it.each(SCREENS)('%s', async (path) => {
    await screen.page.evaluate((to) => {
      window.location.hash = `#/${to}`
    }, path)
    await screen.settled()
    expect(await look(screen)).toEqual([])
    expect(await sticksOut(screen)).toBeLessThanOrEqual(0)
  })
})

it('nothing is loaded from anywhere else, and nothing is said to the console', async () => {
  const screen = await OfficeScreen.open(browser, office.line.url)
  const foreign: string[] = []
  const said: string[] = []
  screen.page.on('request', (request) => {
    if (!request.url().startsWith(office.line.url)) foreign.push(request.url())
  })
  screen.page.on('pageerror', (error) => said.push(error.message))
  await screen.signIn('auditor')
  // Before, the browser says itself that nobody was signed in.
  screen.page.on('console', (message) => said.push(message.text()))
  for (const section of ['Campaigns', 'Reports', 'Redemptions', 'Stations', 'People', 'Audit log']) {
    await screen.goTo(section)
    await screen.settled()
  }
  expect(foreign).toEqual([])
  expect(said).toEqual([])
  await screen.close()
})
