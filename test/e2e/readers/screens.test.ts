import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser.ts'
import { buildScreens } from '../renderer/builtScreens.ts'
import { misfits } from '../renderer/misfits.ts'
import { type OpenScreen, openScreen } from '../renderer/openScreen.ts'
import { STATE, VISITS } from '../renderer/states.ts'
import { accessibilityFindings } from '../till.ts'
import { MOMENTS, PORTS, SETUP, withSetup } from './setupStates.ts'

const screens = buildScreens()
let browser: Browser
let screen: OpenScreen

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  screens.remove()
})

const actions = () =>
  screen.counter.commands.flatMap((command) => (command.type === 'readerSetup' ? [command.action] : []))
const newest = (what: string) => actions().findLast((action) => action.do === what)

describe.each(['en-GB', 'ja-JP'])('in %s', (locale) => {
  beforeAll(async () => {
    screen = await openScreen(browser, screens.path, {}, { locale })
    screen.counter.show(withSetup())
    await screen.page.locator('.setup').waitFor()
    return async () => {
      const { complaints } = screen
      await screen.close()
      // A violated content security policy would be one: the barcodes are drawn under it.
      expect(complaints).toEqual([])
    }
  })

  const look = async () => {
    for (const [width, height] of [
      [1024, 768],
      [1920, 1080],
    ] as const) {
      await screen.page.setViewportSize({ width, height })
      for (const colorScheme of ['light', 'dark'] as const) {
        await screen.page.emulateMedia({ colorScheme })
        expect(await accessibilityFindings(screen.page), `${width} ${colorScheme}`).toEqual([])
      }
      expect(await misfits(screen.page), `${width}`).toEqual({ wide: 0, tall: 0, small: [] })
    }
  }

  it.each(Object.keys(MOMENTS))('%s: nothing for axe to find, nothing cut off, targets large enough', async (name) => {
    const { choose, setup } = MOMENTS[name]!
    screen.counter.show({ ...STATE, ...withSetup(setup) })
    if (choose) await screen.page.locator('.setupRowButton', { hasText: choose }).first().click()
    await look()
  })

  it('adding a serial scanner', async () => {
    screen.counter.show({ ...STATE, ...withSetup({ ports: PORTS }) })
    await screen.page.locator('.setupList__actions button').nth(1).click()
    await screen.page.locator('.port', { hasText: 'FTDI' }).locator('input').check()
    await screen.page.locator('.command').waitFor()
    await screen.page.locator('select').selectOption('custom')
    await look()
  })
})

describe('the manager’s door', () => {
  afterEach(async () => {
    const { complaints } = screen
    await screen.close()
    expect(complaints).toEqual([])
  })

  const openDoor = async (state = {}) => {
    screen = await openScreen(browser, screens.path, { ...withSetup(), readerSetup: null, ...state })
    await screen.page.getByRole('button', { name: 'Menu: Rin Takeda' }).click()
    await screen.page.getByRole('button', { name: 'Set up readers…' }).click()
  }

  it('asks for a manager, then the PIN, and says when it is wrong or has to wait', async () => {
    await openDoor()
    await screen.page.getByRole('heading', { name: 'Which manager?' }).waitFor()
    expect(await screen.page.getByRole('button', { name: 'Rin Takeda' }).count()).toBe(0)
    await screen.page.getByRole('button', { name: 'Kaori Mizuno' }).click()
    screen.counter.answer({ ok: false, reason: 'operator_not_allowed', reasonGroup: 'staff', params: {} })
    await screen.page.keyboard.type('9999', { delay: 120 })
    await screen.page.keyboard.press('Enter')
    await screen.page.getByText('That PIN is not right. Try again.').waitFor()
    expect(newest('open')).toEqual({ do: 'open', operatorId: 'o3', pin: '9999' })
    const retryAt = Date.now() + 60_000
    screen.counter.answer({ ok: false, reason: 'operator_not_allowed', reasonGroup: 'staff', params: { retryAt } })
    await screen.page.keyboard.type('3456', { delay: 120 })
    await screen.page.keyboard.press('Enter')
    await screen.page.getByText(/Too many wrong PINs/).waitFor()
    expect(await accessibilityFindings(screen.page)).toEqual([])
  })

  it('is no dialog: a customer’s card closes it and shows the visit', async () => {
    await openDoor()
    await screen.page.getByRole('button', { name: 'Kaori Mizuno' }).click()
    expect(await screen.page.locator('dialog[open]').count()).toBe(0)
    screen.counter.show({ visit: VISITS.offers })
    await screen.page.getByRole('button', { name: 'Approve ¥350 off' }).waitFor()
    expect(await screen.page.getByLabel('Manager’s PIN').count()).toBe(0)
  })

  it('opens without a second PIN for the manager who is signed in', async () => {
    await openDoor({ cashier: { operatorId: 'o3', name: 'Rin Takeda', role: 'manager' } })
    await expect.poll(() => newest('open')).toEqual({ do: 'open', operatorId: 'o3' })
  })
})

describe('by keyboard alone', () => {
  it('a reader is chosen, named, switched off and tested; Escape leaves', async () => {
    screen = await openScreen(browser, screens.path)
    const { page, counter } = screen
    counter.show(withSetup())
    const row = page.locator('.setupRowButton', { hasText: 'Voyager 1472g' })
    await row.focus()
    await page.keyboard.press('Enter')
    const { readerId } = SETUP.readers[1]!
    await page.getByLabel('Name at this counter').focus()
    // As fast as a scanner: it is typing all the same.
    await page.keyboard.type('Front desk', { delay: 10 })
    await page.keyboard.press('Enter')
    await expect.poll(() => newest('name')).toEqual({ do: 'name', readerId, name: 'Front desk' })
    await page.getByRole('switch', { name: 'Use this reader' }).focus()
    await page.keyboard.press('Space')
    await expect.poll(() => newest('enable')).toEqual({ do: 'enable', readerId, enabled: false })
    await page.getByRole('button', { name: 'Start test' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => newest('test')).toEqual({ do: 'test', readerId })
    await page.keyboard.press('Escape')
    await expect.poll(() => newest('close')).toEqual({ do: 'close' })
    await screen.close()
  })

  it('the exact command is copied', async () => {
    screen = await openScreen(browser, screens.path, {}, { permissions: ['clipboard-read', 'clipboard-write'] })
    const { page, counter } = screen
    counter.show(withSetup())
    await page.locator('.setupRowButton', { hasText: 'PC/SC' }).click()
    await page.getByRole('button', { name: 'Copy command' }).first().click()
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('sudo systemctl enable --now pcscd.socket')
    await screen.close()
  })
})

describe('what a manager sets', () => {
  beforeEach(async () => {
    screen = await openScreen(browser, screens.path)
    screen.counter.show(withSetup())
  })
  afterEach(() => screen.close())

  const look = (name: string) => screen.page.locator('.setupRowButton', { hasText: name }).first().click()
  const shown = (setup: Parameters<typeof withSetup>[0]) => screen.counter.show(withSetup(setup))

  it('which applications are asked: by hand or pasted, never one of payment, none twice', async () => {
    const { page } = screen
    await look('PC/SC')
    const field = page.getByLabel('Application (AID)')
    const add = async (typed: string) => {
      await field.fill(typed)
      await page.keyboard.press('Enter')
    }
    await add('F0 54:50-41 43 4f')
    await expect.poll(() => newest('setPcsc')).toMatchObject({ pcsc: { aids: ['f0545041434f'], ndef: false } })
    await expect.poll(() => field.inputValue()).toBe('')
    shown({ pcsc: { aids: ['f0545041434f'], ndef: false, felicaSystemCode: true } })
    await page.getByText('F0545041434F').waitFor()
    for (const [typed, words] of [
      ['F0545041434F', 'This one is there already.'],
      ['A0000000031010', 'This could select a payment application.'],
      ['325041592E', 'This could select a payment application.'],
      ['F05450', 'An AID is 5 to 16 bytes'],
    ] as const) {
      await add(typed)
      await page.getByText(words).waitFor()
    }
    expect(actions().filter(({ do: what }) => what === 'setPcsc')).toHaveLength(1)
    await page.getByRole('button', { name: 'Remove F0545041434F' }).click()
    await expect.poll(() => newest('setPcsc')).toMatchObject({ pcsc: { aids: [] } })
  })

  it('NFC tags and FeliCa’s system code, by a switch', async () => {
    const { page } = screen
    await look('Left till')
    await page.getByRole('switch', { name: 'Read what is written on NFC tags' }).click()
    await expect.poll(() => newest('setPcsc')).toMatchObject({ pcsc: { ndef: true, felicaSystemCode: true } })
    await page.getByRole('switch', { name: /^FeliCa/ }).click()
    await expect.poll(() => newest('setPcsc')).toMatchObject({ pcsc: { ndef: false, felicaSystemCode: false } })
  })

  it('what a keyboard scanner sends around the code, blanks and all', async () => {
    const { page } = screen
    await look('Keyboard scanner')
    await page.getByLabel('In front of the code').fill('~ ')
    await page.getByLabel('Behind the code').fill('#')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => newest('setWedge'))
      .toEqual({
        do: 'setWedge',
        wedge: { layout: 'us', prefix: '~ ', suffix: '#' },
      })
  })

  it('a search for a scanner’s settings, which ends by hand and by looking elsewhere', async () => {
    const { page } = screen
    const { path } = SETUP.readers[2]!.serial!.preset
    await look('Desk')
    await page.getByRole('button', { name: 'Find out by a test scan' }).click()
    await expect.poll(() => newest('detectSerial')).toEqual({ do: 'detectSerial', path })
    shown({ detection: { path, status: 'waiting', preset: null } })
    await page.getByRole('button', { name: 'Stop waiting' }).click()
    await expect.poll(() => newest('detectSerial')).toEqual({ do: 'detectSerial', path: null })
    shown({ detection: null })
    await page.getByRole('button', { name: 'Find out by a test scan' }).waitFor()
    shown({ detection: { path, status: 'waiting', preset: null } })
    await page.getByRole('button', { name: 'Stop waiting' }).waitFor()
    await look('Left till')
    await expect.poll(() => actions().filter((action) => action.do === 'detectSerial' && !action.path)).toHaveLength(2)
  })

  it('a port by its converter, with the command that opens it; a scanner’s own port knows its preset', async () => {
    const { page } = screen
    await page.getByRole('button', { name: 'Add a serial scanner' }).click()
    shown({ ports: PORTS })
    await page.getByRole('radio', { name: /FTDI/ }).check()
    await page.getByText('sudo usermod -aG dialout kiosk', { exact: true }).waitFor()
    await page.getByText(/numbers this name/).waitFor()
    await page.getByRole('radio', { name: /Honeywell 1900/ }).check()
    await expect.poll(() => page.getByLabel('Make').inputValue()).toBe('usb-cdc')
    await expect.poll(() => page.getByText(/numbers this name/).count()).toBe(0)
  })

  it('two readers of one name show where they are plugged in, and the one that is tapped is named', async () => {
    const { page } = screen
    const twins = page.locator('.setupRowButton', { hasText: 'Twin scanner' })
    const places = () => twins.locator('code.setupRowButton__place').allTextContents()
    await expect.poll(places).toEqual(['usb 1-1', 'usb 1-2'])
    await page.getByRole('button', { name: 'Tap here to name a reader' }).click()
    await expect.poll(() => newest('identify')).toEqual({ do: 'identify', on: true })
    shown({ identify: { readerId: null } })
    shown({ identify: { readerId: '1a86:7523:1-2' } })
    await expect.poll(() => twins.nth(1).getAttribute('aria-current')).toBe('true')
    const name = page.getByLabel('Name at this counter')
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('Right till')
    await page.keyboard.press('Enter')
    await expect.poll(() => newest('name')).toEqual({ do: 'name', readerId: '1a86:7523:1-2', name: 'Right till' })
  })

  it('a scanner that is a keyboard: it is said to be there, and how it is switched', async () => {
    const { page } = screen
    const row = page.locator('.setupRowButton', { hasText: 'Xenon 1900' })
    await row.getByText('In another mode').waitFor()
    await row.click()
    await page.getByText(/works as a keyboard/).waitFor()
    await page.getByRole('img', { name: 'Barcode that switches the scanner' }).waitFor()
    expect(await page.getByRole('button', { name: 'Start test' }).count()).toBe(0)
  })
})
