import { uuidv7 } from 'uuidv7'
import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'
import { call } from '../../rigs/officeCalls.ts'
import { CAP_COUPON } from '../rig/capCoupon.ts'
import {
  approve,
  atCounter,
  buy,
  choose,
  findServer,
  isThere,
  loseServer,
  openAsManager,
  reason,
  serve,
} from '../rig/counter.ts'
import type { Journey } from '../rig/journey.ts'
import { cardOf } from '../rig/sample.ts'
import type { Shop } from '../rig/shop.ts'

/** The server is away, answers get lost, and what came of it is looked at. */
export const WITHOUT_SERVER: readonly Journey[] = [
  {
    name: 'offline-approval-settles',
    async walk(shop) {
      await loseServer(shop)
      await approve(shop, 'Daiki Yamamoto', 187)
      await isThere(shop, 'approved.stored')
      await shop.text(shop.t('approved.storedWords')).waitFor()
      await shop.till.status(new RegExp(`^${shop.t('status.waiting', { count: 1 })}`)).waitFor()
      return atCounter(shop)
    },
    after: findServer,
  },
  {
    name: 'cap-reached-offline',
    async walk(shop) {
      const { page, t, words, till } = shop
      await loseServer(shop)
      await page.keyboard.type('600000', { delay: 120 })
      await page.keyboard.press('+')
      await page
        .getByRole('list', { name: t('purchase.lines') })
        .getByText(words.money(600_000))
        .waitFor()
      await shop.reader.hold(CAP_COUPON.holder)
      await till.button(t('offers.approve', { amount: words.money(CAP_COUPON.amount) })).click()
      await isThere(shop, 'approved.stored')
      await till.nextCustomer()
      await buy(shop)
      await shop.reader.hold('Tsumugi Hayashi')
      await isThere(shop, 'offers.none')
      await shop.text(reason(shop, 'offline_limit_reached')).first().waitFor()
      return atCounter(shop)
    },
    after: findServer,
  },
  {
    name: 'lost-answer-same-redemption',
    async walk(shop) {
      let asked = 0
      shop.network.plan(({ method, path }) => {
        if (method !== 'POST' || path !== '/v1/redemptions') return { kind: 'pass' }
        asked += 1
        return asked === 1 ? { kind: 'loseAnswer' } : { kind: 'pass' }
      })
      await serve(shop, 'Chihiro Harada', 400)
      if (asked < 2) throw new Error('the counter did not ask again')
      await findServer(shop)
      await shop.till.nextCustomer()
      // Counted once: the birthday's one coupon is gone, the other one is as it was.
      await buy(shop)
      await shop.reader.hold('Chihiro Harada')
      await shop.till.button(shop.t('offers.approve', { amount: shop.words.money(137) })).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'manager-works-offline-on-purpose',
    async walk(shop) {
      const { page, t } = shop
      await openAsManager(shop, 'offline')
      const kind = t('offline.overrides.kinds.force_offline')
      await page
        .getByRole('listitem')
        .filter({ hasText: kind })
        .getByRole('button', { name: t('offline.overrides.begin') })
        .click()
      const dialog = shop.dialog(kind)
      await dialog.getByLabel(t('offline.overrides.reason'), { exact: true }).fill('Slow since noon')
      await dialog.getByRole('button', { name: t('offline.overrides.submit'), exact: true }).click()
      await shop.till.button(t('offline.overrides.end')).waitFor()
      await page.keyboard.press('Escape')
      await approve(shop, 'Kanon Nishimura', 150)
      await isThere(shop, 'approved.stored')
      const strip = page.getByRole('region', { name: t('offline.overrides.title') })
      await strip.getByText(/Slow since noon/).waitFor()
      return atCounter(shop)
    },
    async after(shop) {
      await shop.till.nextCustomer()
      await openAsManager(shop, 'offline')
      await shop.till.button(shop.t('offline.overrides.end')).click()
      await shop.till.button(shop.t('offline.overrides.end')).waitFor({ state: 'detached' })
    },
  },
  {
    name: 'conflict-accepted-at-the-desk',
    async walk(shop) {
      const { page, t } = shop
      await loseServer(shop)
      await takeElsewhere(shop, 'Haruto Sasaki')
      await approve(shop, 'Haruto Sasaki', 400)
      await isThere(shop, 'approved.stored')
      await shop.till.nextCustomer()
      await findServer(shop)
      await shop.text(new RegExp(t('notices.event_forced'))).waitFor()
      await openAsManager(shop, 'offline')
      await choose(shop, t('offline.conflicts.tab', { count: 1 }))
      await page.getByLabel(t('offline.conflicts.pin'), { exact: true }).fill('3456')
      await page.keyboard.press('Enter')
      await page
        .getByRole('list')
        .getByRole('button', { name: shop.words.title(BIRTHDAY) })
        .click()
      await shop.till.button(t('offline.resolve.accepted')).click()
      await page.getByLabel(t('offline.resolve.reason'), { exact: true }).fill('Seen by Rin')
      await shop.till.button(t('offline.resolve.submit', { what: t('offline.resolve.accepted') })).click()
      await page.getByText('Seen by Rin').waitFor()
      await page.getByText(t('offline.story.actions.accepted'), { exact: true }).waitFor()
      // How much the campaign has given is other journeys' doing too.
      return { page, hidden: [page.getByText(shop.words.pattern('offline.story.used'))] }
    },
  },
]

const BIRTHDAY = 'Birthday: ¥400 off, alone'

/** Another counter of the store takes the best coupons of the same customer, at the server. */
async function takeElsewhere({ office: { line } }: Shop, name: string): Promise<void> {
  const lunch = loadSampleChain().baskets.find(({ basketId }) => basketId === 'lunch')
  const [station] = line.stations
  if (!lunch || !station) throw new Error('the sample has no lunch or no station')
  const { currency, lines, total } = lunch.purchase
  await call(line.url, station.token, 'POST', '/v1/redemptions', {
    redemptionId: uuidv7(),
    medium: cardOf(name),
    objective: { currency, total, items: lines.map(({ label: _, ...item }) => item) },
    select: 'best',
    entry: 'scan',
  })
}
