import type { Browser } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../rigs/officeCalls.ts'
import { type WebhookReceiver, webhookReceiver } from '../../server/webhookReceiver.ts'
import { openBrowser } from '../browser.ts'
import { accessibilityFindings } from '../till.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './officeScreen.ts'

/** A loaded machine takes its time. */
const SOON = { timeout: 20_000 }

/** What an administrator sets up for other programs and for the law, in a real browser against the real server. */
let office: OfficeServer
let browser: Browser
let admin: OfficeScreen
let receiver: WebhookReceiver

beforeAll(async () => {
  ;[office, browser, receiver] = await Promise.all([startOffice(), openBrowser(), webhookReceiver()])
  admin = await OfficeScreen.open(browser, office.line.url)
  await admin.signIn('admin')
})
afterAll(async () => {
  await browser?.close()
  await office?.stop()
  await receiver?.close()
})

describe('a key for a program', () => {
  const row = () => admin.page.getByRole('row', { name: /Web shop/ })
  let token = ''

  it('is made for what it needs, and shown once', async () => {
    await admin.goTo('API keys')
    await admin.page.getByText('No keys yet').waitFor()
    await admin.button('Make a key').click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Web shop')
    const make = dialog.getByRole('button', { name: 'Make a key', exact: true })
    expect(await make.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Read reports').check()
    await dialog.getByLabel('Search usable coupons').check()
    // What acts as a till has to say of which store.
    await dialog.getByText('These are for one store: choose which.').waitFor()
    expect(await make.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Store', { exact: true }).selectOption({ index: 1 })
    expect(await accessibilityFindings(admin.page)).toEqual([])
    await make.click()
    await admin.heading('The key of Web shop').waitFor()
    token = (await admin.page.locator('.secret').textContent()) ?? ''
    expect(token).toMatch(/^tapcoupon_key_/)
    await row().getByText('Active').waitFor()
    expect(await accessibilityFindings(admin.page)).toEqual([])
    const report = '/v1/reports/days?from=2026-11-01&until=2026-11-30'
    expect((await ask(office.line.url, token, 'GET', report)).status).toBe(200)
    await admin.button('I have kept it').click()
    await admin.page.reload()
    await row().waitFor()
    expect(await admin.page.content()).not.toContain(token)
  })

  it('is revoked with a reason, at once', async () => {
    await admin.button('Revoke Web shop').click()
    await admin.confirm('Revoke', 'The shop has closed')
    await row().getByText('Revoked').waitFor()
    expect((await ask(office.line.url, token, 'GET', '/v1/reports/days')).status).toBe(401)
  })
})

describe('a webhook', () => {
  let secret = ''

  it('is added with a secret that is shown once', async () => {
    await admin.goTo('Webhooks')
    await admin.page.getByText('No webhooks yet').waitFor()
    await admin.button('Add a webhook').click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByLabel('Address').fill(receiver.url)
    await dialog.getByLabel('What it is').fill('Data warehouse')
    expect(await accessibilityFindings(admin.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Add a webhook', exact: true }).click()
    await admin.heading('The secret that signs its messages').waitFor()
    secret = (await admin.page.locator('.secret').textContent()) ?? ''
    expect(secret).toMatch(/^whsec_/)
    await admin.button('I have kept it').click()
    await admin.page
      .getByRole('row', { name: /Data warehouse/ })
      .getByText('Everything')
      .waitFor()
    expect(await accessibilityFindings(admin.page)).toEqual([])
  })

  it('is tried: the message arrives, signed, and is in the list of what was sent', async () => {
    await admin.page.getByRole('link', { name: 'Data warehouse' }).click()
    await admin.heading('Data warehouse').waitFor()
    await admin.button('Send a test').click()
    const row = admin.page.getByRole('row', { name: /Test/ })
    await row.getByText('Delivered').waitFor()
    await row.getByText('204').waitFor()
    const [message] = receiver.received
    if (!message) throw new Error('nothing arrived')
    expect(new Webhook(secret).verify(message.body, message.headers)).toMatchObject({ type: 'webhook.test' })
    expect(await accessibilityFindings(admin.page)).toEqual([])
  })

  it('is paused and goes on, sent again, and given a new secret', async () => {
    await admin.button('Pause').click()
    await admin.confirm('Pause', 'Moving house')
    await admin.page.getByText('Paused', { exact: true }).waitFor()
    await admin.button('Go on').click()
    await admin.confirm('Go on', 'Moved')
    await admin.page.getByText('Working', { exact: true }).waitFor()
    const before = receiver.received.length
    await admin.button('Send again').click()
    expect(await accessibilityFindings(admin.page)).toEqual([])
    await admin.confirm('Send again', 'The warehouse lost a day')
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(before)
    await admin.button('New secret').click()
    await admin.confirm('New secret', 'Somebody left')
    await admin.heading('The secret that signs its messages').waitFor()
    expect(await admin.page.locator('.secret').textContent()).not.toBe(secret)
    await admin.page.getByText('Old secret signs until').waitFor()
  })

  it('is removed after being asked', async () => {
    await admin.button('Remove').click()
    await admin.confirm('Remove', 'Not needed any more')
    await admin.page.getByText('No webhooks yet').waitFor()
  })
})

describe('retention periods', () => {
  it('are shortened only after what that erases was said', async () => {
    await admin.goTo('Retention')
    const bad = admin.field('Which rows of lists were bad (days)')
    await bad.fill('0')
    await admin.page.getByText('Not right yet. 1 to 3,650.').waitFor()
    expect(await admin.button('Save').getAttribute('aria-disabled')).toBe('true')
    await bad.fill('7')
    await admin.field('Customers who do not come any more (days)').fill('730')
    await admin.button('Save').click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByText('Something is kept for less time.').waitFor()
    await dialog.getByText('for ever → 730 days').waitFor()
    expect(await accessibilityFindings(admin.page)).toEqual([])
    await admin.confirm('Save')
    await admin.page.reload()
    await expect.poll(() => bad.inputValue(), SOON).toBe('7')
    await admin.goTo('Audit log')
    await admin.page
      .getByRole('cell', { name: /changed how long things are kept/ })
      .first()
      .waitFor()
  })
})
