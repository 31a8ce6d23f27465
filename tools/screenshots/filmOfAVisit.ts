import type { Browser } from 'playwright-core'
import { childrenOf, type Running } from '../../test/e2e/product.ts'
import { Till } from '../../test/e2e/till.ts'
import { type Album, photograph } from './album.ts'
import { present } from './counterPictures.ts'
import { openPage } from './page.ts'

/** A cashier's first minute: a tap, the best of it, approved; the server gone, approved all the same, and looking so. */
export async function film(
  browser: Browser,
  product: Running<{ url: string; pid: number }>,
  album: Album,
  scheme: 'light' | 'dark',
): Promise<void> {
  const page = await openPage(browser, product.line.url, { width: 1024, height: 640, sharpness: 1 })
  await page.emulateMedia({ colorScheme: scheme })
  const till = new Till(page)
  const shots: { png: Buffer; milliseconds: number }[] = []
  const shoot = async (milliseconds: number) => void shots.push({ png: await photograph(page), milliseconds })

  await till.signIn()
  await till.chooseBasket(/^Lunch/)
  await shoot(1_600)
  await present(till, 'Haruka Sato')
  const approve = till.button(/^Approve ¥/)
  await approve.waitFor()
  await shoot(2_200)
  const coupon = page.getByRole('checkbox', { name: /Drip coffee/ })
  await coupon.click()
  await till.button(/^Best: ¥/).waitFor()
  await shoot(1_300)
  await till.button(/^Best: ¥/).click()
  await approve.waitFor()
  await shoot(900)
  await approve.click()
  await till.heading('Approved').waitFor()
  await shoot(1_800)
  await till.nextCustomer()

  const [server] = childrenOf(product.line.pid, 'server/main.ts')
  if (server === undefined) throw new Error('the counter runs no server of its own')
  process.kill(server, 'SIGSTOP')
  try {
    await till.chooseBasket(/^Lunch/)
    await present(till, 'Yuto Yoshida')
    await approve.waitFor()
    await shoot(1_500)
    await approve.click()
    await till.heading('Approved — not yet confirmed').waitFor()
    await till.status(/^Offline/).waitFor()
    await shoot(2_400)
  } finally {
    process.kill(server, 'SIGCONT')
  }
  await album.animate(`visit-${scheme}`, shots)
  await page.context().close()
}
