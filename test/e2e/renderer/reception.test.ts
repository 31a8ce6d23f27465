import { describe, expect, it } from 'vitest'
import { cashierScreen } from './cashierScreen.ts'
import { BEST, COUPON, OFFERS, OFFLINE, STORED, VISITS } from './states.ts'

const screen = cashierScreen()
const { byHand, newest, open, sent } = screen

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
    await screen.till.heading('Approved').waitFor()
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

  it('Space marks a coupon, and Enter there approves what is marked', async () => {
    await open({ visit: OFFERS })
    await screen.page.getByRole('checkbox', { name: /Members/ }).focus()
    await byHand('Enter')
    expect(await newest('approve')).toMatchObject({ expectedTotalDiscount: 350 })
    expect(sent('select')).toEqual([])
    await byHand('Space')
    await newest('select')
  })

  it('another card: says whose coupons these are, moves nothing, and F3 turns to the other', async () => {
    await open({ visit: OFFERS })
    const places = () =>
      screen.page.locator('.coupon').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top))
    const before = await places()
    screen.counter.show({ visit: { ...OFFERS, aside: { type: 'felica-idm', entry: 'tap' } } })
    await screen.page.getByText('These are still the first card’s coupons.', { exact: true }).waitFor()
    expect(await places()).toEqual(before)
    await byHand('F3')
    expect(await newest('serveAside')).toEqual({ type: 'serveAside' })
  })

  it('Escape ends the visit; F4 types a number; F8 undoes with a reason', async () => {
    await open({ visit: OFFERS })
    await byHand('Escape')
    await newest('nextCustomer')
    screen.counter.show({ visit: VISITS.idle })
    await screen.till.heading('Tap card or scan').waitFor()
    await byHand('F4', '4', '2', 'Enter')
    expect(await newest('presentKeyed')).toEqual({
      type: 'presentKeyed',
      medium: { type: 'barcode', identifier: '42' },
    })
    screen.counter.show({ visit: VISITS.approved })
    await screen.till.heading('Approved').waitFor()
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
    expect(await screen.page.evaluate(() => document.activeElement?.hasAttribute('data-primary'))).toBe(true)
    expect(await newest('select')).toEqual({ type: 'select', acquisitionIds: [COUPON.bento, COUPON.drink] })
    const lines = BEST.lines.slice(1)
    screen.counter.show({
      visit: {
        ...OFFERS,
        selected: [COUPON.bento, COUPON.drink],
        selection: { status: 'approvable', lines, totalDiscount: 160 },
      },
    })
    await screen.till.button('Approve ¥160 off').click()
    expect(await newest('approve')).toMatchObject({ expectedTotalDiscount: 160 })
  })

  it('that cannot be combined says why and offers what is left in one touch, and the best in another', async () => {
    await open({ visit: VISITS.combined })
    await screen.till.heading('Cannot be combined').waitFor()
    await screen.till.button('Approve ¥210 only').click()
    expect(await newest('approve')).toEqual({
      type: 'approve',
      select: { acquisitionIds: [COUPON.member] },
      expectedTotalDiscount: 210,
    })
    await screen.till.button('Best: ¥350 off').click()
    await screen.till.button('Approve ¥350 off').waitFor()
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
    await screen.till.heading('Approved — not yet confirmed').waitFor()
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
    await open({ visit: { ...VISITS.approved, undoUntil: Date.now() + 60_000 } })
    await screen.till.button(/^Undo \(\d+ s\)$/).waitFor()
    screen.counter.show({ visit: { ...VISITS.approved, undoUntil: Date.now() + 500 } })
    await screen.till.button('Undo time is over').waitFor()
    await byHand('F8')
    expect(await screen.page.getByRole('dialog').count()).toBe(0)
  })
})
