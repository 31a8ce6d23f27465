import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../test/e2e/browser.ts'
import { ROOT, startProduct, temporaryFolder } from '../test/e2e/product.ts'
import { CASHIER } from '../test/e2e/till.ts'

/**
 * `npm run screenshots`: the pictures of docs/images, taken from the running product with its sample data. The same
 * customer, basket and order each time, animations off, so that only a change of the product
 * changes a picture.
 */
const FOLDER = join(ROOT, 'docs/images')

interface Look {
  readonly name: string
  /** Which moments are worth a picture in this look. */
  readonly screens: readonly Screen[]
  readonly language: 'English' | '日本語'
  readonly colorScheme: 'light' | 'dark'
  readonly viewport: { readonly width: number; readonly height: number }
}

type Screen = 'sign-in' | 'waiting' | 'offers' | 'approved' | 'nothing-fits' | 'simulator'

const SMALL = { width: 1024, height: 768 }
const LARGE = { width: 1920, height: 1080 }
const LOOKS: readonly Look[] = [
  {
    name: 'en-light-1024x768',
    screens: ['sign-in', 'waiting', 'offers', 'approved', 'nothing-fits', 'simulator'],
    language: 'English',
    colorScheme: 'light',
    viewport: SMALL,
  },
  {
    name: 'en-dark-1920x1080',
    screens: ['offers', 'approved', 'nothing-fits'],
    language: 'English',
    colorScheme: 'dark',
    viewport: LARGE,
  },
  {
    name: 'ja-light-1920x1080',
    screens: ['waiting', 'offers', 'approved', 'simulator'],
    language: '日本語',
    colorScheme: 'light',
    viewport: LARGE,
  },
]

mkdirSync(FOLDER, { recursive: true })
const browser = await openBrowser()
try {
  for (const look of LOOKS) await takeAll(look)
} finally {
  await browser.close()
}

/** A fresh product for each look: what one approved must not show in the next. */
async function takeAll(look: Look): Promise<void> {
  const folder = temporaryFolder()
  const product = await startProduct(folder.path, ['--no-devices'])
  try {
    const context = await browser.newContext({
      viewport: look.viewport,
      colorScheme: look.colorScheme,
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Tokyo',
      locale: 'en-GB',
    })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    await page.goto(product.line.url)
    await page.getByRole('radio', { name: look.language }).check({ force: true })
    await page.getByRole('button', { name: CASHIER.name }).waitFor()
    await take(page, look, 'sign-in')
    await page.getByRole('button', { name: CASHIER.name }).click()
    await page.locator('input[type=password]').fill(CASHIER.pin)
    await page.keyboard.press('Enter')
    await page.locator('.visit--waiting').waitFor()
    await setSimulator(page, false)
    await page.locator('.purchase .paneHeader button').first().click()
    await page.getByRole('dialog').locator('.choice').first().click()
    await page.locator('.purchase__lines').waitFor()
    await take(page, look, 'waiting')

    await present(page, 'Haruka Sato')
    await page.locator('.headline__amount').waitFor()
    await take(page, look, 'offers')
    await page.keyboard.press('Enter')
    await page.locator('.outcome__amount').waitFor()
    await take(page, look, 'approved')
    await leave(page)

    await present(page, 'Kenta Suzuki')
    await page.locator('.headline--none').waitFor()
    await take(page, look, 'nothing-fits')
    await leave(page)
    await setSimulator(page, true)
    await take(page, look, 'simulator')
    await context.close()
  } finally {
    await product.stop()
    folder.remove()
  }
}

async function take(page: Page, look: Look, screen: Screen): Promise<void> {
  if (!look.screens.includes(screen)) return
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(FOLDER, `${screen}-${look.name}.png`), animations: 'disabled', caret: 'hide' })
}

/** The drawer covers the purchase on a small screen: it is opened to tap and closed for the picture. */
async function setSimulator(page: Page, open: boolean): Promise<void> {
  const toggle = page.locator('[aria-controls=simulator]')
  if (((await toggle.getAttribute('aria-expanded')) === 'true') !== open) await page.keyboard.press('F9')
}

async function present(page: Page, holder: string): Promise<void> {
  await setSimulator(page, true)
  await page.getByRole('searchbox').fill(holder)
  await page.locator('button.sample', { hasText: holder }).first().click()
  await page.getByRole('searchbox').fill('')
  await setSimulator(page, false)
}

async function leave(page: Page): Promise<void> {
  while (!(await page.locator('.visit--waiting').isVisible())) {
    await page.keyboard.press('Escape')
    await page.waitForTimeout(200)
  }
}
