import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser.ts'
import { buildScreens } from '../renderer/builtScreens.ts'
import { misfits } from '../renderer/misfits.ts'
import { type OpenScreen, openScreen } from '../renderer/openScreen.ts'
import { OFFERS, STATE } from '../renderer/states.ts'
import { accessibilityFindings } from '../till.ts'
import { FORCED_OFFLINE, LIST, MOMENTS, OFFLINE_VIEW, RESOLVED, STORY, withDesk } from './deskStates.ts'
import { STORE_LEASES } from './leaseStates.ts'

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
  screen.counter.commands.flatMap((command) => (command.type === 'offlineDesk' ? [command.action] : []))
const newest = (what: string) => actions().findLast((action) => action.do === what)

const closed = async () => {
  const { complaints } = screen
  await screen.close()
  expect(complaints).toEqual([])
}

describe.each(['en-GB', 'ja-JP'])('in %s', (locale) => {
  beforeAll(async () => {
    screen = await openScreen(browser, screens.path, {}, { locale })
    return closed
  })

  const look = async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await screen.page.emulateMedia({ colorScheme })
      expect(await accessibilityFindings(screen.page), colorScheme).toEqual([])
    }
    for (const [width, height] of [
      [1920, 1080],
      [1024, 768],
    ] as const) {
      await screen.page.setViewportSize({ width, height })
      expect(await misfits(screen.page), `${width}`).toEqual({ wide: 0, tall: 0, small: [] })
    }
  }

  it.each(Object.keys(MOMENTS))('%s: nothing for axe to find, nothing cut off, targets large enough', async (name) => {
    screen.counter.show(MOMENTS[name]!)
    await screen.page.locator('.desk').waitFor()
    await look()
  })

  it('what waits', async () => {
    screen.counter.show(withDesk())
    await screen.page.locator('.desk__tabs .segmented__choice').nth(1).click()
    await screen.page.locator('.queue').waitFor()
    await look()
  })

  it.each([
    ['this counter', withDesk()],
    ['the store, by the server’s word', withDesk({ server: 'connected', list: LIST, leases: STORE_LEASES })],
    ['nobody', withDesk({ leases: { of: 'counter', rows: [] } })],
  ])('what is lent to %s', async (_who, state) => {
    screen.counter.show(state)
    await screen.page.locator('.desk__tabs .segmented__choice').nth(2).click()
    await screen.page.locator('#leases-title').waitFor()
    await look()
  })
})

describe('the manager at the desk', () => {
  afterEach(closed)

  const open = async (state: Parameters<typeof openScreen>[2] = withDesk()) => {
    screen = await openScreen(browser, screens.path)
    screen.counter.show(state ?? {})
  }
  const button = (name: string | RegExp) => screen.page.getByRole('button', { name })
  const heading = (name: string | RegExp) => screen.page.getByRole('heading', { name })

  it('is let in by a PIN, from the menu', async () => {
    await open(withDesk({}, { offlineDesk: null }))
    await button('Menu: Rin Takeda').click()
    await button('Offline work and conflicts…').click()
    await screen.page.getByLabel('Manager’s PIN').waitFor()
    await screen.page.keyboard.type('3456', { delay: 120 })
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => newest('open')).toEqual({ do: 'open', operatorId: 'o3', pin: '3456' })
  })

  it('sees how much is left, and is warned of what is short', async () => {
    await open()
    await heading('What is left offline').waitFor()
    const rows = screen.page.locator('.cap')
    expect(await rows.nth(0).textContent()).toContain('486 of 500 left')
    expect(await rows.nth(1).textContent()).toContain('¥80,000 of ¥500,000 left')
    await screen.page.getByText('Little is left.').waitFor()
    expect(await screen.page.getByText('4 uses left').count()).toBe(1)
  })

  it('shows the server the PIN, and is told when it is wrong', async () => {
    await open()
    screen.counter.answer({ ok: false, reason: 'operator_not_allowed', reasonGroup: 'staff', params: {} })
    await screen.page.getByLabel('Your PIN').fill('9999')
    await button('Ask the server').click()
    await screen.page.getByText('The server does not accept that PIN.').waitFor()
    expect(newest('connect')).toEqual({ do: 'connect', pin: '9999' })
    expect(await screen.page.getByLabel('Your PIN').inputValue()).toBe('')
  })

  it('reads both sides and decides, with a reason, by keyboard alone', async () => {
    await open(withDesk({ server: 'connected', list: LIST }))
    const { page, counter } = screen
    await button(/Welcome: ¥200 off/).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => newest('look')).toEqual({ do: 'look', conflictId: STORY.conflictId })
    counter.show(withDesk({ server: 'connected', list: LIST, story: STORY }))
    await heading('This side: what the counter said').waitFor()
    await heading('The other side: what the server holds').waitFor()
    await page.getByText('Ueno Park, till 2').waitFor()
    await button('Roll back').focus()
    await page.keyboard.press('Enter')
    const submit = button('Roll back: yes')
    await submit.waitFor()
    expect(await submit.getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.type('The customer brought it back', { delay: 5 })
    await submit.focus()
    await page.keyboard.press('Enter')
    await expect
      .poll(() => newest('resolve'))
      .toEqual({
        do: 'resolve',
        conflictId: STORY.conflictId,
        resolution: 'rolled_back',
        reason: 'The customer brought it back',
      })
    counter.show(withDesk({ server: 'connected', list: LIST, story: RESOLVED }))
    await page.getByText('Seen by Rin: the customer was at both stores').waitFor()
    expect(await button('Roll back').count()).toBe(0)
    await page.keyboard.press('Escape')
    await expect.poll(() => newest('look')).toEqual({ do: 'look', conflictId: null })
    counter.show(withDesk({ server: 'connected', list: LIST }))
    await screen.page.getByRole('heading', { name: 'Conflicts', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => newest('close')).toEqual({ do: 'close' })
  })

  it('can only write off what could not be settled', async () => {
    await open(MOMENTS['a quarantined event'])
    await button('Write off').waitFor()
    expect(await button('Accept').count()).toBe(0)
    expect(await button('Roll back').count()).toBe(0)
  })

  it('pages through the list and looks at what was resolved', async () => {
    await open(withDesk({ server: 'connected', list: LIST }))
    await button('Older ones').click()
    await expect.poll(() => newest('list')).toEqual({ do: 'list', state: 'open', cursor: 'more' })
    await screen.page.getByRole('radio', { name: 'Resolved' }).click({ force: true })
    await expect.poll(() => newest('list')).toEqual({ do: 'list', state: 'resolved' })
  })

  it('sets the server aside for a while, with a reason, and back', async () => {
    await open()
    const { page, counter } = screen
    await page.getByRole('listitem').filter({ hasText: 'Work offline on purpose' }).getByRole('button').click()
    await page.getByRole('radio', { name: '2 h' }).check({ force: true })
    await page.getByLabel('Why').fill('The server is slow since noon')
    await button('Set aside').last().click()
    await expect
      .poll(() => newest('override'))
      .toEqual({
        do: 'override',
        kind: 'force_offline',
        minutes: 120,
        reason: 'The server is slow since noon',
        raisePercent: null,
      })
    await page.locator('dialog').waitFor({ state: 'detached' })
    counter.show(withDesk({}, { offline: { ...OFFLINE_VIEW, overrides: [FORCED_OFFLINE] } }))
    await button('End now').click()
    await expect.poll(() => newest('endOverride')).toEqual({ do: 'endOverride', kind: 'force_offline' })
  })

  it('raises a cap by no more than head office allows', async () => {
    await open(withDesk({ bounds: { maxMinutes: 45, forceOffline: false, raisePercent: 60 } }))
    const { page } = screen
    expect(await page.getByText('Work offline on purpose').count()).toBe(0)
    await page.getByRole('listitem').filter({ hasText: 'More approvals than usual' }).getByRole('button').click()
    expect(await page.getByRole('radio').evaluateAll((all) => all.length)).toBeGreaterThan(0)
    expect(await page.locator('dialog .segmented__choice').allTextContents()).toEqual([
      '15 min',
      '30 min',
      '45 min',
      '+25 %',
      '+50 %',
      '+60 %',
    ])
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    // Escape closed the dialog and nothing else.
    expect(newest('close')).toBeUndefined()
  })

  it('sees what waits, sends again what was set aside, and saves the queue to a file', async () => {
    await open()
    await screen.page.locator('.desk__tabs .segmented__choice').nth(1).click()
    await screen.page.getByRole('cell', { name: /set aside: / }).waitFor()
    await screen.page.getByText('7 more are not shown.').waitFor()
    await button('Send what was set aside again').click()
    await expect.poll(() => newest('sendAgain')).toEqual({ do: 'sendAgain' })
    await button('Save to a file').click()
    await expect.poll(() => screen.counter.commands.some(({ type }) => type === 'exportQueue')).toBe(true)
    screen.counter.show({ queueExport: { path: '/media/usb/queue.json', events: 14, at: Date.now() } })
    await screen.page.getByText('/media/usb/queue.json').waitFor()
  })
})

describe('the cashier', () => {
  afterEach(closed)

  it('sees what is set aside all the time, and what is about to run out', async () => {
    screen = await openScreen(browser, screens.path, {
      ...STATE,
      visit: OFFERS,
      connection: { ...STATE.connection, mode: 'offline', cause: 'forced' },
      waiting: { count: 410, value: 12_000, forced: 0, quarantined: 0 },
      offline: {
        ...OFFLINE_VIEW,
        storedCount: { used: 410, limit: 500 },
        storedValue: { used: 0, limit: 500 },
        overrides: [FORCED_OFFLINE],
      },
    })
    const { page } = screen
    const strip = page.getByRole('region', { name: 'Set aside by a manager' })
    await strip.getByText(/Kaori Mizuno: The server is slow since noon/).waitFor()
    const chip = page.getByRole('button', { name: /410 waiting/ })
    expect(await chip.textContent()).toContain('90 approvals left')
    expect(await misfits(screen.page)).toEqual({ wide: 0, tall: 0, small: [] })
    await chip.click()
    await page.getByText('Little is left.').waitFor()
    expect(await accessibilityFindings(page)).toEqual([])
  })

  it('is told in red when nothing is left, and calmly nothing while there is plenty', async () => {
    screen = await openScreen(browser, screens.path, { offline: OFFLINE_VIEW, visit: OFFERS })
    const { page, counter } = screen
    counter.show({ offline: { ...OFFLINE_VIEW, storedValue: { used: 500_000, limit: 500_000 } } })
    await page.getByRole('button', { name: /Nothing left offline/ }).waitFor()
    counter.show({ offline: { ...OFFLINE_VIEW, storedValue: { used: 0, limit: 500_000 } } })
    await page.getByRole('button', { name: /Nothing left offline/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /Nothing waiting/ }).waitFor()
  })
})
