import { describe, expect, it } from 'vitest'
import { accessibilityFindings } from '../till.ts'
import { cashierScreen } from './cashierScreen.ts'
import { OFFERS, OFFLINE, STATE, VISITS } from './states.ts'

const screen = cashierScreen()
const { byHand, newest, open, sent } = screen
/** Keys as a scanner presses them, 10 ms apart by their own times, however slow this machine is. */
const scan = async (...keys: string[]) => {
  const devtools = await screen.page.context().newCDPSession(screen.page)
  const start = Date.now() / 1_000
  await Promise.all(
    keys.map((key, index) => {
      const named = key === 'Enter'
      return devtools.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key,
        code: named ? key : `Digit${key}`,
        windowsVirtualKeyCode: named ? 13 : key.charCodeAt(0),
        text: named ? '\r' : key,
        timestamp: start + index / 100,
      })
    }),
  )
}

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
    await screen.till.openSimulator()
    const filter = screen.page.getByRole('searchbox')
    await filter.focus()
    await byHand('a', 'o')
    await scan(...CODE)
    await newest('wedgeKeys')
    expect(await filter.inputValue()).toBe('ao')
  })

  it('gives a customer’s card its code for staff while that is asked for, and takes nothing off the screen', async () => {
    await open()
    await screen.till.button(/^Menu: /).click()
    await screen.till.button('Code for staff').click()
    expect(await newest('customerCode')).toEqual({ type: 'customerCode', do: 'ask' })
    await scan(...CODE)
    await newest('wedgeKeys')
    const code = 'ABCD-EFGH-JKMN'
    screen.counter.show({ customerCode: { step: 'shown', code, expiresAt: Date.now() + 300_000, known: false } })
    await screen.page.getByRole('dialog').getByText(code).waitFor()
    expect(await accessibilityFindings(screen.page)).toEqual([])
    await byHand('Escape')
    await expect.poll(() => newest('customerCode')).toEqual({ type: 'customerCode', do: 'stop' })
  })

  it('never takes a PIN for a scan, however fast it is typed', async () => {
    await open({ cashier: null })
    await screen.till.button('Rin Takeda').click()
    await scan(...'123456', 'Enter')
    expect(await newest('signIn')).toMatchObject({ pin: '123456' })
    await screen.page.waitForTimeout(700)
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
    await Promise.all([
      screen.page.getByText('The counter program does not answer').waitFor(),
      screen.page.locator('.live[inert]').waitFor(),
    ])
    await screen.page.getByText('The counter program does not answer').waitFor({ state: 'detached' })
    screen.counter.show({ visit: VISITS.approved })
    await screen.till.heading('Approved').waitFor()
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
    await screen.till.button('Dismiss').click()
    await screen.page.getByText('This counter has been switched off.').waitFor({ state: 'detached' })
  })
})

describe('the look', () => {
  it('is remembered: language, theme, the simulator drawer', async () => {
    await open()
    await byHand('F9')
    await screen.till.heading('Simulator').waitFor()
    await screen.till.button('Menu: Rin Takeda').click()
    await screen.page.getByRole('radio', { name: 'Dark' }).check({ force: true })
    await screen.page.getByRole('radio', { name: '日本語' }).check({ force: true })
    await screen.page.reload()
    await screen.till.heading('カードをタッチ').waitFor()
    await screen.till.heading('シミュレーター').waitFor()
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
    await expect.poll(() => screen.till.button('Approve ¥350 off').isVisible()).toBe(true)
  })

  it('shows no ring for an answer that takes less than 300 ms', async () => {
    await open({ visit: VISITS.searching })
    const delay = await screen.page.locator('.ring').evaluate((ring) => getComputedStyle(ring).animationDelay)
    expect(delay.split(',')[0]).toBe('0.3s')
  })
})
