import { CASHIER, type Till } from '../../e2e/till.ts'
import type { Look } from './journey.ts'
import type { Shop } from './shop.ts'

/** Small steps that many journeys at the counter are made of. */
export const atCounter = ({ page }: Shop): Look => ({ page })

export const isThere = (shop: Shop, key: string) => shop.till.heading(shop.t(key)).waitFor()

export async function buy(shop: Shop, basketId = 'lunch'): Promise<void> {
  await shop.till.chooseBasket(new RegExp(`^${shop.words.basket(basketId)}`))
}

/** The main job: a purchase, a card, the big button. `amount`: where it matters how much the button says. */
export async function approve(shop: Shop, whose: string, amount?: number): Promise<void> {
  const { t, words } = shop
  await buy(shop)
  await shop.reader.hold(whose)
  const face =
    amount === undefined ? words.pattern('offers.approve') : t('offers.approve', { amount: words.money(amount) })
  await shop.till.button(face).click()
}

/** The same, to the green that says the server has it. */
export async function serve(shop: Shop, whose: string, amount?: number): Promise<void> {
  await approve(shop, whose, amount)
  await isThere(shop, 'approved.confirmed')
}

/** A coupon of the office's is on the screen, by its title in the cashier's language. */
export const seesCoupon = (shop: Shop, title: string): Promise<void> =>
  shop.text(shop.words.title(title)).first().waitFor()

export const reason = ({ t }: Shop, code: string): string => t(`reasons.codes.${code}.text`)

/** Opens something from the cashier's menu. */
export async function openFromMenu(shop: Shop, key: string): Promise<void> {
  await shop.till.button(shop.t('menu.open', { name: CASHIER.name })).click()
  await shop
    .dialog(CASHIER.name)
    .getByRole('button', { name: shop.t(key), exact: true })
    .click()
}

export async function signOut(shop: Shop): Promise<void> {
  await openFromMenu(shop, 'menu.signOut')
  await isThere(shop, 'signIn.title')
}

/** A manager's screen, through the door that asks for their PIN. */
export async function openAsManager(shop: Shop, screen: 'offline' | 'day' | 'readerSetup'): Promise<void> {
  await openFromMenu(shop, `${screen}.open`)
  await shop.page.getByLabel(shop.t('readerSetup.door.pin'), { exact: true }).fill('3456')
  await shop.till.button(shop.t('readerSetup.door.submit')).click()
  await shop.till.button(shop.t('readerSetup.back')).waitFor()
}

/** A row of tabs or a set of radio buttons that look like one control. */
export async function choose(shop: Shop, name: string): Promise<void> {
  await shop.page.getByRole('radio', { name, exact: true }).check({ force: true })
}

/** The cable is pulled: nothing reaches the server. */
export async function loseServer(shop: Shop): Promise<void> {
  shop.network.plan(() => ({ kind: 'dropRequest' }))
  await shop.till.status(new RegExp(`^${shop.t('status.offline')}`)).waitFor()
}

/** It is back, and everything that waited has been taken. */
export async function findServer(shop: Shop): Promise<void> {
  shop.network.plan(() => ({ kind: 'pass' }))
  // A machine with other things to do may take the server for slow, and asks it again after a while. What is on the screen
  // may still be the copy's own answer.
  const back = new RegExp(`^(?:${shop.t('status.online')}|${shop.t('status.silent')})`)
  await shop.till.status(back).waitFor({ timeout: 60_000 })
  await shop.till.status(new RegExp(`^${shop.t('status.waitingNone')}`)).waitFor({ timeout: 60_000 })
}

const isVisible = (locator: ReturnType<Till['button']>): Promise<boolean> => locator.first().isVisible()

/** However the journey before has ended: signed in, nobody's card there, online, nothing waiting. */
export async function startAnew(shop: Shop): Promise<void> {
  const { t, till, page } = shop
  shop.network.plan(() => ({ kind: 'pass' }))
  await page.bringToFront()
  const ways = [
    [till.button(t('cashier.training.end')), (way: ReturnType<Till['button']>) => way.first().click()],
    [till.button(t('cashier.shift.read')), (way: ReturnType<Till['button']>) => way.click()],
    [till.heading(t('signIn.title')), () => till.signIn()],
    [page.getByRole('dialog'), () => page.keyboard.press('Escape')],
    [till.button(t('readerSetup.back')), () => page.keyboard.press('Escape')],
    [till.button(t('dismiss')), (way: ReturnType<Till['button']>) => way.first().click()],
  ] as const
  for (let step = 0; step < 20; step += 1) {
    let moved = false
    for (const [sign, way] of ways) {
      if (!(await isVisible(sign))) continue
      await way(sign)
      await page.waitForTimeout(50)
      moved = true
      break
    }
    if (!moved && (await isVisible(till.heading(t('idle.title'))))) break
    if (moved) continue
    await page.keyboard.press('Escape')
    await till
      .heading(t('idle.title'))
      .waitFor({ timeout: 1_000 })
      .catch(() => undefined)
  }
  await isThere(shop, 'idle.title')
  const oneTap = (checked: boolean) => page.getByRole('switch', { name: t('menu.oneTap'), checked })
  if (await isVisible(oneTap(true))) {
    await oneTap(true).click()
    await oneTap(false).waitFor()
  }
  const simulator = till.button(t('simulator.close'))
  if (await isVisible(simulator)) await simulator.click()
  await findServer(shop)
}
