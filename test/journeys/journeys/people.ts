import { CASHIER } from '../../e2e/till.ts'
import { atCounter, buy, isThere, openFromMenu, serve, signOut } from '../rig/counter.ts'
import type { Journey } from '../rig/journey.ts'
import type { Shop } from '../rig/shop.ts'

const pinField = (shop: Shop) => shop.page.getByLabel(shop.t('signIn.pinFor'), { exact: true })

async function tryPin(shop: Shop, name: string, pin: string): Promise<void> {
  await shop.till.button(name).click()
  await pinField(shop).fill(pin)
  await shop.till.button(shop.t('signIn.submit')).click()
}

/** Who stands at the counter, and for how long. */
export const PEOPLE: readonly Journey[] = [
  {
    name: 'wrong-pin',
    async walk(shop) {
      await signOut(shop)
      await tryPin(shop, CASHIER.name, '0000')
      await shop.text(shop.t('signIn.wrong')).waitFor()
      return atCounter(shop)
    },
    async after(shop) {
      await pinField(shop).fill(CASHIER.pin)
      await shop.till.button(shop.t('signIn.submit')).click()
      await isThere(shop, 'idle.title')
    },
  },
  {
    name: 'throttled-after-wrong-pins',
    async walk(shop) {
      await signOut(shop)
      await tryPin(shop, 'Sota Aoki', '0000')
      const submit = shop.till.button(shop.t('signIn.submit'))
      const throttled = shop.text(shop.words.pattern('signIn.throttled'))
      for (let tries = 1; tries < 10; tries += 1) {
        // Until it has been answered.
        await shop.page.locator('[aria-busy]').waitFor({ state: 'detached' })
        if (await throttled.isVisible()) break
        await pinField(shop).fill('0000')
        await submit.click()
      }
      await throttled.waitFor()
      return atCounter(shop)
    },
    async after(shop) {
      await shop.till.button(shop.t('cancel')).click()
    },
  },
  {
    name: 'staff-card-sign-in',
    async walk(shop) {
      await openFromMenu(shop, 'cashier.staffCard.open')
      const dialog = shop.dialog(shop.t('cashier.staffCard.title'))
      await dialog.getByRole('button', { name: shop.t('cashier.staffCard.link') }).click()
      await dialog.getByText(shop.t('cashier.staffCard.waiting')).waitFor()
      await shop.reader.hold('unknown-felica')
      await dialog.getByText(shop.t('cashier.staffCard.linked')).waitFor()
      await shop.page.keyboard.press('Escape')
      await signOut(shop)
      await shop.text(shop.t('cashier.staffCard.signIn')).waitFor()
      await shop.reader.hold('unknown-felica')
      await isThere(shop, 'idle.title')
      return atCounter(shop)
    },
    async after(shop) {
      await openFromMenu(shop, 'cashier.staffCard.open')
      await shop.till.button(shop.t('cashier.staffCard.forget')).click()
      await shop.page.keyboard.press('Escape')
    },
  },
  {
    name: 'shift-ends-with-its-totals',
    async walk(shop) {
      await openFromMenu(shop, 'cashier.shift.open')
      await endShift(shop)
      await shop.till.button(shop.t('cashier.shift.read')).click()
      await shop.till.signIn()
      await serve(shop, 'Nanami Okada', 187)
      await shop.till.nextCustomer()
      await openFromMenu(shop, 'cashier.shift.open')
      await endShift(shop)
      await shop.page
        .getByRole('row', { name: shop.t('cashier.shift.stands') })
        .getByText(shop.words.money(187))
        .waitFor()
      await shop.text(shop.t('cashier.shift.endedBy', { name: CASHIER.name })).waitFor()
      return atCounter(shop)
    },
  },
  {
    name: 'training',
    async walk(shop) {
      await openFromMenu(shop, 'cashier.training.open')
      await shop.page.getByRole('region', { name: shop.t('cashier.training.open') }).waitFor()
      await buy(shop)
      await shop.reader.hold('Kazuki Nakajima')
      await shop.till.button(shop.words.pattern('offers.approve')).click()
      await isThere(shop, 'approved.confirmed')
      return atCounter(shop)
    },
  },
]

async function endShift(shop: Shop): Promise<void> {
  await shop.till.button(shop.t('cashier.shift.end')).click()
  await isThere(shop, 'cashier.shift.ended')
}
