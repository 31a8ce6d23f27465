import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const CASHIER = { name: 'Rin Takeda', pin: '1234' }

/** The reception screen as a cashier works it: everything by role and label, in English. */
export class Till {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  readonly heading = (name: string | RegExp): Locator => this.page.getByRole('heading', { name })
  readonly button = (name: string | RegExp): Locator => this.page.getByRole('button', { name })

  async signIn(cashier = CASHIER): Promise<void> {
    await this.button(cashier.name).click()
    await this.page.getByLabel('PIN', { exact: true }).fill(cashier.pin)
    await this.button('Sign in').click()
    await this.heading('Tap card or scan').waitFor()
  }

  async chooseBasket(name: string | RegExp): Promise<void> {
    await this.button('Samples').click()
    await this.page.getByRole('dialog').getByRole('button', { name }).click()
    await this.page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  async openSimulator(): Promise<void> {
    const toggle = this.page.getByRole('button', { name: 'Simulator', exact: true })
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click()
    await this.heading('Simulator').waitFor()
  }

  /** Presents the sample medium whose label begins with `who`, cleanly or badly. */
  async tap(who: string, how: 'Cleanly' | 'Slowly' | 'Badly' | 'Random UID' = 'Cleanly'): Promise<void> {
    await this.openSimulator()
    await this.page.getByRole('radio', { name: how }).check({ force: true })
    await this.button(new RegExp(`^Present: ${who}`))
      .first()
      .click()
  }

  async nextCustomer(): Promise<void> {
    await this.button('Next customer').click()
    await this.heading('Tap card or scan').waitFor()
  }

  /** What waits, as the line at the top says it. */
  async expectWaiting(text: string): Promise<void> {
    await this.page.getByRole('group', { name: 'State of this counter' }).getByRole('button', { name: text }).waitFor()
  }
}

/** Fails with every accessibility finding that axe has on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const findings = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  })
  expect(findings).toEqual([])
}
