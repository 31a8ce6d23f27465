import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CounterState } from '../../../core/counter/state.ts'
import { openBrowser } from '../browser.ts'
import { Till } from '../till.ts'
import { buildScreens } from './builtScreens.ts'
import { type OpenScreen, openScreen } from './openScreen.ts'
import { BEST, COUPON, OFFERS, OFFLINE, STATE, STORED, VISITS } from './states.ts'

const screens = buildScreens()
let browser: Browser
let screen: OpenScreen
let till: Till

beforeAll(async () => {
  browser = await openBrowser()
})

afterEach(async () => {
  const { complaints } = screen
  await screen.close()
  expect(complaints).toEqual([])
})

afterAll(async () => {
  await browser?.close()
  screens.remove()
})

async function open(first: Partial<CounterState> = {}): Promise<void> {
  screen = await openScreen(browser, screens.path, first)
  till = new Till(screen.page)
}

const sent = (type: string) => screen.counter.commands.filter((command) => command.type === type)
const newest = async (type: string) => {
  await expect.poll(() => sent(type).length).toBeGreaterThan(0)
  return sent(type).at(-1)
}
/** Keys as a hand presses them, slower than any scanner. */
const byHand = async (...keys: string[]) => {
  for (const key of keys) {
    await screen.page.keyboard.press(key)
    await screen.page.waitForTimeout(120)
  }
}
/** Keys as a scanner presses them; the debugging protocol alone takes some milliseconds a key. */
const scan = async (...keys: string[]) => {
  for (const key of keys) await screen.page.keyboard.press(key)
}

describe('by the keyboard alone', () => {
  it('Enter approves exactly what is shown, wherever the focus was', async () => {
    await open({ visit: OFFERS })
    await byHand('Enter')
    expect(await newest('approve')).toEqual({
      type: 'approve',
      select: { acquisitionIds: BEST.lines.map((line) => line.acquisitionId) },
      expectedTotalDiscount: 350,
    })
  })

  it('a second Enter meant for approving does not take the outcome away', async () => {
    await open({ visit: OFFERS })
    await byHand('Enter')
    screen.counter.show({ visit: VISITS.approved })
    await till.heading('Approved').waitFor()
    await screen.page.keyboard.press('Enter')
    await screen.page.waitForTimeout(500)
    expect(sent('nextCustomer')).toEqual([])
    await screen.page.keyboard.press('Enter')
    await newest('nextCustomer')
  })

  it('the focus is never lost: it follows from offers to approved to idle to offers', async () => {
    await open({ visit: OFFERS })
    for (const visit of [VISITS.approving, VISITS.approved, VISITS.idle, VISITS.reading, VISITS.searching, OFFERS]) {
      screen.counter.show({ visit })
      await expect
        .poll(() => screen.page.evaluate(() => document.activeElement?.closest('.visit') != null), {
          message: visit.phase,
        })
        .toBe(true)
    }
    expect(await screen.page.evaluate(() => document.activeElement?.hasAttribute('data-primary'))).toBe(true)
  })

  it('an amount: digits, times, plus', async () => {
    await open({ visit: OFFERS })
    await byHand('3', '*', '1', '2', '0', '+')
    const command = await newest('setPurchase')
    expect(command).toMatchObject({ lines: [{}, {}, {}, {}, { category: 'deli', unitPrice: 120, lineTotal: 360 }] })
  })

  it('while an amount is pending, Enter adds it and approves nothing', async () => {
    await open({ visit: OFFERS })
    await byHand('5', '0', 'Enter')
    await newest('setPurchase')
    expect(sent('approve')).toEqual([])
    await byHand('Enter')
    await newest('approve')
  })

  it('Escape ends the visit; F4 types a number; F8 undoes with a reason', async () => {
    await open({ visit: OFFERS })
    await byHand('Escape')
    await newest('nextCustomer')
    screen.counter.show({ visit: VISITS.idle })
    await till.heading('Tap card or scan').waitFor()
    await byHand('F4', '4', '2', 'Enter')
    expect(await newest('presentKeyed')).toEqual({
      type: 'presentKeyed',
      medium: { type: 'barcode', identifier: '42' },
    })
    screen.counter.show({ visit: VISITS.approved })
    await till.heading('Approved').waitFor()
    await byHand('F8', 'Enter')
    expect(await newest('undo')).toMatchObject({
      redemptionId: VISITS.approved.redemptionId,
      reason: 'customer_changed_mind',
    })
  })

  it('signs in: a tile, a PIN, Enter; and the PIN stays nowhere', async () => {
    await open({ cashier: null })
    await byHand('Enter', '1', '2', '3', '4', 'Enter')
    expect(await newest('signIn')).toEqual({ type: 'signIn', operatorId: 'o1', pin: '1234' })
    expect(await screen.page.getByLabel('PIN', { exact: true }).inputValue()).toBe('')
  })
})

describe('a stack of the cashier’s own', () => {
  it('is asked of the counter, shown, and approved for what it shows', async () => {
    await open({ visit: OFFERS })
    await screen.page.getByRole('checkbox', { name: /Members/ }).click()
    expect(await newest('select')).toEqual({ type: 'select', acquisitionIds: [COUPON.bento, COUPON.drink] })
    const lines = BEST.lines.slice(1)
    screen.counter.show({
      visit: {
        ...OFFERS,
        selected: [COUPON.bento, COUPON.drink],
        selection: { status: 'approvable', lines, totalDiscount: 160 },
      },
    })
    await till.button('Approve ¥160 off').click()
    expect(await newest('approve')).toMatchObject({ expectedTotalDiscount: 160 })
  })

  it('that cannot be combined says why and offers what is left in one touch, and the best in another', async () => {
    await open({ visit: VISITS.combined })
    await till.heading('Cannot be combined').waitFor()
    await till.button('Approve ¥210 only').click()
    expect(await newest('approve')).toEqual({
      type: 'approve',
      select: { acquisitionIds: [COUPON.member] },
      expectedTotalDiscount: 210,
    })
    await till.button('Best: ¥350 off').click()
    await till.button('Approve ¥350 off').waitFor()
  })
})

describe('the outcomes', () => {
  it('approved and approved-not-yet-confirmed differ in words, icon and colour', async () => {
    await open({ visit: VISITS.approved })
    const look = () =>
      screen.page
        .locator('.visit')
        .evaluate((pane) => [
          pane.querySelector('h2')?.textContent,
          pane.querySelector('svg path, svg circle')?.outerHTML,
          getComputedStyle(pane).backgroundColor,
        ])
    const confirmed = await look()
    screen.counter.show({ ...OFFLINE, visit: STORED })
    await till.heading('Approved — not yet confirmed').waitFor()
    const stored = await look()
    for (const [index, part] of stored.entries()) expect(part).not.toBe(confirmed[index])
  })

  it('are spoken', async () => {
    await open({ visit: OFFERS })
    screen.counter.show({ visit: VISITS.refused })
    await screen.page
      .locator('[aria-live=assertive]', { hasText: 'Not approved. Card is blocked.' })
      .waitFor({ state: 'attached' })
  })

  it('undo counts down and ends', async () => {
    await open({ visit: { ...VISITS.approved, undoUntil: Date.now() + 1_500 } })
    await till.button(/^Undo \(\d+ s\)$/).waitFor()
    await till.button('Undo time is over').waitFor()
    await byHand('F8')
    expect(await screen.page.getByRole('dialog').count()).toBe(0)
  })
})

describe('a keyboard scanner', () => {
  const CODE = [...'4901234567894', 'Enter']

  it('is captured with any focus; its Enter presses nothing and its digits are no amount', async () => {
    await open({ visit: OFFERS })
    await scan(...CODE)
    const command = await newest('wedgeKeys')
    expect(command).toMatchObject({ type: 'wedgeKeys' })
    const keys = command?.type === 'wedgeKeys' ? command.keys : []
    expect(keys.map((key) => key.key)).toEqual(CODE)
    expect(keys[0]).toMatchObject({ code: 'Digit4', atMs: 0, shift: false })
    expect(sent('approve')).toEqual([])
    expect(await screen.page.getByLabel('Amount', { exact: true }).textContent()).toBe('¥0')
  })

  it('keeps an amount that was being typed before the scan', async () => {
    await open()
    await byHand('7', '5')
    await scan(...CODE)
    await newest('wedgeKeys')
    expect(await screen.page.getByLabel('Amount', { exact: true }).textContent()).toBe('¥75')
  })

  it('leaves a field as it was', async () => {
    await open()
    await till.openSimulator()
    const filter = screen.page.getByRole('searchbox')
    await filter.focus()
    await byHand('a', 'o')
    await scan(...CODE)
    await newest('wedgeKeys')
    expect(await filter.inputValue()).toBe('ao')
  })

  it('never takes a PIN for a scan, however fast it is typed', async () => {
    await open({ cashier: null })
    await till.button('Rin Takeda').click()
    await scan(...'123456', 'Enter')
    expect(await newest('signIn')).toMatchObject({ pin: '123456' })
    await screen.page.waitForTimeout(300)
    expect(sent('wedgeKeys')).toEqual([])
  })
})

describe('titles from a server', () => {
  const hostile = `<img src=x onerror="alert(1)">\u202Egnitirw ${'long '.repeat(60)}`

  it('are text, kept apart, cut where there is no room', async () => {
    await open({ visit: { ...OFFERS, usable: [{ ...OFFERS.usable[0]!, title: hostile, titles: {} }] } })
    const title = screen.page.getByRole('checkbox').first().locator('bdi').first()
    expect(await title.textContent()).toBe(hostile)
    expect(await screen.page.locator('img').count()).toBe(0)
    const [height, line] = await title.evaluate((element) => [
      element.getBoundingClientRect().height,
      Number.parseFloat(getComputedStyle(element).lineHeight),
    ])
    expect(height! / line!).toBeLessThan(2.4)
  })
})

describe('the line to the counter', () => {
  it('takes the token out of the address bar', async () => {
    await open()
    expect(screen.page.url()).not.toContain('token')
  })

  it('when cut: says so, lets nothing be pressed, and comes back by itself with the present state', async () => {
    await open({ visit: OFFERS })
    screen.counter.cut()
    await screen.page.getByText('The counter program does not answer').waitFor()
    expect(await screen.page.locator('.live').getAttribute('inert')).not.toBeNull()
    await screen.page.getByText('The counter program does not answer').waitFor({ state: 'detached' })
    screen.counter.show({ visit: VISITS.approved })
    await till.heading('Approved').waitFor()
  })

  it('does not show an old state as live after a message that it cannot read', async () => {
    await open({ visit: OFFERS })
    screen.counter.sendRaw('{"type":"state","state":{"revision":2}}')
    await screen.page.getByText('The counter program does not answer').waitFor()
  })

  it('a command that is not carried out is said in words', async () => {
    await open({ visit: OFFERS })
    screen.counter.answer({ ok: false, reason: 'station_revoked', reasonGroup: 'staff', params: {} })
    await byHand('Enter')
    await screen.page.getByText('This counter has been switched off.').waitFor()
    await till.button('Dismiss').click()
    await screen.page.getByText('This counter has been switched off.').waitFor({ state: 'detached' })
  })
})

describe('the look', () => {
  it('is remembered: language, theme, the simulator drawer', async () => {
    await open()
    await byHand('F9')
    await till.heading('Simulator').waitFor()
    await till.button('Menu: Rin Takeda').click()
    await screen.page.getByRole('radio', { name: 'Dark' }).check({ force: true })
    await screen.page.getByRole('radio', { name: '日本語' }).check({ force: true })
    await screen.page.reload()
    await till.heading('カードをタッチ').waitFor()
    await till.heading('シミュレーター').waitFor()
    expect(await screen.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark')
    expect(await screen.page.locator('html').getAttribute('lang')).toBe('ja')
  })

  it.each([
    [1024, 768],
    [1920, 1080],
  ])('fits %i × %i without scrolling the page', async (width, height) => {
    await open({ ...OFFLINE, visit: OFFERS, notices: STATE.notices })
    await screen.page.setViewportSize({ width, height })
    const page = await screen.page.evaluate(() => [
      document.documentElement.scrollWidth - window.innerWidth,
      document.documentElement.scrollHeight - window.innerHeight,
    ])
    expect(page).toEqual([0, 0])
    await expect.poll(() => till.button('Approve ¥350 off').isVisible()).toBe(true)
  })

  it('shows no ring for an answer that takes less than 300 ms', async () => {
    await open({ visit: VISITS.searching })
    const delay = await screen.page.locator('.ring').evaluate((ring) => getComputedStyle(ring).animationDelay)
    expect(delay.split(',')[0]).toBe('0.3s')
  })
})
