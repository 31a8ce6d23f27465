import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SearchResponse } from '../../../core/contract/search.ts'
import { acquire, call } from '../../rigs/officeCalls.ts'
import { openBrowser } from '../browser.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './officeScreen.ts'

/** Generation approval as two people do it, in a real browser against the real server. */
let office: OfficeServer
let browser: Browser
let planner: OfficeScreen
let approver: OfficeScreen

beforeAll(async () => {
  ;[office, browser] = await Promise.all([startOffice(), openBrowser()])
  planner = await OfficeScreen.open(browser, office.line.url)
  approver = await OfficeScreen.open(browser, office.line.url)
  await planner.signIn('planner')
  await approver.signIn('approver')
})
afterAll(async () => {
  await browser?.close()
  await office?.stop()
})

const TITLE = 'Soup of the day: ¥60 off'
const medium = { type: 'barcode', identifier: '2900000099994' } as const
const objective = {
  currency: 'JPY',
  total: 400,
  items: [{ lineId: '1', category: 'deli', unitPrice: 400, lineTotal: 400 }],
}

/** What a counter is offered for a bowl of soup: title, version and discount. */
async function offered(): Promise<string[]> {
  const token = office.line.stations[0]?.token ?? ''
  const found = SearchResponse.parse(await call(office.line.url, token, 'POST', '/v1/search', { medium, objective }))
  return found.usable.map((coupon) => `${coupon.title}, version ${coupon.campaignVersion}: ${coupon.discount.total}`)
}

const campaignIdOf = (screen: OfficeScreen): string => /campaigns\/([0-9a-f-]{36})/.exec(screen.page.url())?.[1] ?? ''

describe('a campaign by two people', () => {
  it('is drafted with what it would give in sight, and its planner has no way to approve it', async () => {
    await planner.goTo('Campaigns')
    await planner.page.getByRole('link', { name: 'New campaign' }).click()
    await planner.field('Title').fill(TITLE)
    await planner.page.getByLabel('Amount off', { exact: true }).fill('60')
    await planner.field('Minimum spend').fill('300')
    await planner.field('Valid from').fill('2026-01-01T00:00')
    await planner.field('Valid until').fill('2098-01-01T00:00')
    await planner.field('A purchase of your own').fill('400')
    const results = planner.page.getByRole('list', { name: 'Sample purchases' })
    await results.getByText('−¥60').first().waitFor()
    await planner.field('A purchase of your own').fill('299')
    await results.getByText('Spend ¥1 more').waitFor()
    await planner.button('Save draft').click()
    await planner.heading(TITLE).waitFor()
    await planner.button('Submit for approval').click()
    await planner.confirm('Submit for approval')
    await planner.page.getByText('Submitted').first().waitFor()
    expect(await planner.button('Approve').count()).toBe(0)
    expect(await planner.page.getByRole('link', { name: 'Review' }).count()).toBe(0)
  })

  it('is refused to whoever wrote it, whatever they send', async () => {
    const status = await planner.page.evaluate(async (id) => {
      const answer = await fetch(`/v1/campaigns/${id}/approve`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      return answer.status
    }, campaignIdOf(planner))
    expect(status).toBe(403)
  })

  it('is approved by the other, and then usable at a counter', async () => {
    await approver.goTo('Approvals')
    await approver.page.getByRole('link', { name: TITLE }).click()
    await approver.page.getByText('A new campaign: its rules').waitFor()
    await approver.button('Approve').click()
    await approver.confirm('Approve', 'Fits the season')
    await approver.heading(TITLE).waitFor()
    await approver.page.getByText('Active', { exact: true }).waitFor()
    await acquire(office.line, campaignIdOf(approver), medium)
    expect(await offered()).toEqual([`${TITLE}, version 1: 60`])
  })

  it('changed by its planner stays as it is at the counter until the approver has seen the difference', async () => {
    await planner.page.reload()
    await planner.page.getByRole('link', { name: 'Change as a new version' }).click()
    await planner.page.getByLabel('Amount off', { exact: true }).fill('90')
    await planner.button('Save draft').click()
    await planner.button('Submit for approval').click()
    await planner.confirm('Submit for approval')
    await planner.page.getByText('Version 2 is proposed:').waitFor()
    expect(await offered()).toEqual([`${TITLE}, version 1: 60`])

    await approver.goTo('Approvals')
    await approver.page.getByRole('link', { name: TITLE }).click()
    const row = approver.page.getByRole('row', { name: /Benefit › Amount off/ })
    await row.waitFor()
    expect((await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())).toEqual(['¥60', '¥90'])
    await approver.button('Approve').click()
    await approver.confirm('Approve')
    await approver.page.getByText('Version 2', { exact: true }).first().waitFor()
    expect(await offered()).toEqual([`${TITLE}, version 2: 90`])
  })

  it('goes back with a reason that its planner reads', async () => {
    await planner.page.reload()
    await planner.page.getByRole('link', { name: 'Change as a new version' }).click()
    await planner.page.getByLabel('Amount off', { exact: true }).fill('400')
    await planner.button('Save draft').click()
    await planner.button('Submit for approval').click()
    await planner.confirm('Submit for approval')
    await approver.goTo('Approvals')
    await approver.page.getByRole('link', { name: TITLE }).click()
    await approver.button('Request changes').click()
    const send = approver.page.getByRole('dialog').getByRole('button', { name: 'Request changes', exact: true })
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    await approver.confirm('Request changes', 'The whole soup for nothing?')
    await planner.page.reload()
    await planner.page.getByText('The whole soup for nothing?').waitFor()
    expect(await offered()).toEqual([`${TITLE}, version 2: 90`])
  })
})

it('the approver alone works by the keyboard: the link to the content, the sections, a dialog and its way out', async () => {
  const { page } = approver
  await approver.goTo('Campaigns')
  // The keyboard begins where a page begins.
  await page.reload()
  await approver.settled()
  await page.keyboard.press('Tab')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')
  await approver.page.getByRole('link', { name: TITLE }).focus()
  await page.keyboard.press('Enter')
  await approver.heading(TITLE).waitFor()
  await approver.button('Suspend').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Suspend')
})
