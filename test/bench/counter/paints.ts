import type { Page } from 'playwright-core'

/** What is waited for on the screen: the amount given or a refusal, or the customer's coupons. */
export const SEEN = { outcome: '.outcome', coupons: '.visit--offers' } as const

/**
 * Puts a watch into the page: `painted()` waits for what was armed and gives the moment at which the browser had
 * painted it. A frame's callback runs before it is painted; a message that is sent there is heard after it.
 */
export async function watchPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as unknown as Watched
    watched.watch = (selector) => {
      watched.nextPaint = new Promise((resolve) => {
        const watcher = new MutationObserver(() => {
          if (document.querySelector(selector) === null) return
          watcher.disconnect()
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
            port2.postMessage(null)
          })
        })
        watcher.observe(document, { subtree: true, childList: true, attributes: true })
      })
    }
  })
}

interface Watched {
  nextPaint: Promise<number>
  watch: (selector: string) => void
}

/** Once the page waits for a card, the next of these is waited for. */
export async function arm(page: Page, seen: keyof typeof SEEN): Promise<void> {
  await page.locator('.visit--ready').waitFor()
  await page.evaluate((selector) => (window as unknown as Watched).watch(selector), SEEN[seen])
}

/** When it was painted, epoch milliseconds by the page's clock. */
export const painted = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as Watched).nextPaint)

/** How far the page's clock is ahead of this process's, milliseconds: the answer that took the least counts. */
export async function clockAhead(page: Page): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, ahead: 0 }
  for (let round = 0; round < 50; round++) {
    const asked = performance.timeOrigin + performance.now()
    const there = await page.evaluate(() => performance.timeOrigin + performance.now())
    const took = performance.timeOrigin + performance.now() - asked
    if (took < best.took) best = { took, ahead: there - asked - took / 2 }
  }
  return best.ahead
}
