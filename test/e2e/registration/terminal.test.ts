import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser.ts'
import { type Running, startProduct, temporaryFolder } from '../product.ts'
import { accessibilityFindings } from '../till.ts'

/** The registration terminal and the phone page as customers use them: the real product, sample data, simulated readers. */
const folder = temporaryFolder()
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[product, browser] = await Promise.all([
    startProduct(folder.path, ['--no-devices', '--registration']),
    openBrowser(),
  ])
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(15_000)
  page = await context.newPage()
  await page.goto(product.line.url)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  folder.remove()
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const heading = (name: string) => page.getByRole('heading', { name, exact: true })
const tap = (who: string) =>
  button(new RegExp(`^Present: ${who}`))
    .first()
    .click()

/** What axe finds in light, dark and high contrast. */
async function look(of: Page): Promise<string[]> {
  const found: string[] = []
  for (const [name, display] of [
    ['Light', 'light'],
    ['Dark', 'dark'],
    ['High contrast', 'contrast'],
  ] as const) {
    await of.getByRole('button', { name, exact: true }).click()
    found.push(...(await accessibilityFindings(of)).map((finding) => `${display}: ${finding}`))
  }
  await of.getByRole('button', { name: 'Light', exact: true }).click()
  return found
}

describe('a customer at the terminal', () => {
  it('is invited in their language, and nobody has to sign in', async () => {
    await heading('Tap your card').waitFor()
    expect(await look(page)).toEqual([])
    await button('日本語').click()
    await heading('カードをかざしてください').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('ja')
    expect(await accessibilityFindings(page)).toEqual([])
    await button('English').click()
  })

  it('taps, sees what they have and can take, and takes it onto the card', async () => {
    await tap('Aoi Watanabe')
    await heading('You can take').waitFor()
    expect(await look(page)).toEqual([])
    const take = page.getByRole('button', { name: /^Take: / })
    const offered = await take.count()
    expect(offered).toBeGreaterThan(0)
    for (const box of await take.all()) expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(64)
    const name = (await take.first().getAttribute('aria-label'))?.replace('Take: ', '') ?? ''
    await take.first().click()
    await page.getByText(`Taken: ${name}`).first().waitFor()
    await page.locator('.heldCoupon').filter({ hasText: name }).first().waitFor()
    expect(await take.count()).toBe(offered - 1)
    expect(await look(page)).toEqual([])
  })

  it('is told by name why a code does not work', async () => {
    await button('I have a code').click()
    await heading('Enter your code').waitFor()
    expect(await look(page)).toEqual([])
    for (const key of 'ABC123') await button(key).click()
    await button('Redeem').click()
    await page.getByText('We do not know this code').first().waitFor()
  })

  it('goes on with their phone by a code, without an identifier anywhere, and leaves nothing on the screen', async () => {
    await button('On my phone').click()
    await heading('See your coupons on your phone').waitFor()
    expect(await look(page)).toEqual([])
    const code = (await page.locator('.phonePanel__code').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    await button('Done').click()
    await heading('Tap your card').waitFor()
    expect(await page.getByText(code).count()).toBe(0)

    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })
    phone.setDefaultTimeout(15_000)
    const my = await phone.newPage()
    for (const colorScheme of ['light', 'dark'] as const) {
      await my.emulateMedia({ colorScheme })
      await my.goto(`${product.line.server}/my`)
      await my.getByRole('heading', { name: 'Your coupons on this phone' }).waitFor()
      expect(await accessibilityFindings(my)).toEqual([])
    }
    // As the picture on the terminal says it: the code comes in the address and is gone from it at once.
    // The server has heard it, and the answer never comes: the page is loaded anew, and the code is the same phone's still.
    await my.route('**/v1/my/session', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await my.goto(`${product.line.server}/my#code=${code}`)
    await my.getByText('We cannot reach the server.').waitFor()
    expect(my.url()).not.toContain(code)
    await my.unroute('**/v1/my/session')
    await phone.clearCookies()
    await my.reload()
    await my.getByRole('heading', { name: 'You have' }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await my.emulateMedia({ colorScheme })
      expect(await accessibilityFindings(my)).toEqual([])
    }
    const take = my.getByRole('button', { name: /^Take: / })
    const name = (await take.first().getAttribute('aria-label'))?.replace('Take: ', '') ?? ''
    await take.first().click()
    await my.getByText(`Taken: ${name}`).first().waitFor()
    await my.getByRole('button', { name: 'Code for staff' }).click()
    await my.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).waitFor()
    expect(await accessibilityFindings(my)).toEqual([])
    await my.getByRole('button', { name: 'Sign out' }).click()
    await my.getByText('You are signed out on this phone.').waitFor()
    await my.reload()
    await my.getByRole('heading', { name: 'Your coupons on this phone' }).waitFor()
    await phone.close()
  })

  it('gets a code to tell staff, who find them by it; it goes with the visit', async () => {
    await tap('Aoi Watanabe')
    await button('Code for staff').click()
    await heading('Tell a member of staff this code').waitFor()
    const code = (await page.locator('.phonePanel__code').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(await look(page)).toEqual([])
    await button('Done').click()
    await heading('Tap your card').waitFor()
    expect(await page.getByText(code).count()).toBe(0)
  })

  it('with a card that was never here joins with the first coupon', async () => {
    await tap('not registered')
    await page.getByText('This card is new here.').waitFor()
    await page.getByText('You have no coupons yet.').waitFor()
    await page
      .getByRole('button', { name: /^Take: / })
      .first()
      .click()
    await page
      .getByText(/^Taken: /)
      .first()
      .waitFor()
    expect(await page.getByText('This card is new here.').count()).toBe(0)
    await button('Done').click()
    await heading('Tap your card').waitFor()
  })

  it('with a blocked card, or one that changes with every tap, hears what to do', async () => {
    await tap('Ren Kobayashi')
    await page.getByText('This card is blocked. Please ask a member of staff.').first().waitFor()
    expect(await look(page)).toEqual([])
    await button('Code for staff').click()
    await heading('Tell a member of staff this code').waitFor()
    expect(await page.locator('.phonePanel__code').textContent()).toMatch(/^([0-9A-Z]{4}(-|$)){3}/)
    expect(await look(page)).toEqual([])
    await button('Done').click()
    await page.getByRole('radio', { name: 'Random UID' }).check({ force: true })
    await tap('Haruka Sato')
    await page.getByText('shows another number every time').first().waitFor()
    await button('OK').click()
    await page.getByRole('radio', { name: 'Cleanly' }).check({ force: true })
  })
})

describe('staff', () => {
  it('reach the readers behind a PIN, and nobody sells here', async () => {
    await button('Staff').click()
    await page.getByRole('heading').first().waitFor()
    expect(await page.getByText('Tap your card').count()).toBe(0)
    await page.keyboard.press('Escape')
    await heading('Tap your card').waitFor()
  })
})
