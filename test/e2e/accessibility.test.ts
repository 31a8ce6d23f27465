import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Running, startProduct, temporaryFolder } from './product.ts'
import { accessibilityFindings, CASHIER, Till } from './till.ts'

/** Every screen of the main job, looked at by axe on the real product: light and dark, in English and Japanese. */
const folder = temporaryFolder()
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let till: Till

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(folder.path, ['--no-devices']), openBrowser()])
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(8_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  folder.remove()
})

/** Looks at the page as it is in both schemes and both languages. */
async function look(): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await till.page.emulateMedia({ colorScheme })
    found.push(...(await accessibilityFindings(till.page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  return found
}

describe.each([
  ['English', 'en'],
  ['日本語', 'ja'],
] as const)('in %s', (language, code) => {
  it('signing in', async () => {
    await till.page.getByRole('radio', { name: language }).check({ force: true })
    expect(await till.page.locator('html').getAttribute('lang')).toBe(code)
    await till.button(CASHIER.name).waitFor()
    expect(await look()).toEqual([])
    await till.button(CASHIER.name).click()
    expect(await look()).toEqual([])
    await till.page.keyboard.type(CASHIER.pin, { delay: 120 })
    await till.page.keyboard.press('Enter')
    await till.page.locator('.visit--waiting').waitFor()
  })

  it('waiting for a card', async () => {
    expect(await look()).toEqual([])
  })

  it.each([
    ['the menu', () => till.page.locator('.barButton--who').click()],
    ['the readers and the connection', () => till.page.locator('.statusChip').first().click()],
    ['the keys', () => till.page.keyboard.press('F1')],
    ['a typed number', () => till.page.keyboard.press('F4')],
    ['sample baskets', () => till.page.locator('.purchase .paneHeader button').first().click()],
  ])('%s', async (_, open) => {
    await open()
    await till.page.getByRole('dialog').waitFor()
    expect(await look()).toEqual([])
    await till.page.keyboard.press('Escape')
    await till.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('coupons, usable and not; approved; undone', async () => {
    await till.page.locator('.purchase .paneHeader button').first().click()
    await till.page.getByRole('dialog').locator('.choice').first().click()
    await tap('haruka', 'Haruka Sato')
    await till.page.locator('.headline__amount').waitFor()
    expect(await look()).toEqual([])
    // The focus is still in the simulator's search field, where Enter belongs to the field.
    await till.page.keyboard.press('F2')
    await till.page.locator('.outcome__amount').waitFor()
    expect(await look()).toEqual([])
    await till.page.keyboard.press('F8')
    await till.page.getByRole('dialog').waitFor()
    expect(await look()).toEqual([])
    await till.page.getByRole('dialog').locator('.stack button').first().click()
    await till.page.locator('[class*=outcome--undone], .visit--undone').first().waitFor()
    expect(await look()).toEqual([])
    await leave()
  })

  it('no coupon fits; a card that is not registered', async () => {
    await tap('kenta', 'Kenta Suzuki')
    await till.page.locator('.headline--none').waitFor()
    expect(await look()).toEqual([])
    await leave()
    await tap('aoi', 'Aoi Watanabe')
    await till.page.locator('.headline--none').waitFor()
    expect(await look()).toEqual([])
    await leave()
    await till.page.locator('.barButton--who').click()
    await till.page.getByRole('dialog').locator('.button--danger').click()
    await till.button(CASHIER.name).waitFor()
  })
})

async function tap(filter: string, holder: string): Promise<void> {
  await till.page.getByRole('searchbox').fill(filter)
  await till.page.getByRole('button', { name: holder }).first().click()
}

async function leave(): Promise<void> {
  await expect
    .poll(
      async () => {
        await till.page.keyboard.press('Escape')
        return till.page.locator('.visit--waiting').isVisible()
      },
      { timeout: 8_000 },
    )
    .toBe(true)
}
