import type { Fault } from '../rig/cards.ts'
import { atCounter, buy, reason } from '../rig/counter.ts'
import type { Journey } from '../rig/journey.ts'

const FESTIVAL = 'Summer festival 2026: ¥100 off'

/** One card, one named outcome that says what to do. */
const ends = (name: string, whose: string, code: string, fault?: Fault): Journey => ({
  name,
  async walk(shop) {
    await buy(shop)
    await shop.reader.hold(whose, fault)
    await shop.till.heading(reason(shop, code)).waitFor()
    await shop.text(shop.t(`reasons.codes.${code}.todo`)).waitFor()
    return atCounter(shop)
  },
})

/** A card is held to the reader and nothing can be given for it. */
export const CARDS_THAT_GIVE_NOTHING: readonly Journey[] = [
  ends('card-blocked', 'Ren Kobayashi', 'medium_blocked'),
  ends('card-unknown', 'unknown-felica', 'medium_unknown'),
  ends('card-unreadable', 'Honoka Maeda', 'medium_unreadable', 'unreadable'),
  ends('card-that-changes-its-number', 'phone-random-uid', 'medium_unstable'),
  ends('card-not-unique', 'old-card-4-byte', 'medium_not_unique'),
  {
    name: 'lost-card-found-by-another',
    async walk(shop) {
      await buy(shop)
      await shop.reader.hold('Ren Kobayashi')
      await shop.till.heading(reason(shop, 'medium_blocked')).waitFor()
      await shop.reader.hold('Ren Kobayashi', undefined, 1)
      await shop.till.button(shop.t('offers.approve', { amount: shop.words.money(387) })).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'expired-or-not-for-this-purchase',
    async walk(shop) {
      await buy(shop)
      await shop.reader.hold('Kenta Suzuki')
      await shop.till.heading(shop.t('offers.none')).waitFor()
      const coupons = shop.page.getByRole('region', { name: shop.t('offers.region') })
      await coupons.getByText(reason(shop, 'wrong_store')).waitFor()
      const expired = coupons.getByRole('listitem').filter({ hasText: shop.words.title(FESTIVAL) })
      await expired.getByText(shop.words.pattern('reasons.codes.expired.details.0')).waitFor()
      // A day is shown with its year once it is far.
      return { page: shop.page, hidden: [expired] }
    },
  },
  {
    name: 'typed-number-of-nobody',
    async walk(shop) {
      await buy(shop)
      await shop.page.keyboard.press('F4')
      const dialog = shop.dialog(shop.t('keyed.title'))
      await dialog.getByRole('textbox', { name: shop.t('keyed.label') }).fill('2900000000018')
      await dialog.getByRole('button', { name: shop.t('keyed.submit') }).click()
      await shop.till.heading(reason(shop, 'medium_unknown')).waitFor()
      return atCounter(shop)
    },
  },
]
