import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Running, startProduct, temporaryFolder } from './product.ts'
import { accessibilityFindings, CASHIER, Till } from './till.ts'

/** What a cashier does beside serving, in the real product: shift, past approvals, slip, training, customer's display. */
const folder = temporaryFolder()
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let context: BrowserContext
let till: Till

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(folder.path, ['--no-devices']), openBrowser()])
  context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(10_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
  await till.signIn()
})

afterEach(async (test) => {
  if (test.task.result?.state === 'fail') console.error(await till.screen(), product.log())
})

afterAll(async () => {
  await browser?.close()
  expect(await product?.stop()).toBe(0)
  folder.remove()
})

const dialog = (name: string | RegExp) => till.page.getByRole('dialog', { name })

/** Opens something from the menu. */
async function open(name: string): Promise<void> {
  await till.button(`Menu: ${CASHIER.name}`).click()
  await till.page.getByRole('dialog').getByRole('button', { name }).click()
}

/** One customer with one coupon that fits: ¥200 off lunch. */
async function approveForMinato(): Promise<void> {
  await till.chooseBasket(/^Lunch/)
  await till.tap('Minato Kimura')
  await till.button('Approve ¥200 off').click()
  await till.heading('Approved').waitFor()
}

describe('an approval', () => {
  it('says why the best is the best, and has a slip that bears the redemption’s number', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    await till.page.getByText(/^Saves ¥\d+ more than “.+” alone$/).waitFor()
    await till.startAfresh()
    await approveForMinato()
    await till.page.keyboard.press('F7')
    await dialog('Slip').getByText('Welcome: ¥200 off ¥1,000 or more').waitFor()
    await dialog('Slip')
      .getByText(/Number [0-9a-f-]{36}/)
      .waitFor()
    expect(await accessibilityFindings(till.page)).toEqual([])
    await till.page.keyboard.press('Escape')
    await till.nextCustomer()
  })

  it('can be taken back when the customer returns, with a reason', async () => {
    await till.page.keyboard.press('F6')
    await dialog('Past approvals').getByRole('button', { name: 'Take back' }).first().click()
    await till.page.getByRole('dialog').getByRole('button', { name: 'Wrong coupon' }).click()
    await dialog('Past approvals').getByText('Taken back', { exact: true }).waitFor()
    expect(await accessibilityFindings(till.page)).toEqual([])
    await till.page.keyboard.press('Escape')
    await till.heading('Tap card or scan').waitFor()
  })
})

it('a lost card’s coupons are found by another medium of the same customer', async () => {
  await till.chooseBasket(/^Lunch/)
  await till.tap('Ren Kobayashi', 'Cleanly')
  await till.heading('Card is blocked').waitFor()
  await till.page.getByText(/^Ask for another card or phone of the same customer/).waitFor()
  await till.openSimulator()
  await till
    .button(/^Present: Ren Kobayashi/)
    .nth(1)
    .click()
  await till.button('Approve ¥387 off').waitFor()
  await till.startAfresh()
})

describe('the customer’s display', () => {
  let display: Page

  beforeAll(async () => {
    display = await context.newPage()
    await display.goto(new URL('/display.html', product.line.url).href)
    await till.startAfresh()
  })

  it('shows the basket, the discount as the cashier has it, and that it was given; nothing can be pressed', async () => {
    await display.getByRole('heading', { name: 'Hold your card or phone here' }).waitFor()
    await till.chooseBasket(/^Lunch/)
    await display.getByText('Total', { exact: true }).waitFor()
    await till.tap('Ema Shimizu')
    await display.getByRole('heading', { name: 'Your discount' }).waitFor()
    await display.getByText('−¥250').waitFor()
    await display.getByText('To pay').waitFor()
    await till.button('Approve ¥250 off').click()
    await display.getByRole('heading', { name: 'Discount given' }).waitFor()
    expect(await display.locator('button, a, input').count()).toBe(0)
    expect(await display.locator('body').textContent()).not.toMatch(/Ema|Rin|[0-9a-f]{8}-/)
    expect(await accessibilityFindings(display)).toEqual([])
  })

  it('speaks as the cashier’s screen does', async () => {
    await till.button(`Menu: ${CASHIER.name}`).click()
    await till.page.getByRole('radio', { name: '日本語' }).check({ force: true })
    await display.getByRole('heading', { name: 'お値引きしました' }).waitFor()
    await till.page.getByRole('radio', { name: 'English' }).check({ force: true })
    await till.page.keyboard.press('Escape')
    await till.startAfresh()
    await display.getByRole('heading', { name: 'Hold your card or phone here' }).waitFor()
  })

  it('is told nothing but that by its line, and is not listened to', async () => {
    const heard = await display.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`ws://${location.host}/display`)
          socket.onmessage = ({ data }) => {
            socket.send(JSON.stringify({ requestId: 1, command: { type: 'signOut' } }))
            setTimeout(() => {
              socket.close()
              resolve(String(data))
            }, 300)
          }
        }),
    )
    expect(Object.keys(JSON.parse(heard))).toEqual(['type', 'display'])
    await till.heading('Tap card or scan').waitFor()
  })
})

describe('a training', () => {
  it('is marked on every screen, gives practice coupons to any card, and ends where it began', async () => {
    await till.startAfresh()
    const waiting = till.status('Nothing waiting')
    await waiting.waitFor()
    await open('Training')
    const strip = till.page.getByRole('region', { name: 'Training' })
    await strip.getByText('TRAINING', { exact: true }).waitFor()
    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    await till.page.getByText('Practice: 10% off').first().waitFor()
    expect(await accessibilityFindings(till.page)).toEqual([])
    await till.page.keyboard.press('Enter')
    await till.heading('Approved').waitFor()
    expect(await strip.isVisible()).toBe(true)
    await strip.getByRole('button', { name: 'End training' }).click()
    await strip.waitFor({ state: 'detached' })
    await till.heading('Tap card or scan').waitFor()
    await waiting.waitFor()
    await till.page.keyboard.press('F6')
    await dialog('Past approvals').getByText('Welcome: ¥200 off ¥1,000 or more').first().waitFor()
    expect(
      await dialog('Past approvals')
        .getByText(/^Practice/)
        .count(),
    ).toBe(0)
    await till.page.keyboard.press('Escape')
  })
})

describe('a shift', () => {
  it('adds up while it runs, ends with its totals, and signs out', async () => {
    await till.startAfresh()
    await open('Shift')
    const shift = dialog(/^Shift since/)
    await shift.getByRole('row', { name: /^Approved/ }).waitFor()
    await shift.getByRole('row', { name: /^Taken back 1 approval ¥200/ }).waitFor()
    await shift.getByText('By cashier').waitFor()
    expect(await accessibilityFindings(till.page)).toEqual([])
    await shift.getByRole('button', { name: 'End shift and sign out' }).click()
    await till.heading('Shift ended').waitFor()
    await till.page.getByText(`Ended by ${CASHIER.name}`).waitFor()
    expect(await accessibilityFindings(till.page)).toEqual([])
  })

  it('has its totals read before the next one signs in, whose shift begins at nothing', async () => {
    await till.button('OK').click()
    await till.heading('Who is at this counter?').waitFor()
    await till.signIn()
    await open('Shift')
    await dialog(/^Shift since/)
      .getByText('Nothing was approved in this shift yet.')
      .waitFor()
    await till.page.keyboard.press('Escape')
  })
})
