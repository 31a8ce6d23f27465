import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { Hands } from './hands.ts'
import { type Running, startProduct, temporaryFolder } from './product.ts'
import { type Spoken, spoken } from './spoken.ts'
import { CASHIER, Till } from './till.ts'

const MANAGER = { name: 'Kaori Mizuno', pin: '3456' }

/** A whole visit by somebody who has no pointer: by a keyboard with all its keys, and by one switch that moves on and presses. */
const folder = temporaryFolder()
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let till: Till
let hands: Hands

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(folder.path, ['--no-devices']), openBrowser()])
  const context = await browser.newContext({
    viewport: { width: 1600, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(10_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
})

afterEach(async (test) => {
  if (test.task.result?.state === 'fail') console.error(await till.screen(), product.log())
})

afterAll(async () => {
  await browser?.close()
  expect(await product?.stop()).toBe(0)
  folder.remove()
})

/** A customer holds a card to the reader: no pointer, no key, and the focus stays where it is. */
async function holdCard(who: string): Promise<void> {
  await till.page
    .locator('.sample', { hasText: who })
    .first()
    .evaluate((sample: HTMLElement) => sample.click())
}

/** The one thing to do, once it has settled against a second press meant for the one before it. */
async function pressPrimary(): Promise<void> {
  await hands.press(till.page.locator('[data-primary]:not([data-settling])'))
}

const outcome = (words: Spoken, key: string) => till.heading(words.t(key)).waitFor()
const button = (words: Spoken, key: string) => till.button(words.t(key))
const inDialog = (name: string | RegExp) => till.page.getByRole('dialog').getByRole('button', { name, exact: true })

describe('by the keyboard', () => {
  const words = spoken('en')

  beforeAll(() => {
    hands = new Hands(till.page)
  })

  it('signs in: the first name has the focus, and the field of the PIN after it', async () => {
    await till.button(CASHIER.name).waitFor()
    await hands.press(till.button(CASHIER.name))
    await till.page.getByLabel(words.t('signIn.pinFor'), { exact: true }).waitFor()
    await till.page.keyboard.type(CASHIER.pin)
    await till.page.keyboard.press('Enter')
    await outcome(words, 'idle.title')
  })

  it('every control is a stop in its order, while a card is waited for', () => hands.goRound())

  it('types an amount, + puts it down, and F2 approves what the customer’s card brings', async () => {
    // As a person types: regular keys within 100 ms of each other are a scanner's.
    await till.page.keyboard.type('1250', { delay: 150 })
    // The focus is on a button, and Enter would be that button's.
    await till.page.keyboard.press('+')
    await till.page.locator('.purchase__total').getByText(words.money(1_250)).waitFor()
    await holdCard('Minato Kimura')
    await till.button(/^Approve/).waitFor()
    await hands.goRound()
    await till.page.keyboard.press('F2')
    await outcome(words, 'approved.confirmed')
  })

  it('undoes it with a reason, and the next customer is there', async () => {
    await hands.goRound()
    await till.page.keyboard.press('F8')
    const reason = inDialog(words.t('undo.reasons.customer_changed_mind'))
    await reason.waitFor()
    expect(await reason.evaluate((element) => element === document.activeElement)).toBe(true)
    await hands.goRound()
    await hands.press(inDialog(words.t('undo.reasons.wrong_coupon')))
    await outcome(words, 'undone.confirmed')
    await till.startAfresh()
  })

  it('comes to the manager’s screen by a PIN, and back by Escape', async () => {
    await hands.press(till.button(words.t('menu.open', { name: CASHIER.name })))
    await hands.press(inDialog(words.t('offline.open')))
    // The only manager of this store need not be chosen.
    await till.heading(MANAGER.name).waitFor()
    await till.page.keyboard.type(MANAGER.pin)
    await till.page.keyboard.press('Enter')
    await till.heading(words.t('offline.title')).waitFor()
    await hands.goRound()
    await till.page.keyboard.press('Escape')
    await outcome(words, 'idle.title')
  })

  it('signs out, and changes the language with the arrows', async () => {
    await hands.press(till.button(words.t('menu.open', { name: CASHIER.name })))
    await hands.press(inDialog(words.t('menu.signOut')))
    await till.button(CASHIER.name).waitFor()
    await hands.reach(till.page.getByRole('radio', { name: 'English' }))
    await till.page.keyboard.press('ArrowRight')
    await till.heading(spoken('ja').t('signIn.title')).waitFor()
    expect(hands.findings).toEqual([])
  })
})

describe('by one switch, in Japanese: Tab moves on, Enter presses', () => {
  const words = spoken('ja')

  beforeAll(() => {
    hands = new Hands(till.page)
  })

  it('signs in with the keys of the screen', async () => {
    await hands.press(till.button(CASHIER.name))
    for (const digit of CASHIER.pin) await hands.press(till.button(digit))
    await hands.press(button(words, 'signIn.submit'))
    await outcome(words, 'idle.title')
  })

  it('takes a basket, approves, undoes', async () => {
    await hands.press(button(words, 'purchase.samples'))
    await hands.press(till.page.getByRole('dialog').getByRole('button', { name: words.basket('lunch') }))
    await holdCard('Minato Kimura')
    await pressPrimary()
    await outcome(words, 'approved.confirmed')
    await hands.press(till.button(new RegExp(`^${words.pattern('approved.undoSeconds').source}`)))
    await hands.press(inDialog(words.t('undo.reasons.wrong_coupon')))
    await outcome(words, 'undone.confirmed')
    await pressPrimary()
    await outcome(words, 'idle.title')
  })

  it('a past approval is taken back', async () => {
    await hands.press(button(words, 'purchase.samples'))
    await hands.press(till.page.getByRole('dialog').getByRole('button', { name: words.basket('lunch') }))
    await holdCard('Minato Kimura')
    await pressPrimary()
    await outcome(words, 'approved.confirmed')
    await pressPrimary()
    await outcome(words, 'idle.title')
    await hands.press(till.button(words.t('menu.open', { name: CASHIER.name })))
    await hands.press(inDialog(words.t('cashier.recent.open')))
    await hands.press(inDialog(words.t('cashier.recent.annul')).first())
    await hands.press(inDialog(words.t('undo.reasons.wrong_coupon')))
    const newest = till.page.getByRole('dialog').getByRole('listitem').first()
    await newest.getByText(words.t('cashier.recent.undone'), { exact: true }).waitFor()
    await hands.press(till.page.getByRole('dialog').getByRole('button', { name: words.t('close') }))
    await till.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(hands.findings).toEqual([])
  })
})
