import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../e2e/browser.ts'
import { spoken } from '../e2e/spoken.ts'
import { compare } from './rig/comparison.ts'
import { takePicture } from './rig/picture.ts'

/** What a picture is for: that somebody sees what has changed. In a real browser, with letters as they are drawn. */
let browser: Browser
let page: Page
let approved: Buffer
const words = spoken('en')

const screen = (button: string, left = 40) => `
  <main style="font: 18px sans-serif; padding: 20px">
    <h1>Approved</h1><p>Confirmed by the server at ${new Date().toTimeString().slice(0, 5)}</p>
    <button style="position: absolute; left: ${left}px; top: 400px; font: 16px sans-serif">${button}</button>
  </main>`

beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1024, height: 768 } })
  await page.setContent(screen('Undo'))
  approved = await takePicture(page, words)
}, 60_000)
afterAll(() => browser?.close())

const after = async (html: string) => {
  await page.setContent(html)
  return compare(approved, await takePicture(page, words))
}

it('the same screen is the same, whatever the time', async () => {
  expect(await after(screen('Undo').replace(/\d\d:\d\d/, '03:07'))).toEqual({ same: true })
})

it.each([
  ['a changed word', screen('Undid')],
  ['one changed letter', screen('Unda')],
  ['a button that moved by two pixels', screen('Undo', 42)],
  ['a button that is gone', screen('Undo', 2_000)],
])('%s is caught', async (_, html) => {
  expect(await after(html)).toMatchObject({ same: false })
})
