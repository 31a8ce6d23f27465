import type { Browser, Page } from 'playwright-core'
import { childrenOf, type Running } from '../../test/e2e/product.ts'
import { Till } from '../../test/e2e/till.ts'
import { type Album, EN, EN_DARK, JA, JA_DARK } from './album.ts'
import { openPage } from './page.ts'

const MANAGER_PIN = '3456'
const LUNCH = /^Lunch/

/** A cashier's day and a manager's, at a counter that has just been started. */
export async function takeCounter(
  browser: Browser,
  product: Running<{ url: string; pid: number }>,
  album: Album,
): Promise<void> {
  const page = await openPage(browser, product.line.url)
  const till = new Till(page)
  const shows = (selector: string) => async () => void (await page.locator(selector).first().waitFor())

  await till.signIn()
  await till.chooseBasket(LUNCH)
  await present(till, 'Haruka Sato')
  await album.take(page, 'offers', [EN, EN_DARK, JA, JA_DARK], shows('.headline__amount'))
  await takeDisplay(page, album)
  await till.button(/^Approve ¥/).click()
  await till.heading('Approved').waitFor()
  await takeOutcome(page, 'approved', album)
  await till.nextCustomer()

  await till.chooseBasket(LUNCH)
  await present(till, 'Kenta Suzuki')
  await album.take(page, 'nothing-fits', [EN, EN_DARK], shows('.headline--none'))
  await till.startAfresh()

  await present(till, 'Ren Kobayashi')
  await till.heading('Card is blocked').waitFor()
  await takeOutcome(page, 'refused', album)
  await till.startAfresh()

  await takeManager(till, album)
  await takeOffline(till, product, album)
  await page.context().close()
}

/** For the cashiers' pages, which are printed. */
const takeOutcome = (page: Page, name: string, album: Album): Promise<void> =>
  album.take(page, `outcome-${name}`, [EN, JA], () => page.locator('.outcome').waitFor(), '.outcome')

async function takeDisplay(cashiers: Page, album: Album): Promise<void> {
  const page = await cashiers.context().newPage()
  await page.goto(new URL('/display.html', cashiers.url()).href)
  const settled = () => page.getByRole('heading').first().waitFor()
  await album.take(page, 'display', [EN], settled)
  await page.close()
}

async function takeManager(till: Till, album: Album): Promise<void> {
  const { page } = till
  const heading = () => page.getByRole('heading').first().waitFor()
  for (const [entry, name] of [
    ['Set up readers…', 'readers'],
    ['Offline work and conflicts…', 'offline'],
    ['End of day and POS…', 'day'],
  ] as const) {
    await till.button(/^Menu: /).click()
    await till.button(entry).click()
    await page.getByLabel('Manager’s PIN').fill(MANAGER_PIN)
    await till.button('Open').click()
    await till.button('Back to the counter').waitFor()
    if (name === 'day') await till.button('Show').click()
    await album.take(page, `manager-${name}`, [EN], heading)
    await till.button('Back to the counter').click()
    await till.heading('Tap card or scan').waitFor()
  }
}

/** The server's process is stopped for a while: nobody answers, as when a line is dead. */
async function takeOffline(till: Till, product: Running<{ pid: number }>, album: Album): Promise<void> {
  const { page } = till
  const [server] = childrenOf(product.line.pid, 'server/main.ts')
  if (server === undefined) throw new Error('the counter runs no server of its own')
  process.kill(server, 'SIGSTOP')
  try {
    await till.chooseBasket(LUNCH)
    await present(till, 'Yuto Yoshida')
    await till.button(/^Approve ¥/).click()
    await till.heading('Approved — not yet confirmed').waitFor()
    await till.status(/^Offline/).waitFor()
    await album.take(page, 'stored', [EN, EN_DARK], () => page.locator('.outcome__amount').waitFor())
    await takeOutcome(page, 'stored', album)
  } finally {
    process.kill(server, 'SIGCONT')
  }
}

/** A tap of the sample customer, with the drawer out of the picture. */
export async function present(till: Till, who: string): Promise<void> {
  await till.tap(who)
  await till.button('Simulator').click()
}
