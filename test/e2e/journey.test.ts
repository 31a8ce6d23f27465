import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { announceStation } from '../../bin/embeddedServer.ts'
import { openBrowser } from './browser.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './office/officeScreen.ts'
import { type Running, startProduct, temporaryFolder } from './product.ts'
import { accessibilityFindings, Till } from './till.ts'

/**
 * The life of one coupon, by everybody whose hands it goes through, each at their own screen of one chain: planner and
 * approver at head office, a customer at the kiosk, a cashier at the counter, and the people who read what came of it.
 */
type Product = Running<{ url: string; pid: number; server: string }>

const TITLE = 'Welcome: ¥70 off'
const kioskFolder = temporaryFolder()
const counterFolder = temporaryFolder()
let office: OfficeServer
let kiosk: Product
let counter: Product
let browser: Browser
let planner: OfficeScreen
let approver: OfficeScreen
let manager: OfficeScreen
let terminal: Page
let till: Till

async function startStation(folder: string, role: 'counter' | 'registration'): Promise<Product> {
  const code = await announceStation(office.line, role)
  return startProduct(folder, ['--no-devices', '--simulator', '--server', office.line.url, '--enrol-code', code])
}

async function stationPage(url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1600, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

beforeAll(async () => {
  ;[office, browser] = await Promise.all([startOffice(), openBrowser()])
  kiosk = await startStation(kioskFolder.path, 'registration')
  counter = await startStation(counterFolder.path, 'counter')
  terminal = await stationPage(kiosk.line.url)
  till = new Till(await stationPage(counter.line.url))
  const atOffice = () => OfficeScreen.open(browser, office.line.url)
  ;[planner, approver, manager] = [await atOffice(), await atOffice(), await atOffice()]
  await planner.signIn('planner')
  await approver.signIn('approver')
  await manager.signIn('manager')
})

afterEach(async (test) => {
  if (test.task.result?.state !== 'fail') return
  console.error(await till?.screen(), counter?.log(), kiosk?.log())
})

afterAll(async () => {
  await browser?.close()
  await Promise.all([counter?.stop(), kiosk?.stop()])
  await office?.stop()
  kioskFolder.remove()
  counterFolder.remove()
})

/** The same card at the kiosk and at the counter: one that nobody has registered yet. */
const tapNewCard = (page: Page) => page.getByRole('button', { name: /^Present: not registered FeliCa/ }).click()

it('a planner drafts it at head office and cannot approve it', async () => {
  await planner.goTo('Campaigns')
  await planner.page.getByRole('link', { name: 'New campaign' }).click()
  await planner.field('Title').fill(TITLE)
  await planner.page.getByLabel('Amount off', { exact: true }).fill('70')
  await planner.field('Valid from').fill('2026-01-01T00:00')
  await planner.field('Valid until').fill('2098-01-01T00:00')
  await planner.page.getByText('−¥70').first().waitFor()
  expect(await accessibilityFindings(planner.page)).toEqual([])
  await planner.button('Save draft').click()
  await planner.heading(TITLE).waitFor()
  await planner.button('Submit for approval').click()
  await planner.confirm('Submit for approval')
  await planner.page.getByText('Submitted').first().waitFor()
  expect(await planner.button('Approve').count()).toBe(0)
  expect(await accessibilityFindings(planner.page)).toEqual([])
})

it('before it is approved no customer sees it', async () => {
  await terminal.getByRole('heading', { name: 'Tap your card' }).waitFor()
  await tapNewCard(terminal)
  await terminal.getByText('This card is new here.').waitFor()
  expect(await terminal.getByText(TITLE).count()).toBe(0)
  await terminal.getByRole('button', { name: 'Done', exact: true }).click()
})

it('an approver, who is somebody else, sees its rules and approves it', async () => {
  await approver.goTo('Approvals')
  await approver.page.getByRole('link', { name: TITLE }).click()
  await approver.page.getByText('A new campaign: its rules').waitFor()
  await approver.settled()
  expect(await accessibilityFindings(approver.page)).toEqual([])
  await approver.button('Approve').click()
  await approver.confirm('Approve', 'A good welcome')
  await approver.heading(TITLE).waitFor()
  await approver.page.getByText('Active', { exact: true }).waitFor()
})

it('a customer taps a new card at the kiosk and takes the coupon', async () => {
  await terminal.getByRole('heading', { name: 'Tap your card' }).waitFor()
  await tapNewCard(terminal)
  await terminal.getByRole('button', { name: `Take: ${TITLE}` }).click()
  await terminal.getByText(`Taken: ${TITLE}`).first().waitFor()
  expect(await accessibilityFindings(terminal)).toEqual([])
  await terminal.getByRole('button', { name: 'Done', exact: true }).click()
  await terminal.getByRole('heading', { name: 'Tap your card' }).waitFor()
})

it('a cashier taps the same card at the counter and approves', async () => {
  await till.signIn()
  await till.status('Online').waitFor()
  await till.chooseBasket(/^Lunch/)
  await till.openSimulator()
  await tapNewCard(till.page)
  const offers = till.page.getByRole('region', { name: 'The customer’s coupons' })
  await offers.getByText(TITLE).first().waitFor()
  expect(await accessibilityFindings(till.page)).toEqual([])
  await till.button('Approve ¥70 off').click()
  await till.heading('Approved').waitFor()
  await till.page.getByText('Confirmed by the server').waitFor()
  expect(await accessibilityFindings(till.page)).toEqual([])
})

it('the office shows the redemption, with its cashier, and never the card', async () => {
  await manager.goTo('Redemptions')
  const row = manager.page.getByRole('row').filter({ hasText: TITLE })
  await row.waitFor()
  for (const fact of ['−¥70', 'Rin Takeda', 'This counter', 'Approved', 'Tapped']) {
    await row.getByText(fact).first().waitFor()
  }
  expect(await manager.page.content()).not.toMatch(/012e4c3d2b1a0f99/i)
  expect(await accessibilityFindings(manager.page)).toEqual([])
})

it('the report counts it once, taken and redeemed, with what it cost', async () => {
  await manager.goTo('Reports')
  await manager.settled()
  const row = manager.page.getByRole('row').filter({ hasText: TITLE })
  await row.waitFor()
  const cells = (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())
  // Issued, taken by customers, redeemed, expired, undone, forced, discount.
  expect(cells.slice(0, 7)).toEqual(['1', '1', '1', '0', '0', '0', '¥70'])
  expect(await accessibilityFindings(manager.page)).toEqual([])
})
