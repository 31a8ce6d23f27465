import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../browser.ts'
import { accessibilityFindings } from '../till.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './officeScreen.ts'

let office: OfficeServer
let browser: Browser
let admin: OfficeScreen
beforeAll(async () => {
  ;[office, browser] = await Promise.all([startOffice(), openBrowser()])
  admin = await OfficeScreen.open(browser, office.line.url)
  await admin.signIn('admin')
})
afterAll(async () => {
  await browser?.close()
  await office?.stop()
})

it('a station is added with a code to type and to scan, and taken out of service after being asked', async () => {
  const { page } = admin
  await admin.goTo('Stations')
  await admin.button('Add a station').click()
  await admin.field('Name').fill('Lane 3')
  await admin.button('Make the code').click()
  await page.getByRole('img', { name: 'Enrolment code as a QR code' }).waitFor()
  expect(await page.getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/).count()).toBe(1)
  expect(await accessibilityFindings(page)).toEqual([])
  await admin.button('Done').click()
  const row = page.getByRole('row', { name: /Lane 3/ })
  await row.getByText('Waits for its code').waitFor()
  await row.getByRole('button', { name: 'Revoke Lane 3' }).click()
  const dialog = page.getByRole('dialog')
  expect(await accessibilityFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click()
  await row.getByText('Revoked').waitFor()
})

it('settings of a store’s counters are changed by the keyboard, shown once more, and kept in versions', async () => {
  const { page } = admin
  await admin.goTo('Stations')
  await page.getByRole('link', { name: 'Settings…' }).click()
  const store = page.getByRole('region', { name: 'The whole store' })
  await store.getByText('Version 0').waitFor()
  expect(await accessibilityFindings(page)).toEqual([])
  await store.getByLabel('Volume of sounds', { exact: true }).selectOption('25')
  await store.getByLabel('Slips: at the counter', { exact: true }).selectOption('Fixed by the office')
  await store.getByRole('button', { name: 'Save' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('100% → 25%').waitFor()
  expect(await accessibilityFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await store.getByText('Version 1').waitFor()
  expect(await store.getByLabel('Slips: at the counter', { exact: true }).inputValue()).toBe('fixed')
})
