import { acquire } from '../../rigs/officeCalls.ts'
import { newBarcode, scan } from '../rig/cards.ts'
import { atCounter, buy, isThere, reason, seesCoupon, serve } from '../rig/counter.ts'
import type { Journey } from '../rig/journey.ts'
import { campaignOf } from '../rig/sample.ts'

const WELCOME = 'Welcome: ¥200 off ¥1,000 or more'
const COFFEE = 'Drip coffee for ¥100'

/** A customer with coupons is served. */
export const SERVING: readonly Journey[] = [
  {
    name: 'tap-and-approve',
    async walk(shop) {
      await serve(shop, 'Mao Okamoto', 50)
      await shop.text(shop.t('approved.confirmedWords')).waitFor()
      await seesCoupon(shop, COFFEE)
      return atCounter(shop)
    },
  },
  {
    name: 'one-tap',
    async walk(shop) {
      await shop.page.getByRole('switch', { name: shop.t('menu.oneTap') }).click()
      await shop.text(shop.t('idle.oneTapWords')).waitFor()
      await buy(shop)
      await shop.reader.hold('Minato Kimura')
      await isThere(shop, 'approved.confirmed')
      await shop.text(shop.t('cashier.approved.byTap')).waitFor()
      await seesCoupon(shop, WELCOME)
      return atCounter(shop)
    },
  },
  {
    name: 'barcode-card',
    async walk(shop) {
      await serve(shop, 'Ryo Miura', 50)
      return atCounter(shop)
    },
  },
  {
    name: 'scanner-that-types',
    async walk(shop) {
      const card = newBarcode()
      await acquire(shop.office.line, campaignOf(WELCOME), card)
      await buy(shop)
      await scan(shop.page, card.identifier)
      await shop.till.button(shop.t('offers.approve', { amount: shop.words.money(200) })).waitFor()
      await shop.text(shop.t('cashier.offers.onlyOne')).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'best-combination',
    async walk(shop) {
      await buy(shop)
      await shop.reader.hold('Yui Takahashi')
      await shop.text(shop.words.pattern('cashier.offers.saves')).waitFor()
      await shop.till.button(shop.t('offers.approve', { amount: shop.words.money(423) })).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'refused-stack-and-best-remaining',
    async walk(shop) {
      const { till, t, words } = shop
      await buy(shop)
      await shop.reader.hold('Hina Kato')
      await till.button(t('offers.approve', { amount: words.money(200) })).waitFor()
      await shop.page.getByRole('checkbox', { name: new RegExp(words.title('Members: 10% off, up to ¥500')) }).click()
      await till.heading(reason(shop, 'not_combinable')).waitFor()
      await till.button(t('refused.remaining', { amount: words.money(200) })).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'undo',
    async walk(shop) {
      await serve(shop, 'Shota Ota', 121)
      await shop.page.keyboard.press('F8')
      await shop.till.button(shop.t('undo.reasons.wrong_coupon')).click()
      await isThere(shop, 'undone.confirmed')
      return atCounter(shop)
    },
  },
  {
    name: 'annul-with-a-reason',
    async walk(shop) {
      await serve(shop, 'Itsuki Saito')
      await shop.till.nextCustomer()
      await shop.page.keyboard.press('F6')
      const past = shop.dialog(shop.t('cashier.recent.title'))
      await past
        .getByRole('button', { name: shop.t('cashier.recent.annul'), exact: true })
        .first()
        .click()
      const why = shop.dialog(shop.words.pattern('cashier.recent.why'))
      await why.getByRole('button', { name: shop.t('undo.reasons.customer_changed_mind') }).waitFor()
      await why.getByRole('button', { name: shop.t('undo.reasons.wrong_purchase') }).click()
      await past.getByText(shop.t('cashier.recent.undone'), { exact: true }).first().waitFor()
      await shop.page.keyboard.press('Escape')
      await past.waitFor({ state: 'detached' })
      // The customer's coupons are whole again.
      await buy(shop)
      await shop.reader.hold('Itsuki Saito')
      await seesCoupon(shop, WELCOME)
      await shop.till.button(shop.words.pattern('offers.approve')).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'second-card-takes-over',
    async walk(shop) {
      const { till, t, words } = shop
      await buy(shop)
      await shop.reader.hold('Sakura Nakamura')
      await till.button(words.pattern('offers.approve')).waitFor()
      await seesCoupon(shop, WELCOME)
      await shop.reader.hold('Yamato Hashimoto')
      await shop.text(t('cashier.offers.other.words')).first().waitFor()
      await seesCoupon(shop, WELCOME)
      await till.button(t('cashier.offers.other.serve')).click()
      await shop.text(words.title(WELCOME)).first().waitFor({ state: 'detached' })
      await till.button(t('offers.approve', { amount: words.money(187) })).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'slip',
    async walk(shop) {
      await serve(shop, 'Asahi Goto')
      await shop.page.keyboard.press('F7')
      const slip = shop.dialog(shop.t('slip.title'))
      await slip.getByText(shop.words.title(WELCOME)).waitFor()
      await slip.getByText(/[0-9a-f]{8}-[0-9a-f]{4}-7/).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'customer-display-follows',
    async walk(shop) {
      const display = await shop.openWindow('/display.html')
      await display.getByRole('heading', { name: shop.t('display.welcome') }).waitFor()
      await shop.page.bringToFront()
      await buy(shop)
      await shop.reader.hold('Ichika Ishikawa')
      await display.getByRole('heading', { name: shop.t('display.offers'), exact: true }).waitFor()
      await shop.till.button(shop.words.pattern('offers.approve')).click()
      await isThere(shop, 'approved.confirmed')
      await display.bringToFront()
      await display.getByRole('heading', { name: shop.t('display.approved') }).waitFor()
      return { page: display }
    },
  },
]
