import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticator } from '../../rigs/authenticator.ts'
import { openBrowser } from '../browser.ts'
import { accessibilityFindings } from '../till.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './officeScreen.ts'

/** How somebody comes to the office, proves who they are with two factors, and leaves. */
let office: OfficeServer
let browser: Browser
let admin: OfficeScreen
let newcomer: OfficeScreen

beforeAll(async () => {
  ;[office, browser] = await Promise.all([startOffice(), openBrowser()])
  admin = await OfficeScreen.open(browser, office.line.url)
  newcomer = await OfficeScreen.open(browser, office.line.url)
  await admin.signIn('admin')
})
afterAll(async () => {
  await browser?.close()
  await office?.stop()
})

const NAME = 'Chiyo Ueda'
const PASSWORD = 'seven small paper lanterns'
const row = () => admin.page.getByRole('row', { name: new RegExp(NAME) })
const shownCode = async () => (await admin.page.getByRole('dialog').locator('.secret').textContent()) ?? ''

async function setUp(code: string): Promise<void> {
  await newcomer.page.goto(new URL('/office/#/set-up', office.line.url).href)
  await newcomer.page.reload()
  await newcomer.field('One-time code').fill(code.toLowerCase())
  await newcomer.field('New password').fill(PASSWORD)
  expect(await accessibilityFindings(newcomer.page)).toEqual([])
  await newcomer.button('Set password').click()
  await newcomer.page.getByText(`The password of ${NAME} is set.`).waitFor()
  await newcomer.page.getByRole('link', { name: 'To the sign-in' }).click()
}

async function typePassword(): Promise<void> {
  await newcomer.field('Name').fill(NAME)
  await newcomer.field('Password').fill(PASSWORD)
  await newcomer.button('Sign in').click()
}

describe('somebody new', () => {
  it('is added with a role, and gets a code from the administrator', async () => {
    await admin.goTo('People')
    await admin.button('Add a person').click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill(NAME)
    await dialog.getByLabel('Role').selectOption('auditor')
    expect(await accessibilityFindings(admin.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Add a person', exact: true }).click()
    await admin.heading(`One-time code for ${NAME}`).waitFor()
    const code = await shownCode()
    expect(await accessibilityFindings(admin.page)).toEqual([])
    await admin.button('Done').click()
    await row().getByText('Auditor').waitFor()
    await setUp(code)
    await typePassword()
    await newcomer.page.getByRole('navigation', { name: 'Sections' }).waitFor()
    // What an auditor may see, and nothing that they might do.
    await newcomer.goTo('People')
    expect(await newcomer.button('Add a person').count()).toBe(0)
  })
})

describe('a second factor', () => {
  let app: ReturnType<typeof authenticator>
  let recoveryCode = ''

  it('is set up with the password, by a code of the authenticator', async () => {
    await newcomer.button(new RegExp(NAME)).click()
    await newcomer.button('My account').click()
    const panel = newcomer.page.getByRole('region', { name: 'Second factor' })
    await panel.getByLabel('Current password').fill('seven small paper boats')
    await panel.getByRole('button', { name: 'Set up' }).click()
    await panel.getByText('That is not your password.').waitFor()
    await panel.getByLabel('Current password').fill(PASSWORD)
    await panel.getByRole('button', { name: 'Set up' }).click()
    await panel.getByRole('img', { name: 'QR code for the authenticator' }).waitFor()
    app = authenticator((await panel.locator('.secret').textContent()) ?? '')
    expect(await accessibilityFindings(newcomer.page)).toEqual([])
    const wrong = app.code() === '000000' ? '000001' : '000000'
    await panel.getByLabel('Code', { exact: true }).fill(wrong)
    await panel.getByRole('button', { name: 'Confirm' }).click()
    await panel.getByText('Wrong code, or it has expired.').waitFor()
    await panel.getByLabel('Code', { exact: true }).fill(app.code())
    await panel.getByRole('button', { name: 'Confirm' }).click()
    await panel.getByText('Keep these codes in a safe place.').waitFor()
    expect(await panel.locator('.secrets code').count()).toBe(10)
    recoveryCode = (await panel.locator('.secrets code').first().textContent()) ?? ''
    expect(await accessibilityFindings(newcomer.page)).toEqual([])
    await panel.getByRole('button', { name: 'I have kept them' }).click()
    await panel.getByText('It is on. Recovery codes left: 10.').waitFor()
    expect(await accessibilityFindings(newcomer.page)).toEqual([])
  })

  it('is asked for at the next sign-in, and a recovery code takes its place once', async () => {
    await newcomer.button(new RegExp(NAME)).click()
    await newcomer.button('Sign out').click()
    await typePassword()
    await newcomer.field('Code').waitFor()
    expect(await accessibilityFindings(newcomer.page)).toEqual([])
    await newcomer.field('Code').fill('000 001')
    await newcomer.button('Sign in').click()
    await newcomer.page.getByText('Wrong code, or it has expired.').waitFor()
    await newcomer.field('Code').fill(recoveryCode)
    await newcomer.button('Sign in').click()
    await newcomer.page.getByRole('navigation', { name: 'Sections' }).waitFor()
  })

  it('is seen by the administrator, who resets both with a reason', async () => {
    await admin.page.reload()
    await row().getByText('On', { exact: true }).waitFor()
    await row()
      .getByRole('button', { name: `Edit ${NAME}` })
      .click()
    const dialog = admin.page.getByRole('dialog')
    expect(await accessibilityFindings(admin.page)).toEqual([])
    const reset = dialog.getByRole('button', { name: 'Reset the password' })
    expect(await reset.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('When resetting: remove the second factor too').check()
    await dialog.getByLabel('Reason').fill('Lost their phone')
    await reset.click()
    await admin.heading(`One-time code for ${NAME}`).waitFor()
    const code = await shownCode()
    await admin.button('Done').click()
    await row().getByText('Off', { exact: true }).waitFor()
    // Every session of theirs has ended.
    await newcomer.page.reload()
    await newcomer.field('Password').waitFor()
    await setUp(code)
    await typePassword()
    await newcomer.page.getByRole('navigation', { name: 'Sections' }).waitFor()
  })
})

it('whoever leaves is let in no more', async () => {
  await row()
    .getByRole('button', { name: `Edit ${NAME}` })
    .click()
  const dialog = admin.page.getByRole('dialog')
  await dialog.getByLabel('Works here').uncheck()
  await dialog.getByLabel('Reason').fill('Has left')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await row().getByText('Has left').waitFor()
  await newcomer.page.reload()
  await typePassword()
  await newcomer.page.getByText('Wrong name or password.').waitFor()
})
