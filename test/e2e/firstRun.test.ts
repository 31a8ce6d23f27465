import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { invitationText } from '../../core/enrolment/invitation.ts'
import { type FaultProxy, startFaultProxy } from '../rigs/faultProxy.ts'
import { type Running, runProgram } from '../rigs/program.ts'
import { type TestServer, testServer } from '../server/fixture.ts'
import { openBrowser } from './browser.ts'
import { killChild, temporaryFolder } from './product.ts'
import { scannerKeysOf, typeAsScanner } from './readers/scannerKeys.ts'
import { accessibilityFindings, Till } from './till.ts'

/** A machine from its box, in a real browser: everything by role and label, every screen looked at by axe. */
const Line = z.object({ url: z.url(), pid: z.int(), server: z.null() })

let server: TestServer
let proxy: FaultProxy
let browser: Browser
let machine: Running<z.infer<typeof Line>>
let page: Page
let folder: ReturnType<typeof temporaryFolder>

beforeAll(async () => {
  ;[server, browser] = await Promise.all([testServer(), openBrowser()])
  proxy = await startFaultProxy(await server.app.listen({ host: '127.0.0.1', port: 0 }))
})
afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await server?.close()
})

beforeEach(async () => {
  proxy.plan(() => ({ kind: 'pass' }))
  folder = temporaryFolder()
  machine = await start()
  page = await open()
})
afterEach(async (test) => {
  if (test.task.result?.state === 'fail') console.error(await new Till(page).screen(), machine.log())
  await page.context().close()
  await machine.stop()
  folder.remove()
})

const start = () =>
  runProgram(
    [
      'bin/start.ts',
      '--shell',
      'none',
      '--port',
      '0',
      '--first-run',
      '--simulator',
      '--no-devices',
      '--pos-port',
      '0',
      '--data-dir',
      folder.path,
    ],
    (text) => Line.parse(JSON.parse(text)),
  )

async function open(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(20_000)
  const opened = await context.newPage()
  await opened.goto(machine.line.url)
  return opened
}

const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const alert = (text: string) => page.getByRole('alert').getByText(text).waitFor()
async function looksRight(): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityFindings(page), colorScheme).toEqual([])
  }
}

async function announce(name: string, role = 'counter'): Promise<string> {
  const asked = await server.ask('POST', '/v1/stations', { storeId: 'north', name, role }, server.operators.admin.token)
  return asked.body.code
}

async function present(): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Simulator', exact: true })
  if ((await drawer.getAttribute('aria-expanded')) !== 'true') await drawer.click()
  await page
    .getByRole('button', { name: /^(?:Present|Vorzeigen):/ })
    .first()
    .click()
}

it('by hand: language, server, code, yes, readers, a test tap, and to work; what is in the way is named', async () => {
  await heading('Welcome')
  await looksRight()
  await press('English')
  await heading('Where is the coupon server?')
  await looksRight()
  const address = page.getByLabel('Server address')
  await address.fill('two words')
  await press('Find the server')
  await alert('This is no address')
  proxy.plan(() => ({ kind: 'captivePortal' }))
  await address.fill(proxy.url)
  await press('Find the server')
  await alert('is no coupon server')
  proxy.plan(() => ({ kind: 'dropRequest' }))
  await press('Find the server')
  await alert('Nobody answers at')
  await looksRight()
  proxy.plan(() => ({ kind: 'pass' }))
  await press('Find the server')

  await heading('Connect this machine')
  await looksRight()
  const code = await announce('Lane 3')
  const field = page.getByLabel('Enrolment code')
  await field.fill('AAAAA-BBBBB-CCCCC-DDDDD')
  await press('Check the code')
  await alert('typing mistake')
  await field.fill(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'))
  await page.getByText('The code is complete.').waitFor()
  proxy.plan(() => ({ kind: 'dropRequest' }))
  await press('Check the code')
  await alert('Nobody answers at')
  proxy.plan(() => ({ kind: 'pass' }))
  await press('Check the code')

  await heading('Is this right?')
  await page.getByText('Store north').waitFor()
  await page.getByText('Lane 3', { exact: true }).waitFor()
  await page.getByText('Counter, where a cashier approves coupons').waitFor()
  await looksRight()
  await press('Yes, connect it')

  await heading('Hold something to every reader')
  await looksRight()
  await present()
  await page.getByLabel(/^Name/).fill('Front reader')
  await looksRight()
  await press('Continue')
  await heading('Try it')
  await present()
  await page.getByText('It works: Front reader').waitFor()
  await looksRight()
  const events = await server.store.auditPage({ limit: 1 })
  await press('Start work')
  await heading('Who is at this counter?')
  expect((await server.store.auditPage({ limit: 1 })).entries[0]?.position).toBe(events.entries[0]?.position)
  expect(machine.log()).not.toContain(code)
  expect(page.url()).not.toContain(code)
})

it('by one scan of the office’s QR code, with a scanner that types for another keyboard; a registration terminal says so', async () => {
  await press('English')
  await heading('Where is the coupon server?')
  await typeAsScanner(page, scannerKeysOf('https://shop.example/menu', 'us'))
  await alert('That is not the enrolment code')
  const code = await announce('Door', 'registration')
  await typeAsScanner(page, scannerKeysOf(invitationText(proxy.url, code), 'de'))
  await heading('Is this right?')
  await page.getByText('Registration terminal, where customers take coupons').waitFor()
  await press('Yes, connect it')
  await heading('Hold something to every reader')
  await press('Continue without a reader')
  await heading('Try it')
  await present()
  await page.getByText('This is what a customer sees').waitFor()
  await looksRight()
  await press('Start work')
  await heading('Tap your card')
})

it('goes on where it was after its counter was killed at every step, with a code that is refused for a reason by name', async () => {
  const late = await announce('Late')
  server.clock.advance(3_600_000)
  const used = await announce('Used')
  const publicKey = 'A'.repeat(43)
  await server.ask('POST', '/v1/stations/enrol', { code: used, publicKey, handshakeVersion: 1 }, null)
  const kill = async () => {
    killChild(machine.line.pid, 'counter/main.ts')
    await page.locator('.live[inert]').waitFor()
    await page.locator('.live:not([inert])').waitFor()
  }
  await press('Deutsch')
  await heading('Wo ist der Coupon-Server?')
  await kill()
  await heading('Wo ist der Coupon-Server?')
  await page.getByLabel('Adresse des Servers').fill(proxy.url)
  await press('Server suchen')
  await heading('Dieses Gerät verbinden')
  await kill()
  await heading('Dieses Gerät verbinden')
  await looksRight()
  const type = async (code: string) => {
    await page.getByLabel('Anmeldecode').fill(code)
    await press('Code prüfen')
  }
  await type(late)
  await alert('Dieser Code ist abgelaufen')
  await type(used)
  await alert('Dieser Code wurde schon benutzt')
  const code = await announce('Lane 5')
  await type(code)
  await heading('Stimmt das?')
  // The answer is lost: for the server this machine is a station, and the machine does not know it.
  proxy.plan(({ path }) => (path === '/v1/stations/enrol' ? { kind: 'loseAnswer' } : { kind: 'pass' }))
  await press('Ja, verbinden')
  await alert('Niemand antwortet')
  await kill()
  await heading('Dieses Gerät verbinden')
  proxy.plan(() => ({ kind: 'pass' }))
  await type(code)
  await heading('Stimmt das?')
  await press('Ja, verbinden')
  await heading('An jeden Leser etwas halten')
  await present()
  await page.getByText('Hat geantwortet').first().waitFor()
  await kill()
  await page.getByText('Hat geantwortet').first().waitFor()
  await press('Weiter')
  await heading('Ausprobieren')
  await kill()
  await heading('Ausprobieren')
  await press('Ohne Test an die Arbeit')
  await heading('Wer ist an dieser Kasse?')
})
