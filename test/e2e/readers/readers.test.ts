import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'
import { plugSerialCable, type SerialCable } from '../../contract/mediumReaderSerialPty.ts'
import { openBrowser } from '../browser.ts'
import { killChild, type Running, startProduct, temporaryFolder } from '../product.ts'
import { accessibilityFindings, Till } from '../till.ts'
import { CALIBRATION_ON_A_GERMAN_SCANNER, key, keysOf, typeAsScanner } from './scannerKeys.ts'

/** A manager sets up readers on the real product: simulated ones, and a serial port that is a real pseudo-terminal. */
const MANAGER = { name: 'Kaori Mizuno', pin: '3456' }
/** The number on a sample customer's membership barcode. */
const MEMBER = loadSampleChain()
  .holders.flatMap(({ media }) => media)
  .find(({ type, blocked }) => type === 'barcode' && !blocked)?.identifier
const folder = temporaryFolder()
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let context: BrowserContext
let till: Till
let cable: SerialCable
const complaints: string[] = []

const start = () => startProduct(folder.path, ['--no-devices'])

beforeAll(async () => {
  ;[product, browser, cable] = await Promise.all([start(), openBrowser(), plugSerialCable()])
  await openTill()
  await till.signIn()
})

afterEach(async (test) => {
  if (test.task.result?.state === 'fail') console.error(await till.screen(), product.log())
})

afterAll(async () => {
  await browser?.close()
  expect(await product?.stop()).toBe(0)
  await cable?.close()
  folder.remove()
})

async function openTill(): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  till = new Till(page)
  await page.goto(product.line.url)
}

async function openSetup(pin = MANAGER.pin): Promise<void> {
  await till.button(/^Menu: /).click()
  await till.button('Set up readers…').click()
  // The only manager of this store need not be chosen.
  await till.heading(MANAGER.name).waitFor()
  await till.page.getByLabel('Manager’s PIN').fill(pin)
  await till.button('Open').click()
}

const leave = async () => {
  await till.button('Back to the counter').click()
  await till.heading('Tap card or scan').waitFor()
}
const row = (name: string | RegExp) =>
  till.page.getByRole('navigation', { name: 'Readers' }).getByRole('button', { name })
const arrived = () => till.page.getByRole('list', { name: 'What arrived' }).getByRole('listitem')

const coupons = () => till.page.getByRole('region', { name: 'The customer’s coupons' })

describe('a manager', () => {
  it('is not taken for one with a wrong PIN, and leaves the cashier signed in', async () => {
    await openSetup('0000')
    await till.page.getByText('That PIN is not right. Try again.').waitFor()
    await till.page.keyboard.press('Escape')
    await till.heading('Tap card or scan').waitFor()
    await till.button('Menu: Rin Takeda').waitFor()
  })

  it('gets in with the right one and sees every reader with its health', async () => {
    await openSetup()
    await till.heading('Set up readers').waitFor()
    await row(/Simulated reader.*Ready/s).waitFor()
    await row(/Keyboard scanner.*Ready/s).waitFor()
    expect(await accessibilityFindings(till.page)).toEqual([])
  })

  it('names the reader that is tapped, and nobody’s visit begins', async () => {
    await till.button('Tap here to name a reader').click()
    await till.page.getByText(/that you want to name/).waitFor()
    await till.tap('Haruka Sato')
    const name = till.page.getByLabel('Name at this counter')
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    await name.fill('Training reader')
    await till.page.keyboard.press('Enter')
    await row(/Training reader.*Ready/s).waitFor()
    await till.heading('Training reader').waitFor()
    await till.page.getByText('Simulated reader').first().waitFor()
  })

  it('tests it live: what arrives is shown masked', async () => {
    await till.button('Start test').click()
    await till.page.getByText('Nothing yet.').waitFor()
    await till.tap('Haruka Sato')
    await arrived().first().getByText('FeliCa').waitFor()
    await till.tap('Haruka Sato', 'Random UID')
    await expect.poll(() => arrived().count()).toBe(2)
    await arrived().first().locator('.badge--bad').waitFor()
    const shown = await till.screen()
    // The sample card's identifier, whole or as bytes, is nowhere on the screen.
    expect(shown).not.toMatch(/[0-9a-f]{14,}/i)
    await till.button('Stop test').click()
  })

  it('leaves, and a cashier’s tap works as before', async () => {
    await leave()
    await till.status('2 readers ready').waitFor()
    await till.chooseBasket(/Lunch/)
    await till.tap('Haruka Sato')
    await coupons().waitFor()
    await till.startAfresh()
  })

  it('finds the customer whom a cashier had begun with as they were, whatever was presented meanwhile', async () => {
    await till.tap('Haruka Sato')
    await coupons().waitFor()
    const before = await coupons().textContent()
    await openSetup()
    await till.heading('Set up readers').waitFor()
    await till.tap('Kenta Suzuki')
    await till.button('Back to the counter').click()
    await coupons().waitFor()
    expect(await coupons().textContent()).toBe(before)
    await till.startAfresh()
  })
})

describe('a keyboard scanner', () => {
  it('tells its layout by one scan, which is kept', async () => {
    await openSetup()
    await row(/Keyboard scanner/).click()
    await till.button('Find out by one scan').click()
    await till.page.getByRole('img', { name: 'Calibration barcode' }).waitFor()
    await typeAsScanner(till.page, CALIBRATION_ON_A_GERMAN_SCANNER)
    await till.page.getByText('Found and kept: German.').waitFor()
    await expect.poll(() => till.page.getByRole('radio', { name: 'German' }).isChecked()).toBe(true)
  })

  it('is tested live in that layout, and nothing it types goes anywhere else', async () => {
    await till.button('Start test').click()
    await typeAsScanner(
      till.page,
      [...'007'].map((digit) => key(`Digit${digit}`)).concat(key('Slash'), ...keysOf('TAP'), key('Enter')),
    )
    // The key of a US slash is the German minus.
    await arrived().first().getByText('999-AAA').waitFor()
    await leave()
  })
})

describe('a serial scanner', () => {
  it('is added by its path, and tested', async () => {
    await openSetup()
    await till.button('Add a serial scanner').click()
    await till.page.getByLabel('Port', { exact: true }).fill(cable.path)
    await till.button('Find out by a test scan').click()
    await till.page.getByText(/Each setting is tried in turn/).waitFor()
    await expect
      .poll(
        async () => {
          cable.send('2012345678903\r')
          return till.page.getByText(/^Found: /).isVisible()
        },
        { timeout: 15_000, interval: 300 },
      )
      .toBe(true)
    await till.page.getByLabel('Make').selectOption('USB serial (CDC)')
    await till.button('Add scanner').click()
    await row(/scanner.*Serial scanner.*Ready/s).waitFor()
    await till.button('Start test').click()
    await till.page.getByRole('img', { name: 'EAN-13 test barcode' }).waitFor()
    cable.send('2012345678903\r')
    await arrived().first().getByText('9999999999999').waitFor()
    await arrived().first().getByText('Complete, as drawn').waitFor()
    expect(await till.screen()).not.toContain('2012345678903')
    await till.button('Stop test').click()
    await till.page.getByLabel('Name at this counter').fill('Desk scanner')
    await till.page.keyboard.press('Enter')
    await row(/Desk scanner.*Ready/s).waitFor()
  })

  it('that goes away says so at once, and is back by itself', async () => {
    await cable.unplug()
    await row(/Desk scanner.*Not there/s).waitFor()
    await row(/Desk scanner/).click()
    await till.heading('What to do').waitFor()
    await cable.plug()
    await row(/Desk scanner.*Ready/s).waitFor()
  })

  it('that is switched off reads for nobody, and is there again when it is switched on', async () => {
    const used = till.page.getByRole('switch', { name: 'Use this reader' })
    await used.click()
    await row(/Desk scanner.*Switched off/s).waitFor()
    await leave()
    await till.status('2 readers ready').waitFor()
    cable.send(`${MEMBER}\r`)
    // A scan that is read shows within a few milliseconds; below it does.
    await till.page.waitForTimeout(700)
    expect(await till.heading('Tap card or scan').isVisible()).toBe(true)
    await openSetup()
    await row(/Desk scanner/).click()
    await used.click()
    await row(/Desk scanner.*Ready/s).waitFor()
    await leave()
    await till.status('3 readers ready').waitFor()
    cable.send(`${MEMBER}\r`)
    await coupons().waitFor()
    await till.startAfresh()
  })

  it('keeps its place when the devices process is killed in the middle of a test', async () => {
    await openSetup()
    await row(/Desk scanner/).click()
    await till.button('Start test').click()
    await till.page.getByText('Nothing yet.').waitFor()
    killChild(product.line.pid, 'counter/devices/main.ts')
    await row(/Desk scanner.*Ready/s).waitFor()
    await expect
      .poll(
        async () => {
          cable.send('2012345678903\r')
          return arrived().first().getByText('9999999999999').isVisible()
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    await leave()
  })

  it('is there with its name after the whole product was started again', async () => {
    await context.close()
    expect(await product.stop()).toBe(0)
    product = await start()
    await openTill()
    await till.signIn()
    await till.status('3 readers ready').waitFor()
    await openSetup()
    await row(/Desk scanner.*Ready/s).waitFor()
    await row(/Training reader.*Ready/s).waitFor()
  })

  it('is removed, and its port is nobody’s', async () => {
    await row(/Desk scanner/).click()
    await till.button('Remove this scanner').click()
    await expect.poll(() => row(/Desk scanner|Serial scanner/).count()).toBe(0)
    await leave()
    await till.status('2 readers ready').waitFor()
    await till.tap('Haruka Sato')
    await coupons().waitFor()
  })

  it('and the page has complained of nothing', () => {
    expect(complaints.filter((complaint) => !/WebSocket|ERR_CONNECTION_REFUSED/.test(complaint))).toEqual([])
  })
})
