import { basketOf, Pos } from '../../server/posRig.ts'
import { atCounter, isThere, openAsManager } from '../rig/counter.ts'
import type { Journey } from '../rig/journey.ts'
import type { Shop } from '../rig/shop.ts'

/** One POS a shop; its token is made once, by the manager at the counter. */
const letIn = new WeakMap<Shop, Promise<Pos>>()

async function posOf(shop: Shop): Promise<Pos> {
  const known = letIn.get(shop)
  if (known) return known
  const pos = letPosIn(shop)
  letIn.set(shop, pos)
  return pos
}

async function letPosIn(shop: Shop): Promise<Pos> {
  const { page, t } = shop
  await openAsManager(shop, 'day')
  await page.getByRole('radio', { name: t('day.tabs.pos'), exact: true }).check({ force: true })
  await page.getByLabel(t('day.pos.name'), { exact: true }).fill('Till 1')
  await shop.till.button(t('day.pos.make')).click()
  const token = (await page.getByTestId('pos-token').textContent()) ?? ''
  await shop.till.button(t('day.pos.copied')).click()
  await page.keyboard.press('Escape')
  await isThere(shop, 'idle.title')
  return new Pos(shop.posPort, token)
}

async function accepted(answer: ReturnType<Pos['void']>): Promise<void> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`the bridge answered ${status}: ${JSON.stringify(body)}`)
}

/** A sale from the POS's basket to its end: a card, an approval, paid. */
export async function sell(shop: Shop, saleId: string, whose: string): Promise<void> {
  const pos = await posOf(shop)
  await bring(shop, pos, saleId, whose)
  const { discount } = await pos.sale(saleId)
  if (!discount) throw new Error('the POS was not told of the discount')
  await accepted(pos.complete(saleId, { total: 800 - discount.total, discount: discount.total }))
  await isThere(shop, 'idle.title')
}

/** To the approval: two breads in the POS, and a card. */
async function bring(shop: Shop, pos: Pos, saleId: string, whose: string): Promise<void> {
  await accepted(pos.put(saleId, 1, basketOf(500, 300)))
  await fromPos(shop).waitFor()
  await shop.reader.hold(whose)
  await shop.till.button(shop.words.pattern('offers.approve')).click()
  await isThere(shop, 'approved.confirmed')
}

const fromPos = (shop: Shop) => shop.text(shop.t('day.onScreen.from', { name: 'Till 1' }))

/** The store's own POS sends what is bought. */
export const REGISTER: readonly Journey[] = [
  {
    name: 'pos-basket-approved-and-completed',
    async walk(shop) {
      await sell(shop, 'S-1', 'Misaki Endo')
      await fromPos(shop).waitFor({ state: 'detached' })
      return atCounter(shop)
    },
  },
  {
    name: 'pos-basket-on-the-screen',
    async walk(shop) {
      const pos = await posOf(shop)
      await accepted(pos.put('S-2', 1, basketOf(500, 300)))
      await fromPos(shop).waitFor()
      await shop.reader.hold('Sakura Nakamura')
      await shop.till.button(shop.words.pattern('offers.approve')).waitFor()
      return atCounter(shop)
    },
    async after(shop) {
      await accepted((await posOf(shop)).void('S-2'))
      await fromPos(shop).waitFor({ state: 'detached' })
    },
  },
  {
    name: 'pos-voids-the-sale',
    async walk(shop) {
      const pos = await posOf(shop)
      await bring(shop, pos, 'S-3', 'Honoka Maeda')
      await accepted(pos.void('S-3'))
      await fromPos(shop).waitFor({ state: 'detached' })
      await shop.page.keyboard.press('F6')
      const past = shop.dialog(shop.t('cashier.recent.title'))
      await past.getByRole('listitem').first().getByText(shop.t('cashier.recent.undone'), { exact: true }).waitFor()
      await shop.page.keyboard.press('Escape')
      await past.waitFor({ state: 'detached' })
      return atCounter(shop)
    },
  },
]
