import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any screen has: whoever passes them goes in circles. */
const MOST_STOPS = 150

const ROUNDS = 3

/**
 * Somebody who cannot point: the focus goes from stop to stop by Tab, and is looked at on each, because it must be in sight
 * wherever it rests. What was wrong is in `findings`.
 */
export class Hands {
  readonly page: Page
  readonly findings: string[] = []

  constructor(page: Page) {
    this.page = page
  }

  /** Tab until `wanted` has the focus. */
  async reach(wanted: Locator): Promise<void> {
    await wanted.waitFor()
    const passed = new Set<string>()
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      const { name, isThere } = await this.#look(wanted)
      if (isThere) return
      passed.add(name)
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`Tab never comes to ${wanted}; it passes ${[...passed].join(' | ')}`)
  }

  /** Tab to `wanted`, and Enter. */
  async press(wanted: Locator): Promise<void> {
    await this.reach(wanted)
    await this.page.keyboard.press('Enter')
  }

  /**
   * Once around by Tab: every control that can be used is a stop, one after the other as they stand, and none keeps the focus.
   * Once more where the screen was still taking in what it had asked for.
   */
  async goRound(): Promise<void> {
    let round = await this.#roundOnce()
    for (let again = 1; again < ROUNDS && round.seen.join() !== round.stops.join(); again++)
      round = await this.#roundOnce()
    expect(round.seen, 'the stops, in their order').toEqual(round.stops)
  }

  async #roundOnce(): Promise<{ readonly stops: readonly number[]; readonly seen: readonly number[] }> {
    const controls = await this.page.evaluate(() => {
      for (const one of document.querySelectorAll('[data-stop]')) one.removeAttribute('data-stop')
      const scope = document.querySelector('dialog[open]') ?? document.body
      const candidates = scope.querySelectorAll<HTMLElement>(
        'button, a[href], input, select, textarea, summary, [tabindex="0"]',
      )
      const stops = [...candidates].filter((one) => {
        const isOtherRadio = one instanceof HTMLInputElement && one.type === 'radio' && !one.checked
        return one.tabIndex >= 0 && one.checkVisibility() && !isOtherRadio && !one.matches(':disabled')
      })
      stops.forEach((one, index) => {
        one.dataset.stop = String(index)
      })
      return stops.length
    })
    const seen: number[] = []
    // A stop outside of the page, where a browser has its own controls, is not ours.
    for (let press = 0; press < controls + 2; press++) {
      await this.page.keyboard.press('Tab')
      await this.#look(this.page.locator('body'))
      const at = await this.page.evaluate(() =>
        Number((document.activeElement as HTMLElement | null)?.dataset.stop ?? -1),
      )
      if (at >= 0 && !seen.includes(at)) seen.push(at)
    }
    const first = seen.indexOf(Math.min(...seen))
    return {
      stops: Array.from({ length: controls }, (_, index) => index),
      seen: [...seen.slice(first), ...seen.slice(0, first)],
    }
  }

  /** What has the focus, by its name, and whether that is `wanted`; when nobody could see that it has, that is a finding. */
  async #look(wanted: Locator): Promise<{ name: string; isThere: boolean }> {
    const { name, wrong, isThere } = await wanted.evaluate((element) => {
      const focused = document.activeElement
      if (!(focused instanceof HTMLElement) || focused === document.body) {
        return { name: 'the page', wrong: '', isThere: false }
      }
      const name = `${focused.getAttribute('aria-label') ?? focused.textContent}`.trim().slice(0, 40)
      // A field that is drawn by its label has its ring there.
      const drawn = [focused, focused.nextElementSibling, focused.closest('label')].filter((one) => one !== null)
      const hasRing = drawn.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      })
      const inSight = drawn.some((one) => {
        const { left, top, right, bottom, width, height } = one.getBoundingClientRect()
        if (width < 8 || height < 8) return false
        const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
        return above !== null && drawn.some((part) => part.contains(above) || above.contains(part))
      })
      const isResting = focused.hasAttribute('data-resting-focus')
      const wrong = isResting ? '' : !hasRing ? 'no ring' : inSight ? '' : 'out of sight'
      return { name, wrong, isThere: focused === element }
    })
    if (wrong !== '') this.findings.push(`${name}: ${wrong}`)
    return { name, isThere }
  }
}
