import { readFileSync } from 'node:fs'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveCampaign, call } from '../../rigs/officeCalls.ts'
import { openBrowser } from '../browser.ts'
import { accessibilityFindings } from '../till.ts'
import { OfficeScreen, type OfficeServer, startOffice } from './officeScreen.ts'

/** A loaded machine takes its time. */
const SOON = { timeout: 20_000 }

/** Coupons for many at once and by code, and one customer's cards, in a real browser against the real server. */
let office: OfficeServer
let browser: Browser
let planner: OfficeScreen
let campaignId = ''

beforeAll(async () => {
  ;[office, browser] = await Promise.all([startOffice(), openBrowser()])
  const benefit = { kind: 'amount_off', amount: 80 } as const
  campaignId = await approveCampaign(office.line, { title: 'Letter to members', benefit, acquire: { by: 'code' } })
  planner = await OfficeScreen.open(browser, office.line.url)
  await planner.signIn('planner')
})
afterAll(async () => {
  await browser?.close()
  await office?.stop()
})

/** What comes to the person as a file. */
async function saved(screen: OfficeScreen, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const comes: Promise<Download> = screen.page.waitForEvent('download')
  await press()
  const download = await comes
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

const csvFile = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const total = async (screen: OfficeScreen, name: string): Promise<string> =>
  (await screen.page.locator('.totals > div').filter({ hasText: name }).locator('dd').textContent()) ?? ''
const acquire = (of: { code: string } | { campaignId: string }, identifier: string) =>
  call(office.line.url, office.line.stations[0]?.token ?? '', 'POST', '/v1/acquisitions', {
    acquisitionId: crypto.randomUUID().replace(/^.{8}-.{4}-4/, '01a19467-e8ff-7'),
    medium: { type: 'barcode', identifier },
    ...of,
  })

describe('a list of customers', () => {
  const numbers = Array.from({ length: 2_500 }, (_, index) => `29${String(index).padStart(11, '0')}`)
  const lines = numbers.map((number, index) => (index % 500 === 499 ? 'barcode,' : `barcode,${number}`))

  it('with a header that says too little is refused before anything is sent', async () => {
    await planner.goTo('Lists')
    await planner.page.getByText('No lists yet').waitFor()
    await planner.page.getByRole('link', { name: 'New list' }).click()
    await planner.field('File').setInputFiles(csvFile('members.csv', 'number\n1\n'))
    await planner.page.getByText('The first line has a column that is not known.').waitFor()
    expect(await planner.button('Check the file').getAttribute('aria-disabled')).toBe('true')
    await planner.field('File').setInputFiles(csvFile('members.csv', 'type,identifier\nbarcode,1\n'))
    await planner.page.getByText('Choose a campaign, or add the column campaign_id.').waitFor()
    expect(await accessibilityFindings(planner.page)).toEqual([])
  })

  it('is checked first: what would be given, and every row that would not', async () => {
    await planner.field('Campaign').selectOption({ label: 'Letter to members' })
    await planner.field('File').setInputFiles(csvFile('members.csv', ['type,identifier', ...lines, ''].join('\r\n')))
    await planner.button('Check the file').click()
    await planner.page.getByText('This was only a check: nothing has been given yet.').waitFor()
    expect([await total(planner, 'Rows'), await total(planner, 'Would be given')]).toEqual(['2,500', '2,495'])
    await planner.page
      .getByRole('row', { name: /No number/ })
      .getByText('5', { exact: true })
      .waitFor()
    expect(await accessibilityFindings(planner.page)).toEqual([])
  })

  it('gives the lines that were not taken back as a file, put together from the person’s own', async () => {
    const { name, text } = await saved(planner, () => planner.button('Download these lines').click())
    expect(name).toBe('bad-lines-members.csv')
    const wanted = [500, 1_000, 1_500, 2_000, 2_500].map((row) => `${row},no_identifier,barcode,`)
    expect(text.split('\r\n')).toEqual(['row,reason,type,identifier', ...wanted, ''])
    const report = await saved(planner, () =>
      planner.page.getByRole('link', { name: 'Download row numbers and reasons' }).click(),
    )
    expect(report.text.split('\r\n').slice(0, 2)).toEqual(['row,reason', '500,no_identifier'])
  })

  it('then gives the coupons, after being asked', async () => {
    await planner.button('Give 2,495 coupons').click()
    await planner.confirm('Give 2,495 coupons')
    await planner.page.getByText('Finished').waitFor()
    expect([await total(planner, 'Given'), await total(planner, 'Not taken')]).toEqual(['2,495', '5'])
    await planner.goTo('Lists')
    await expect.poll(() => planner.page.getByRole('row', { name: /Letter to members/ }).count(), SOON).toBe(2)
    await planner.page.getByText('Check only').waitFor()
    expect(await accessibilityFindings(planner.page)).toEqual([])
  })

  it('that stopped half way goes on with its file, without giving anything twice', async () => {
    await planner.page.getByRole('link', { name: 'New list' }).click()
    await planner.field('Campaign').selectOption({ label: 'Letter to members' })
    await planner.field('File').setInputFiles(csvFile('more.csv', 'type,identifier\nbarcode,2900000900001\nqr,\n'))
    // The connection is gone when the rows are sent.
    await planner.page.route('**/rows', (route) =>
      route.fulfill({ status: 400, json: { title: 'no', status: 400, type: 'about:blank' } }),
    )
    await planner.button('Check the file').click()
    await planner.heading('It is not being sent from here').waitFor()
    expect(await accessibilityFindings(planner.page)).toEqual([])
    await planner.page.unroute('**/rows')
    await planner.field('File').setInputFiles(csvFile('more.csv', 'type,identifier\nbarcode,2900000900001\nqr,\n'))
    await planner.page.getByText('This was only a check: nothing has been given yet.').waitFor()
    expect([await total(planner, 'Rows'), await total(planner, 'Not taken')]).toEqual(['2', '1'])
  })
})

describe('unique codes', () => {
  it('are made in a list and shown once, as a file; a customer redeems one of them', async () => {
    await planner.goTo('Campaigns')
    await planner.page.getByRole('link', { name: 'Letter to members' }).click()
    await planner.page.getByRole('link', { name: 'Unique codes' }).click()
    await planner.page.getByText('No codes yet').waitFor()
    await planner.button('New list of codes').click()
    const dialog = planner.page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Autumn letter')
    expect(await accessibilityFindings(planner.page)).toEqual([])
    await dialog.getByRole('button', { name: 'New list of codes', exact: true }).click()
    await dialog.getByLabel('How many').fill('25')
    await dialog.getByRole('button', { name: 'Make codes', exact: true }).click()
    await dialog.getByText('25 codes are there.').waitFor()
    expect(await accessibilityFindings(planner.page)).toEqual([])
    // What is not saved would be lost: neither a key nor a button closes it.
    await planner.page.keyboard.press('Escape')
    const done = dialog.getByRole('button', { name: 'Done', exact: true })
    expect(await done.getAttribute('aria-disabled')).toBe('true')
    const { text } = await saved(planner, () => dialog.getByRole('button', { name: 'Download the codes' }).click())
    const [head, ...codes] = text.trim().split('\r\n')
    expect([head, codes.length, new Set(codes).size]).toEqual(['code', 25, 25])
    await done.click()
    const row = planner.page.getByRole('row', { name: /Autumn letter/ })
    await expect.poll(() => row.getByRole('cell').first().textContent(), SOON).toBe('25')
    expect(await acquire({ code: codes[0] ?? '' }, '2900000123456')).toMatchObject({ status: 'acquired', campaignId })
    await planner.page.reload()
    await expect.poll(() => row.getByRole('cell').nth(1).textContent(), SOON).toBe('1')
  })

  it('of one’s own are imported; what is no code is named by its line', async () => {
    await planner.button('Import codes: Autumn letter').click()
    const dialog = planner.page.getByRole('dialog')
    await dialog.getByLabel('File').setInputFiles(csvFile('own.txt', 'SUMMER-001\nSUMMER-002\n\nabc\nSUMMER-001\n'))
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await dialog.getByText('2 codes are new in the list.').waitFor()
    await dialog.getByText('1 was there already, in this list or another.').waitFor()
    await dialog.getByText('1 line is no code: 4').waitFor()
    expect(await accessibilityFindings(planner.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Done', exact: true }).click()
    expect(await acquire({ code: 'summer 002' }, '2900000654321')).toMatchObject({ status: 'acquired', campaignId })
  })
})

describe('a customer', () => {
  let manager: OfficeScreen
  const medium = { type: 'barcode', identifier: '2900000777771' }
  const shown = async (identifier: string) => {
    const { stations, url } = office.line
    const body = { medium: { ...medium, identifier }, entry: 'scan' }
    const answer = await call(url, stations[0]?.token ?? '', 'POST', '/v1/media/presentations', body)
    return (answer as { presentation: string }).presentation
  }
  const rows = () => manager.page.getByRole('region', { name: 'Media' }).getByRole('listitem')

  beforeAll(async () => {
    const forAnyone = await approveCampaign(office.line, {
      title: 'For everybody',
      benefit: { kind: 'amount_off', amount: 10 },
    })
    for (const identifier of ['2900000777771', '2900000777774']) await acquire({ campaignId: forAnyone }, identifier)
    manager = await OfficeScreen.open(browser, office.line.url)
    await manager.signIn('manager')
  })

  it('is found by the code that a terminal shows, never by a number', async () => {
    await manager.goTo('Customers')
    await manager.field('Code for staff').fill('AAAA-BBBB-CCCC')
    await manager.button('Find').click()
    await manager.page.getByText('No customer has this code.').waitFor()
    const code = await shown(medium.identifier)
    await manager.field('Code for staff').fill(code.toLowerCase().replaceAll('-', ' '))
    await manager.button('Find').click()
    await manager.heading('Customer').waitFor()
    await manager.page.getByText('For everybody').waitFor()
    await rows().filter({ hasText: 'Shown just now' }).waitFor()
    expect(await accessibilityFindings(manager.page)).toEqual([])
  })

  it('has a card blocked and unblocked, each with a reason', async () => {
    await rows().first().getByRole('button', { name: 'Block' }).click()
    expect(await accessibilityFindings(manager.page)).toEqual([])
    await manager.confirm('Block', 'Left at the beach')
    await rows().first().getByText('Blocked').waitFor()
    await rows().first().getByRole('button', { name: 'Unblock' }).click()
    await manager.confirm('Unblock', 'Found in the sand')
    await rows().first().getByText('Blocked').waitFor({ state: 'detached' })
  })

  it('links another card that lies there too: what both have adds up', async () => {
    await manager.button('Link two cards').click()
    const dialog = manager.page.getByRole('dialog')
    await dialog.getByLabel('Code of the one card').fill(await shown('2900000777771'))
    await dialog.getByLabel('Code of the other card').fill(await shown('2900000777774'))
    expect(await accessibilityFindings(manager.page)).toEqual([])
    await manager.confirm('Link two cards')
    await expect.poll(() => rows().count(), SOON).toBe(2)
    expect(await manager.page.getByText('For everybody').count()).toBe(2)
  })

  it('has a lost card replaced by a new one', async () => {
    await rows().first().getByRole('button', { name: 'Lost: replace it' }).click()
    const dialog = manager.page.getByRole('dialog')
    await dialog.getByLabel('Code of the new one').fill(await shown('2900000888889'))
    expect(await accessibilityFindings(manager.page)).toEqual([])
    await dialog.getByLabel('How you know that it is theirs').fill('Showed a driving licence')
    await manager.confirm('Lost: replace it')
    await expect.poll(() => rows().count(), SOON).toBe(3)
    await rows().first().getByText('Blocked').waitFor()
    expect(await manager.page.content()).not.toContain('2900000')
  })

  it('has their phone signed out when that is lost', async () => {
    const { stations, url } = office.line
    const made = await call(url, stations[0]?.token ?? '', 'POST', '/v1/phone-codes', {
      medium: { ...medium, identifier: '2900000888889' },
    })
    const context = await browser.newContext({ locale: 'en-GB' })
    context.setDefaultTimeout(15_000)
    const phone = await context.newPage()
    await phone.goto(new URL(`/my#code=${(made as { code: string }).code}`, url).href)
    await phone.getByRole('heading', { name: 'You have' }).waitFor()
    await manager.page.reload()
    await manager.page.getByText('Phones signed in: 1').waitFor()
    await manager.button('Sign phones out').click()
    expect(await accessibilityFindings(manager.page)).toEqual([])
    await manager.confirm('Sign phones out', 'Left on a train')
    await manager.page.getByText('Phones signed in').waitFor({ state: 'detached' })
    await phone.reload()
    await phone.getByRole('heading', { name: 'Your coupons on this phone' }).waitFor()
    await context.close()
  })
})
