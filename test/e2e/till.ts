import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { literally, type Spoken, spoken } from './spoken.ts'

export const CASHIER = { name: 'Rin Takeda', pin: '1234' }

/** How a sample card is held, by its words in English, and what the simulator calls that. */
const FAULTS = { Cleanly: 'none', Slowly: 'slow', Badly: 'unreadable', 'Random UID': 'unstable' } as const

/** The reception screen as a cashier works it: everything by role and label, in English unless told otherwise. */
export class Till {
  readonly page: Page
  readonly #words: Spoken

  constructor(page: Page, words: Spoken = spoken('en')) {
    this.page = page
    this.#words = words
  }

  readonly heading = (name: string | RegExp): Locator =>
    this.page.getByRole('heading', { name, exact: typeof name === 'string' })
  readonly button = (name: string | RegExp): Locator =>
    this.page.getByRole('button', { name, exact: typeof name === 'string' })

  async signIn(cashier = CASHIER): Promise<void> {
    await this.button(cashier.name).click()
    await this.page.getByLabel(this.#words.t('signIn.pinFor'), { exact: true }).fill(cashier.pin)
    await this.button(this.#words.t('signIn.submit')).click()
    await this.page.getByRole('main').waitFor()
    // After a restart the last approval is shown again, so that it can still be undone.
    await this.startAfresh()
  }

  async chooseBasket(name: string | RegExp): Promise<void> {
    await this.button(this.#words.t('purchase.samples')).click()
    await this.page.getByRole('dialog').getByRole('button', { name }).click()
    await this.page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  async openSimulator(): Promise<void> {
    const name = this.#words.t('simulator.title')
    const toggle = this.page.getByRole('button', { name, exact: true })
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click()
    await this.heading(name).waitFor()
  }

  /** Presents the sample medium whose label begins with `who`, cleanly or badly. */
  async tap(who: string, how: keyof typeof FAULTS = 'Cleanly'): Promise<void> {
    const { t } = this.#words
    await this.openSimulator()
    await this.page.getByRole('radio', { name: t(`simulator.faults.${FAULTS[how]}`) }).check({ force: true })
    await this.button(new RegExp(`^${literally(t('simulator.present'))}\\s*${literally(who)}`))
      .first()
      .click()
  }

  /** Back to waiting for a card, from wherever an earlier step has stopped. */
  async startAfresh(): Promise<void> {
    const idle = this.heading(this.#words.t('idle.title'))
    for (let press = 0; press < 5; press += 1) {
      const dialog = await this.page.getByRole('dialog').isVisible()
      if (!dialog && (await idle.isVisible())) return
      await this.page.keyboard.press('Escape')
      // The outcome's button settles for a moment, against a second press meant for the one before it.
      if (!dialog) await idle.waitFor({ timeout: 1_000 }).catch(() => undefined)
    }
    await idle.waitFor()
  }

  /** What a person would read now; for the report of a failure. */
  screen(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: laid out as a person reads it
    return this.page.locator('body').innerText()
  }

  async nextCustomer(): Promise<void> {
    await this.button(this.#words.t('approved.next')).click()
    await this.heading(this.#words.t('idle.title')).waitFor()
  }

  /** A part of the line at the top: online or offline, the readers, what waits. */
  status(name: string | RegExp): Locator {
    return this.page.getByRole('group', { name: this.#words.t('status.label') }).getByRole('button', { name })
  }
}

/** Every accessibility finding that axe has on the page as it is. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
  })
}
