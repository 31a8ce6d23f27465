import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../browser.ts'
import { buildScreens } from '../renderer/builtScreens.ts'
import { type OpenScreen, openScreen } from '../renderer/openScreen.ts'
import { accessibilityFindings } from '../till.ts'
import { APART, MADE, PLAIN, SEARCHED, UNKNOWN_TO_SERVER, withDay, withPos } from './dayStates.ts'

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

const button = (name: string | RegExp) => screen.page.getByRole('button', { name })
const asked = () => screen.counter.commands.flatMap((command) => (command.type === 'dayDesk' ? [command.action] : []))

describe.each(['en-GB', 'ja-JP'])('in %s', (locale) => {
  beforeAll(async () => {
    screen = await openScreen(browser, screens.path, {}, { locale })
    return async () => {
      const { complaints } = screen
      await screen.close()
      expect(complaints).toEqual([])
    }
  })

  it.each([
    ['books that agree', PLAIN, 0],
    ['books that differ', APART, 0],
    ['books without the server', UNKNOWN_TO_SERVER, 0],
    ['the journal', SEARCHED, 1],
    ['POS software', PLAIN, 2],
    ['a token that was made just now', MADE, 2],
    ['settings', PLAIN, 3],
    ['support', PLAIN, 4],
  ])('%s: nothing for axe to find, nothing cut off', async (_what, desk, tab) => {
    screen.counter.show(withDay(desk))
    await screen.page.locator('.day .segmented__choice').nth(tab).click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await screen.page.emulateMedia({ colorScheme })
      expect(await accessibilityFindings(screen.page), colorScheme).toEqual([])
    }
    const { wide, tall } = await screen.page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
      return { wide: scrollWidth - clientWidth, tall: scrollHeight - clientHeight }
    })
    expect({ wide, tall }).toEqual({ wide: 0, tall: 0 })
  })

  it.each([true, false])(
    'a purchase from a POS (there: %s): nothing for axe to find, nothing to type',
    async (present) => {
      screen.counter.show(withPos(present))
      await screen.page.locator('.purchase--pos').waitFor()
      expect(await accessibilityFindings(screen.page)).toEqual([])
      expect(await screen.page.locator('.entry').count()).toBe(0)
    },
  )
})

describe('the manager', () => {
  beforeAll(async () => {
    screen = await openScreen(browser, screens.path)
    return () => screen.close()
  })

  it('lets a POS in with the origin of its page, and is shown its token once', async () => {
    screen.counter.show(withDay(PLAIN))
    await screen.page.getByText('POS', { exact: true }).first().click()
    await screen.page.getByLabel('What people call it').fill('Till 3')
    await screen.page.getByLabel('Origin of its page, if it runs in a browser').fill('http://127.0.0.1:9000')
    await button('Make a token').click()
    await expect
      .poll(() => asked().at(-1))
      .toEqual({ do: 'letPosIn', name: 'Till 3', origins: ['http://127.0.0.1:9000'] })
    screen.counter.show(withDay(MADE))
    await screen.page.getByTestId('pos-token').waitFor()
    await button('I have copied it').click()
    await expect.poll(() => asked().at(-1)).toEqual({ do: 'hideToken' })
  })

  it('revokes one only when asked twice', async () => {
    screen.counter.show(withDay(PLAIN))
    await button('Revoke').first().click()
    expect(asked().filter((action) => action.do === 'revokePos')).toEqual([])
    await button('Revoke “Till 1”').click()
    await expect.poll(() => asked().at(-1)).toEqual({ do: 'revokePos', posId: 'p1' })
  })

  it('takes the counter out of service by PIN, and reads by name why not while events wait', async () => {
    screen.counter.show(withDay(PLAIN))
    await screen.page.getByText('Support', { exact: true }).first().click()
    await button('Take out of service…').click()
    const dialog = screen.page.getByRole('dialog', { name: 'Take this counter out of service' })
    expect(await accessibilityFindings(screen.page)).toEqual([])
    const last = () => screen.counter.commands.filter(({ type }) => type === 'unenrol').at(-1)
    await dialog.getByLabel('Manager’s PIN', { exact: true }).fill('3456')
    screen.counter.answer({ ok: false, reason: 'events_waiting', reasonGroup: 'staff', params: {} })
    await dialog.getByRole('button', { name: 'Take out of service', exact: true }).click()
    await dialog.getByRole('alert').filter({ hasText: 'has not all been sent' }).waitFor()
    expect(last()).toEqual({ type: 'unenrol', operatorId: PLAIN.operator.operatorId, pin: '3456' })
    screen.counter.answer({ ok: true })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  it('reconciles a shift', async () => {
    await screen.page.getByText('End of day', { exact: true }).first().click()
    await screen.page.getByLabel('Which').selectOption('shift-1')
    await button('Show').click()
    await expect.poll(() => asked().at(-1)).toMatchObject({ do: 'reconcile', shiftId: 'shift-1' })
  })

  it('changes a setting that is free here, gives back one that was chosen, and sees which the office has fixed', async () => {
    await screen.page.getByText('Settings', { exact: true }).first().click()
    const row = (name: string) => screen.page.locator('.settingRow').filter({ hasText: name })
    expect(await row('One-tap').getByRole('button').count()).toBe(0)
    await row('Volume')
      .getByRole('button', { name: /office/i })
      .click()
    await expect.poll(() => asked().at(-1)).toEqual({ do: 'returnSetting', name: 'volume' })
  })

  it('leaves by Escape', async () => {
    await screen.page.keyboard.press('Escape')
    await expect.poll(() => asked().at(-1)).toEqual({ do: 'close' })
  })

  it('the cashier goes on by hand when the POS is gone, and not while it is there', async () => {
    screen.counter.show(withPos(true))
    await screen.page.getByText('The basket comes from the POS.').waitFor()
    expect(await button('Enter by hand').count()).toBe(0)
    screen.counter.show(withPos(false))
    await button('Enter by hand').click()
    await expect.poll(() => screen.counter.commands.at(-1)).toEqual({ type: 'leavePos' })
  })
})
