import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { openBrowser } from '../e2e/browser.ts'
import { type Running, startProduct, temporaryFolder } from '../e2e/product.ts'
import { Till } from '../e2e/till.ts'
import { FELICA_ATR } from './rigs/atr.ts'
import { type Pcscd, startPcscd } from './rigs/pcscd.ts'
import { insertCard, uidCard } from './rigs/virtualCard.ts'

/** The main job with nothing simulated between the card and the screen: a real pcscd, the product, a real Chromium. */
const folder = temporaryFolder()
let pcscd: Pcscd
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let till: Till

beforeAll(async () => {
  pcscd = await startPcscd()
  ;[product, browser] = await Promise.all([startProduct(folder.path), openBrowser()])
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
  await till.signIn()
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await pcscd?.stop()
  folder.remove()
})

/** The IDm of a sample customer's FeliCa card. */
function felicaOf(name: string): string {
  const holder = loadSampleChain().holders.find((one) => one.name === name)
  const medium = holder?.media.find(({ type }) => type === 'felica-idm')
  if (!medium) throw new Error(`${name} has no FeliCa card`)
  return medium.identifier
}

describe('a card on a real reader', () => {
  it('is among the readers that the screen knows', async () => {
    await till.status(/reader/).click()
    const dialog = till.page.getByRole('dialog')
    await dialog.getByRole('heading', { name: /Virtual PCD 00 00/ }).waitFor()
    await till.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('appears as coupons and is approved', async () => {
    await till.chooseBasket(/^Lunch/)
    const card = await insertCard(uidCard(FELICA_ATR, felicaOf('Haruka Sato')))
    try {
      await till.button('Approve ¥573 off').click()
      await till.heading('Approved').waitFor()
      await till.page.getByText('Confirmed by the server').waitFor()
    } finally {
      await card.remove()
    }
    await till.nextCustomer()
  })

  it('of nobody ends in one named outcome', async () => {
    await till.chooseBasket(/^Lunch/)
    const card = await insertCard(uidCard(FELICA_ATR, '012e4c3d2b1a0fee'))
    try {
      await till.heading('Card not registered').waitFor()
    } finally {
      await card.remove()
    }
    await till.nextCustomer()
  })

  it('leaves its number nowhere in the logs', () => {
    expect(product.log().toLowerCase()).not.toContain(felicaOf('Haruka Sato').toLowerCase())
  })
})
