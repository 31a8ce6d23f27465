import { LANGUAGE_NAMES } from '../../../renderer/words/languages.ts'
import type { OfficeScreen } from '../../e2e/office/officeScreen.ts'
import { choose, isThere, openAsManager } from '../rig/counter.ts'
import type { Journey } from '../rig/journey.ts'
import type { Shop } from '../rig/shop.ts'
import { sell } from './register.ts'

const SALE = 'S-9000'
const SOUP = 'Soup of the day: ¥60 off'

async function draftAndSubmit({ t }: Shop, planner: OfficeScreen, title: string, amount: string): Promise<void> {
  await planner.goTo(t('office.nav.campaigns'))
  await planner.page.getByRole('link', { name: t('office.campaigns.new') }).click()
  await planner.page
    .getByRole('textbox', { name: t('office.fields.title'), exact: true })
    .first()
    .fill(title)
  await planner.page.getByLabel(t('office.fields.amount'), { exact: true }).fill(amount)
  await planner.field(t('office.fields.validFrom')).fill('2026-01-01T00:00')
  await planner.field(t('office.fields.validUntil')).fill('2098-01-01T00:00')
  await planner.button(t('office.editor.save')).click()
  await planner.heading(title).waitFor()
  await submit(planner, t)
}

async function submit(planner: OfficeScreen, t: Shop['t']): Promise<void> {
  await planner.button(t('office.act.submit')).click()
  await planner.confirm(t('office.act.submit'))
  await planner.page.getByText(t('office.states.submitted')).first().waitFor()
}

async function judge({ t }: Shop, approver: OfficeScreen, title: string): Promise<void> {
  await approver.goTo(t('office.nav.inbox'))
  await approver.page.getByRole('link', { name: title }).click()
  await approver.button(t('office.act.approve')).waitFor()
}

/** Head office and the manager. */
export const HEAD_OFFICE: readonly Journey[] = [
  {
    name: 'office-draft-submit-approve',
    async walk(shop) {
      const { t } = shop
      const [planner, approver] = [await shop.atOffice('planner'), await shop.atOffice('approver')]
      await draftAndSubmit(shop, planner, SOUP, '60')
      if ((await planner.button(t('office.act.approve')).count()) > 0) throw new Error('a planner may approve')
      await judge(shop, approver, SOUP)
      await approver.button(t('office.act.approve')).click()
      await approver.confirm(t('office.act.approve'), 'Fits the season')
      await approver.heading(SOUP).waitFor()
      await approver.page.getByText(t('office.states.active'), { exact: true }).first().waitFor()
      await approver.settled()
      return { page: approver.page }
    },
  },
  {
    name: 'office-changes-requested-with-difference',
    async walk(shop) {
      const { t } = shop
      const title = 'Bread of the day: ¥40 off'
      const [planner, approver] = [await shop.atOffice('planner'), await shop.atOffice('approver')]
      await draftAndSubmit(shop, planner, title, '40')
      await judge(shop, approver, title)
      await approver.button(t('office.act.approve')).click()
      await approver.confirm(t('office.act.approve'))
      await planner.page.reload()
      await planner.page.getByRole('link', { name: t('office.campaigns.change') }).click()
      await planner.page.getByLabel(t('office.fields.amount'), { exact: true }).fill('400')
      await planner.button(t('office.editor.save')).click()
      await submit(planner, t)
      await judge(shop, approver, title)
      await approver.page.getByText(shop.words.money(400), { exact: true }).first().waitFor()
      await approver.button(t('office.act.request-changes')).click()
      await approver.confirm(t('office.act.request-changes'), 'The whole bread for nothing?')
      await planner.page.reload()
      await planner.page.getByText('The whole bread for nothing?').waitFor()
      await planner.settled()
      return { page: planner.page }
    },
  },
  {
    name: 'station-enrolled',
    async walk(shop) {
      const { t } = shop
      const admin = await shop.atOffice('admin')
      await admin.goTo(t('office.nav.stations'))
      await admin.button(t('office.stations.announce')).click()
      await admin.field(t('office.stations.name')).fill('Lane 3')
      await admin.button(t('office.stations.makeCode')).click()
      await admin.page.getByRole('img', { name: t('office.stations.qr') }).waitFor()
      const code = await admin.page.getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/).textContent()
      await admin.button(t('office.done')).click()
      const machine = await shop.newMachine()
      const press = (name: string) => machine.getByRole('button', { name, exact: true }).click()
      await press(LANGUAGE_NAMES[shop.words.language])
      await machine.getByLabel(t('firstRun.code.label'), { exact: true }).fill(code ?? '')
      await press(t('firstRun.code.submit'))
      await machine.getByRole('definition').filter({ hasText: 'Lane 3' }).waitFor()
      await press(t('firstRun.confirm.yes'))
      await press(t('firstRun.readers.without'))
      await press(t('firstRun.test.skip'))
      await machine.getByRole('button', { name: 'Rin Takeda' }).waitFor()
      return { page: machine }
    },
  },
  {
    name: 'journal-search',
    async walk(shop) {
      const { page, t } = shop
      await sell(shop, SALE, 'Tatsuki Murakami')
      await openAsManager(shop, 'day')
      await choose(shop, t('day.tabs.journal'))
      await page.getByRole('combobox', { name: t('day.journal.type') }).selectOption('redemption')
      await page.getByLabel(t('day.journal.text'), { exact: true }).fill('nobody of this name')
      await shop.till.button(t('day.journal.find')).click()
      await shop.text(t('day.journal.none')).waitFor()
      await page.getByLabel(t('day.journal.text'), { exact: true }).fill(SALE)
      const row = page.getByRole('row', { name: new RegExp(t('day.books.sale', { saleId: SALE })) }).first()
      // Until the server has confirmed it.
      const confirmed = row.getByText(t('day.journal.fates.confirmed'))
      for (let look = 0; look < 60 && !(await confirmed.isVisible()); look += 1) {
        await shop.till.button(t('day.journal.find')).click()
        await page.waitForTimeout(500)
      }
      await confirmed.waitFor()
      return { page }
    },
    async after(shop) {
      await shop.page.keyboard.press('Escape')
      await isThere(shop, 'idle.title')
    },
  },
]
