import type { Journey } from '../rig/journey.ts'
import type { Shop } from '../rig/shop.ts'

async function atKiosk(shop: Shop, whose: string) {
  const { page, reader } = await shop.kiosk()
  await page.bringToFront()
  const name = new RegExp(`${shop.t('simulator.close')}`)
  await page.getByRole('heading', { name: shop.t('customer.welcome'), exact: true }).waitFor()
  const close = page.getByRole('button', { name })
  if (await close.isVisible()) await close.click()
  await reader.hold(whose)
  return page
}

const COUPON = 'Members: 10% off, up to ¥500'

/** Customers take coupons themselves. */
export const KIOSK: readonly Journey[] = [
  {
    name: 'kiosk-take-a-coupon',
    async walk(shop) {
      const { t, words } = shop
      const page = await atKiosk(shop, 'Riku Ogawa')
      const title = words.title(COUPON)
      await page.getByRole('button', { name: t('customer.takeNamed', { title }), exact: true }).click()
      await page.getByText(t('customer.takenNamed', { title }), { exact: true }).first().waitFor()
      return { page }
    },
    after: leave,
  },
  {
    name: 'kiosk-already-taken',
    async walk(shop) {
      const { t, words } = shop
      const title = words.title(COUPON)
      const page = await atKiosk(shop, 'Sara Mori')
      const take = page.getByRole('button', { name: t('customer.takeNamed', { title }), exact: true })
      await take.click()
      await page.getByText(t('customer.takenNamed', { title }), { exact: true }).first().waitFor()
      await page.getByRole('button', { name: t('customer.done'), exact: true }).click()
      await atKiosk(shop, 'Sara Mori')
      await page.getByRole('heading', { name: t('customer.youHave'), exact: true }).waitFor()
      await page
        .getByRole('region', { name: t('customer.youHave') })
        .getByText(title)
        .waitFor()
      if ((await take.count()) > 0) throw new Error('it can be taken a second time')
      return { page }
    },
    after: leave,
  },
  {
    name: 'kiosk-card-blocked',
    async walk(shop) {
      const page = await atKiosk(shop, 'Ren Kobayashi')
      await page.getByText(shop.t('customer.refused.medium_blocked')).first().waitFor()
      return { page }
    },
    async after(shop) {
      const { page } = await shop.kiosk()
      await page.getByRole('button', { name: shop.t('customer.ok'), exact: true }).click()
    },
  },
]

async function leave(shop: Shop): Promise<void> {
  const { page } = await shop.kiosk()
  await page.getByRole('button', { name: shop.t('customer.done'), exact: true }).click()
}
