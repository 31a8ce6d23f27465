import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Running, runProgram } from '../rigs/program.ts'
import { freePort } from '../server/posRig.ts'
import { openBrowser } from './browser.ts'
import { killChild, startProduct, temporaryFolder } from './product.ts'
import { accessibilityFindings, Till } from './till.ts'

/** The sample POS in one tab, the counter's screen in another, in a real Chromium with its web security. */
const folder = temporaryFolder()
const PageLine = z.object({ url: z.url(), pid: z.int() })
let port: number
let product: Awaited<ReturnType<typeof startProduct>>
let served: Running<z.infer<typeof PageLine>>
let browser: Browser
let till: Till
let pos: Page

beforeAll(async () => {
  port = await freePort()
  ;[product, served, browser] = await Promise.all([
    startProduct(folder.path, ['--no-devices', '--pos-port', String(port)]),
    runProgram(['bin/pos.ts', '--port', '0'], (text) => PageLine.parse(JSON.parse(text))),
    openBrowser(),
  ])
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
  await till.signIn()
  pos = await context.newPage()
  await pos.goto(`${served.line.url}?counter=http://127.0.0.1:${port}`)
}, 180_000)

afterEach(async (test) => {
  // biome-ignore lint/performance/useDomNodeTextContent: laid out as a person reads it
  if (test.task.result?.state === 'fail') console.error(await till.screen(), await pos.locator('body').innerText())
})

afterAll(async () => {
  await browser?.close()
  await served?.stop()
  await product?.stop()
  folder.remove()
})

const approve = async () => {
  await till.page.bringToFront()
  await till.tap('Haruka Sato')
  await till
    .button(/^Approve ¥/)
    .first()
    .click()
  await pos.bringToFront()
}

describe('a POS beside the counter', () => {
  it('is let in by a manager, and connects with its token', async () => {
    await till.button(/^Menu/).click()
    await till.button('End of day and POS…').click()
    await till.page.getByLabel('Manager’s PIN').fill('3456')
    await till.page.keyboard.press('Enter')
    await till.page.getByText('POS', { exact: true }).first().click()
    await till.page.getByLabel('What people call it').fill('Till 1')
    await till.page.getByLabel('Origin of its page, if it runs in a browser').fill(new URL(served.line.url).origin)
    await till.button('Make a token').click()
    const token = (await till.page.getByTestId('pos-token').textContent()) ?? ''
    await till.button('I have copied it').click()
    await till.page.keyboard.press('Escape')

    await pos.bringToFront()
    await pos.getByLabel('Token').fill(token)
    await pos.getByRole('button', { name: 'Connect' }).click()
    await pos.getByText('Connected', { exact: true }).waitFor()
    expect(await accessibilityFindings(pos)).toEqual([])
  })

  it('sends its basket, and sees the discount on its lines', async () => {
    await pos.getByRole('button', { name: /^Cake/ }).click()
    await pos.getByText('open', { exact: true }).waitFor()
    await till.page.getByText('From Till 1').waitFor()
    await approve()
    await pos.getByText(/^approved, /).waitFor()
    await pos.locator('#discount', { hasText: '−¥' }).waitFor()
    expect(await pos.locator('#lines td:nth-child(3)').allTextContents()).toContainEqual(expect.stringContaining('−¥'))
    expect(await accessibilityFindings(pos)).toEqual([])
  })

  it('finds its sale again after its page was closed, and completes it', async () => {
    await pos.reload()
    await pos.getByText(/^approved, /).waitFor()
    await pos.getByRole('button', { name: 'Complete sale' }).click()
    await pos.getByText(/^S-.*: completed$/).waitFor()
    await till.heading('Tap card or scan').waitFor()
  })

  it('comes back by itself when the counter was killed, with the sale on its screen', async () => {
    await pos.getByRole('button', { name: /^Bread/ }).click()
    await till.page.getByText('From Till 1').waitFor()
    killChild(product.line.pid, 'counter/main.ts')
    await till.signIn()
    await till.page.getByText('From Till 1').waitFor()
    await pos.getByText('Connected', { exact: true }).waitFor()
    await pos.getByRole('button', { name: 'Void sale' }).click()
    await till.page.getByText('From Till 1').waitFor({ state: 'detached' })
  })
})
