import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { announceStation } from '../../bin/embeddedServer.ts'
import { openBrowser } from './browser.ts'
import {
  childrenOf,
  killChild,
  type Running,
  type ServerLine,
  startProduct,
  startServer,
  temporaryFolder,
} from './product.ts'
import { Till } from './till.ts'

/** What dies is back by itself, and what was shown is kept: a counter with a server of its own kind, both killed. */
const folders = [temporaryFolder(), temporaryFolder()] as const
let server: Running<ServerLine>
let product: Running<{ url: string; pid: number; server: string }>
let browser: Browser
let till: Till

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(folders[0].path), openBrowser()])
  const enrolCode = await announceStation(server.line)
  product = await startProduct(folders[1].path, ['--server', server.line.url, '--enrol-code', enrolCode, '--simulator'])
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  till = new Till(await context.newPage())
  await till.page.goto(product.line.url)
  await till.signIn()
})

afterEach(async (test) => {
  if (test.task.result?.state === 'fail') console.error(await till.screen(), product.log(), server.log())
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await server?.stop()
  for (const folder of folders) folder.remove()
})

describe('the server is killed', () => {
  it('a tap is approved from the copy and reads differently; it waits', async () => {
    await till.status('Online').click()
    await till.page.getByText(/^Coupons for offline work: state of/).waitFor()
    await till.button('Close').click()
    const gone = new Promise((resolve) => server.process.once('exit', resolve))
    process.kill(server.line.pid, 'SIGKILL')
    await gone

    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    await till.page.getByText('Offline copy').waitFor()
    await till.button(/^Approve .* off$/).click()
    await till.heading('Approved — not yet confirmed').waitFor()
    await till.status(/^Offline/).waitFor()
    await till.status(/^1 waiting/).waitFor()
    await till.nextCustomer()
  })

  it('the same coupons are not given twice while offline', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.tap('Haruka Sato')
    await till.page.getByText('Offline copy').waitFor()
    await till.page
      .getByText(/^(All uses are spent|Already used)/)
      .first()
      .waitFor()
    await till.button('Cancel').click()
  })

  it('when it is back, what waited is confirmed and nothing waits', async () => {
    server = await startServer(folders[0].path, Number(new URL(server.line.url).port))
    await till.status('Online').waitFor({ timeout: 60_000 })
    await till.status('Nothing waiting').waitFor({ timeout: 60_000 })
  })
})

describe('the counter is killed', () => {
  beforeEach(() => till.startAfresh())

  it('during a visit: the screen says so, and works again by itself', async () => {
    await till.chooseBasket(/^Lunch/)
    await till.tap('Yui Takahashi')
    await till.button(/^Approve .* off$/).waitFor()
    const before = killChild(product.line.pid, 'counter/main.ts')
    await till.page.getByText('The counter program does not answer').waitFor()
    await till.page.getByText('The counter program does not answer').waitFor({ state: 'detached' })
    const [after] = childrenOf(product.line.pid, 'counter/main.ts')
    expect(after).not.toBe(before)
    await till.signIn()
    await till.chooseBasket(/^Lunch/)
    await till.tap('Yui Takahashi')
    await till.button('Approve ¥423 off').click()
    await till.heading('Approved').waitFor()
    await till.nextCustomer()
  })
})

describe('the devices process is killed', () => {
  beforeEach(() => till.startAfresh())

  it('readers come back by themselves and the next tap is read', async () => {
    const before = killChild(product.line.pid, 'counter/devices/main.ts')
    await expect
      .poll(() => childrenOf(product.line.pid, 'counter/devices/main.ts')[0] ?? before, { timeout: 15_000 })
      .not.toBe(before)
    await till.heading('Tap card or scan').waitFor()
    await till.chooseBasket(/^Lunch/)
    await till.tap('Sakura Nakamura')
    await till.button(/^Approve .* off$/).waitFor()
    await till.button('Cancel').click()
  })
})

describe('the end', () => {
  it('Ctrl-C leaves nothing behind', async () => {
    const children = [
      ...childrenOf(product.line.pid, 'counter/main.ts'),
      ...childrenOf(product.line.pid, 'counter/devices/main.ts'),
    ]
    expect(children).toHaveLength(2)
    expect(await product.stop()).toBe(0)
    for (const pid of children) expect(() => process.kill(pid, 0)).toThrow()
  })
})
