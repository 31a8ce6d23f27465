import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { openBrowser } from './browser.ts'
import { childrenOf, killChild, type Running, startProduct, temporaryFolder } from './product.ts'
import { CASHIER, Till } from './till.ts'

/** The real product with its embedded server and sample data, worked by its roles and labels in a real Chromium. */
const folder = temporaryFolder()
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let context: BrowserContext
let till: Till
const complaints: string[] = []

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(folder.path, ['--no-devices']), openBrowser()])
  context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(8_000)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  till = new Till(page)
  await page.goto(product.line.url)
})

afterEach(async (test) => {
  if (test.task.result?.state === 'fail') console.error(await till.screen(), product.log())
})

afterAll(async () => {
  await browser?.close()
  expect(await product?.stop()).toBe(0)
  folder.remove()
})

describe('a cashier signs in', () => {
  it('sees no token in the address bar', async () => {
    await till.heading('Who is at this counter?').waitFor()
    expect(till.page.url()).not.toContain('token')
  })

  it('is told of a wrong PIN', async () => {
    await till.button(CASHIER.name).click()
    await till.page.getByLabel('PIN', { exact: true }).fill('0000')
    await till.button('Sign in').click()
    await till.page.getByText('That PIN is not right. Try again.').waitFor()
  })

  it('and gets in with the right one', async () => {
    await till.page.getByLabel('PIN', { exact: true }).fill(CASHIER.pin)
    await till.page.keyboard.press('Enter')
    await till.heading('Tap card or scan').waitFor()
    await till.status('Online').waitFor()
    await till.status('Nothing waiting').waitFor()
  })

  it('stays signed in when the page is loaded again: the cookie is enough', async () => {
    await till.page.reload()
    await till.heading('Tap card or scan').waitFor()
  })
})

describe('a card is tapped', () => {
  it('shows what is usable now with its discount, and the rest with the reason in words', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    const offers = till.page.getByRole('region', { name: 'The customer’s coupons' })
    await offers.getByText('Best discount').waitFor()
    expect(await offers.textContent()).toContain('573')
    await till.heading('Usable now').waitFor()
    await till.heading('Not usable now').waitFor()
    await offers
      .getByText('The purchase is too small')
      .or(offers.getByText(/^Spend .* more$/))
      .first()
      .waitFor()
    await offers.getByText('Not valid in this store').first().waitFor()
  })

  it('approves the best by the keyboard alone', async () => {
    await till.button('Approve ¥573 off').waitFor()
    await till.page.keyboard.press('Enter')
    await till.heading('Approved').waitFor()
    await till.page.getByText('Confirmed by the server').waitFor()
  })

  it('undoes it by the keyboard, with a reason', async () => {
    await till.page.keyboard.press('F8')
    await till.button('Wrong coupon').focus()
    await till.page.keyboard.press('Enter')
    await till.heading('Undone').waitFor()
    await till.nextCustomer()
  })

  it('gives the coupons back: the same card sees the same discount again', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    await till.button('Approve ¥573 off').waitFor()
  })

  it('approves what the cashier chooses instead', async () => {
    await till.page.getByRole('checkbox', { name: /Bento & deli: 15% off/ }).click()
    await till.page.getByText('Your choice').waitFor()
    await till.button(/^Approve ¥(?!573)\d+ off$/).click()
    await till.heading('Approved').waitFor()
    await till.nextCustomer()
  })
})

describe('a card that gives nothing', () => {
  beforeEach(() => till.startAfresh())

  it.each([
    ['not registered', 'not registered Barcode', 'Cleanly', 'Card not registered'],
    ['a phone that changes its number', 'random UID', 'Cleanly', 'This phone or card changes its number'],
    ['a good card with a random UID', 'Haruka Sato', 'Random UID', 'This phone or card changes its number'],
    ['a number that is not unique', 'number not unique', 'Cleanly', 'This card’s number is not unique'],
    ['a card held badly', 'Haruka Sato', 'Badly', 'Could not read the card'],
    ['a blocked card', 'Ren Kobayashi NFC card · blocked', 'Cleanly', 'Card is blocked'],
  ] as const)('%s ends in one named outcome', async (_, who, how, outcome) => {
    await till.chooseBasket(/^Lunch/)
    await till.tap(who, how)
    await till.heading(outcome).waitFor()
    await till.nextCustomer()
  })

  it('nothing fits: says so and goes on', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.tap('Kenta Suzuki')
    await till.heading('No coupon fits this purchase').waitFor()
    await till.nextCustomer()
  })
})

describe('one-tap mode', () => {
  beforeEach(() => till.startAfresh())

  it('approves the only coupon that fits as soon as the card is tapped, and leaves a choice to the cashier', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.page.getByRole('switch', { name: 'One-tap' }).click()
    await till.page.getByText('What needs no choice is approved at once.').waitFor()
    await till.tap('Minato Kimura')
    await till.heading('Approved').waitFor()
    await till.page.getByText('Approved by the tap itself. Undo takes it back.').waitFor()
    expect(await till.page.getByRole('main').textContent()).toContain('200')
    await till.nextCustomer()
    await till.chooseBasket(/^Lunch/)
    await till.tap('Yui Takahashi')
    await till.button('Approve ¥423 off').waitFor()
    await till.page.getByText('One-tap waits: you can choose').waitFor()
    await till.startAfresh()
    await till.page.getByRole('switch', { name: 'One-tap' }).click()
    await till.page.getByText('The customer’s coupons appear here.').waitFor()
  })
})

describe('without a reader', () => {
  beforeEach(() => till.startAfresh())

  it('a membership number is typed, and an amount by the keys', async () => {
    await till.page.keyboard.type('1500', { delay: 120 })
    await till.page.keyboard.press('+')
    await till.page.getByRole('list', { name: 'Lines of the purchase' }).getByText('¥1,500').waitFor()
    await till.page.keyboard.press('F4')
    await till.page.getByRole('textbox', { name: 'Number under the barcode' }).fill('2900000000018')
    await till.button('Find coupons').click()
    await till.heading('Card not registered').waitFor()
    await till.nextCustomer()
  })
})

describe('the line to the counter', () => {
  const dial = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`${new URL(product.line.url).origin.replace('http', 'ws')}/client`, { headers })
      socket.once('open', () => {
        socket.terminate()
        resolve(101)
      })
      socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
      socket.once('error', reject)
    })
  const cookies = async () => (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

  it('is refused without the cookie, from another origin, and under another name', async () => {
    const { origin } = new URL(product.line.url)
    const good = { origin, cookie: await cookies() }
    expect(await dial(good)).toBe(101)
    expect(await dial({ origin })).toBe(401)
    expect(await dial({ ...good, origin: 'http://attacker.example' })).toBe(403)
    expect(await dial({ ...good, host: 'attacker.example' })).toBe(421)
  })

  it('cannot be had with the address a second time', async () => {
    const stranger = await browser.newContext()
    const page = await stranger.newPage()
    const [answer] = await Promise.all([page.waitForResponse('**/session'), page.goto(product.line.url)])
    expect(answer.status()).toBe(401)
    await page.getByText('The counter program does not answer').waitFor()
    await stranger.close()
  })
})

describe('the embedded server is killed', () => {
  beforeEach(() => till.startAfresh())

  it('it is started again at the same address, and confirms again', async () => {
    const before = killChild(product.line.pid, 'server/main.ts')
    await expect
      .poll(() => childrenOf(product.line.pid, 'server/main.ts')[0] ?? before, { timeout: 15_000 })
      .not.toBe(before)
    await expect
      .poll(
        () =>
          fetch(new URL('/healthz', product.line.server)).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true)
    await till.status('Online').waitFor({ timeout: 30_000 })
    await till.chooseBasket(/^Lunch/)
    await till.tap('Sakura Nakamura')
    await till.button(/^Approve .* off$/).click()
    await till.heading('Approved').waitFor()
    await till.nextCustomer()
  })
})

describe('a second start on the same folder', () => {
  it('is refused in one line and disturbs nothing', async () => {
    await expect(startProduct(folder.path)).rejects.toThrow(`already running here as process ${product.line.pid}`)
    await till.heading('Tap card or scan').waitFor()
  })
})

describe('the page', () => {
  it('has complained of nothing: no blocked resource, no error', () => {
    expect(complaints).toEqual([])
  })
})
