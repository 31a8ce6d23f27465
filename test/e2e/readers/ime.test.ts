import type { CDPSession, Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { cashierScreen } from '../renderer/cashierScreen.ts'
import { OFFERS } from '../renderer/states.ts'

/**
 * A scanner types while the system's IME is on. Chromium is told what a system tells it: while a field has the focus,
 * each key is the IME's (virtual key 229, `Process`) and lengthens the word that is being composed; elsewhere no IME is on.
 */
const screen = cashierScreen()
const { newest, open, sent } = screen
const CODE = '4901234567894'

interface Ime {
  /** What the word being composed looks like after each key. */
  press(digit: string, word: string): Promise<void>
  enter(): Promise<void>
}

async function scanner(): Promise<Ime> {
  const devtools: CDPSession = await screen.page.context().newCDPSession(screen.page)
  const from = Date.now() / 1_000
  let pressed = 0
  const inField = () => screen.page.evaluate(() => document.activeElement instanceof HTMLInputElement)
  const key = async (code: string, plain: { key: string; text: string; windowsVirtualKeyCode: number }) => {
    const ime = await inField()
    // 10 ms apart by their own times, however slow this machine is.
    const timestamp = from + pressed++ / 100
    const what = ime ? { key: 'Process', windowsVirtualKeyCode: 229 } : plain
    await devtools.send('Input.dispatchKeyEvent', { type: ime ? 'rawKeyDown' : 'keyDown', code, timestamp, ...what })
    return ime
  }
  return {
    async press(digit, word) {
      const plain = { key: digit, text: digit, windowsVirtualKeyCode: digit.charCodeAt(0) }
      if (!(await key(`Digit${digit}`, plain)) || !(await inField())) return
      await devtools.send('Input.imeSetComposition', {
        text: word,
        selectionStart: word.length,
        selectionEnd: word.length,
      })
    },
    async enter() {
      await key('Enter', { key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 })
    },
  }
}

async function scanOver(field: Locator): Promise<void> {
  const compositions = () => screen.page.evaluate(() => window.__compositions)
  await screen.page.evaluate(() => {
    window.__compositions = []
    for (const type of ['compositionstart', 'compositionend'] as const) {
      window.addEventListener(type, () => window.__compositions.push(type))
    }
  })
  await field.focus()
  const keys = await scanner()
  for (const [at, digit] of [...CODE].entries()) await keys.press(digit, CODE.slice(0, at + 1).replace(/\d/g, wide))
  await keys.enter()
  // It was on, and one word was begun and ended: no second one.
  await expect.poll(compositions).toEqual(['compositionstart', 'compositionend'])
}

/** A Japanese IME composes digits in full width. */
const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) - 0x30 + 0xff10)

async function expectScan(): Promise<void> {
  const command = await newest('wedgeKeys')
  const keys = command?.type === 'wedgeKeys' ? command.keys : []
  expect(keys.map(({ code }) => code)).toEqual([...[...CODE].map((digit) => `Digit${digit}`), 'Enter'])
  expect(sent('wedgeKeys')).toHaveLength(1)
}

declare global {
  interface Window {
    __compositions: string[]
  }
}

it('a scan over a field whose IME is on is read, and leaves the field as it was and the focus in it', async () => {
  await open()
  await screen.till.openSimulator()
  const filter = screen.page.getByRole('searchbox')
  await filter.fill('ao')
  await scanOver(filter)
  await expectScan()
  await expect.poll(() => filter.inputValue()).toBe('ao')
  await expect.poll(() => filter.evaluate((field) => field === document.activeElement)).toBe(true)
})

it('its Enter approves nothing and presses nothing', async () => {
  await open({ visit: OFFERS })
  await screen.till.openSimulator()
  await scanOver(screen.page.getByRole('searchbox'))
  await expectScan()
  expect(sent('approve')).toEqual([])
  expect(sent('simulateTap')).toEqual([])
})

it('over a form it submits nothing: the scan takes the form’s place', async () => {
  await open()
  await screen.till.button('Type number').click()
  const field = screen.page.getByRole('dialog').getByRole('textbox')
  await scanOver(field)
  await expectScan()
  await field.waitFor({ state: 'detached' })
  expect(sent('presentKeyed')).toEqual([])
})

it('a word that a person composes stays a word', async () => {
  await open()
  await screen.till.openSimulator()
  const filter = screen.page.getByRole('searchbox')
  await filter.focus()
  const devtools = await screen.page.context().newCDPSession(screen.page)
  const from = Date.now() / 1_000
  for (const [at, word] of ['さ', 'さと', 'さとう'].entries()) {
    const timestamp = from + at / 4
    const ime = { key: 'Process', windowsVirtualKeyCode: 229, code: 'KeyS' }
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', timestamp, ...ime })
    await devtools.send('Input.imeSetComposition', {
      text: word,
      selectionStart: word.length,
      selectionEnd: word.length,
    })
  }
  await devtools.send('Input.insertText', { text: '佐藤' })
  await expect.poll(() => filter.inputValue()).toBe('佐藤')
  expect(sent('wedgeKeys')).toEqual([])
})
