import { type Browser, chromium, type Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { type Running, startProduct, temporaryFolder } from '../e2e/product.ts'
import { Till } from '../e2e/till.ts'
import { type Display, openDisplay } from './rigs/xvfb.ts'

/** A keyboard scanner types into the counter's own screen, in a real window of the Chromium that Debian installs. */
const folder = temporaryFolder()
let display: Display
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let till: Till

/** The first code of a kind that belongs to a customer with coupons. */
function codeOf(type: 'barcode' | 'qr'): string {
  const chain = loadSampleChain()
  for (const holder of chain.holders) {
    const medium = holder.media.find((each) => each.type === type && !each.blocked)
    if (medium && holder.acquisitions.length > 0) return medium.identifier
  }
  throw new Error(`no sample customer with coupons has a ${type}`)
}

beforeAll(async () => {
  ;[display, product] = await Promise.all([openDisplay(), startProduct(folder.path)])
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: false,
    env: { ...process.env, DISPLAY: display.name },
    args: ['--no-sandbox', '--disable-gpu', '--window-position=0,0', '--window-size=1280,800'],
  })
  const context = await browser.newContext({ viewport: null, locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
  await till.signIn()
  await display.focus(await till.page.title())
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await display?.close()
  folder.remove()
})

/** The screen after a scan: the coupons of the customer, or what a counter says of a code that nobody has. */
const coupons = () => till.page.getByRole('button', { name: /^Approve / }).first()
const nobody = () => till.heading('Card not registered')

/**
 * A scan is told from a person by its speed, and a busy machine adds pauses between keys that no scanner makes: one that
 * was taken for typing is made again, as a cashier would. What its keys typed is thrown away first.
 */
async function scanUntil(outcome: () => Locator, text: string, prepare: () => Promise<void> = async () => {}) {
  for (let attempts = 1; ; attempts += 1) {
    await prepare()
    await display.scan(text)
    const shown = await outcome()
      .waitFor({ timeout: attempts < MOST_SCANS ? 5_000 : 20_000 })
      .then(
        () => null,
        (error: unknown) => error,
      )
    if (shown === null) return
    if (attempts === MOST_SCANS) throw shown
    await till.startAfresh()
  }
}
const MOST_SCANS = 5
const lunch = () => till.chooseBasket(/^Lunch/)

describe.each(['us', 'jp', 'de'])('a scanner on a system with the %s layout', (layout) => {
  beforeAll(() => display.setLayout(layout))

  it('finds the customer of a barcode', async () => {
    await scanUntil(coupons, `${codeOf('barcode')}\n`, lunch)
    await till.startAfresh()
  })

  it('finds the customer of a QR code by its AIM identifier, whose characters lie elsewhere on this layout', async () => {
    await scanUntil(coupons, `]Q1${codeOf('qr')}\n`, lunch)
    await till.startAfresh()
  })

  it('is told when nobody has the code', async () => {
    await scanUntil(nobody, '2999999999991\n')
    await till.startAfresh()
  })
})

it('presses no button that has the focus', async () => {
  await display.setLayout('us')
  await scanUntil(coupons, `${codeOf('barcode')}\n`, async () => {
    await lunch()
    await till.button('Samples').focus()
  })
  expect(await till.page.getByRole('dialog').isVisible()).toBe(false)
  await till.startAfresh()
})
