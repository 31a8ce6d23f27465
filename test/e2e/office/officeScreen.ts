import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'
import { type ServerLine, startServer, temporaryFolder } from '../product.ts'
import { literally, type Spoken, spoken } from '../spoken.ts'

/** `npm run server -- --demo`: it builds the office's pages when they are old. */
export interface OfficeServer {
  readonly line: ServerLine
  stop(): Promise<void>
}

export async function startOffice(): Promise<OfficeServer> {
  const folder = temporaryFolder()
  const server = await startServer(folder.path, 0, 'bin/server.ts')
  return {
    line: server.line,
    async stop() {
      await server.stop()
      folder.remove()
    },
  }
}

type OfficeRole = 'manager' | 'planner' | 'approver' | 'auditor' | 'admin'

/** The office as a person works it, in English unless told otherwise: everything by role and label. */
export class OfficeScreen {
  readonly page: Page
  readonly #words: Spoken

  private constructor(page: Page, words: Spoken) {
    this.page = page
    this.#words = words
  }

  /** A browser of its own: nobody else is signed in there. `options` has the locale that makes it speak `words`. */
  static async open(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
    words = spoken('en'),
  ): Promise<OfficeScreen> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Tokyo',
      locale: 'en-GB',
      ...options,
    })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    await page.goto(new URL('/office/', url).href)
    return new OfficeScreen(page, words)
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name, exact: typeof name === 'string' })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  field(name: string): Locator {
    return this.page.getByLabel(name, { exact: true })
  }

  /** As the sample's person of this role, with the password that the demo publishes. */
  async signIn(role: OfficeRole): Promise<void> {
    const person = loadSampleChain().operators.find((operator) => operator.role === role)
    if (person?.password === undefined) throw new Error(`the sample has no ${role} with a password`)
    const { t } = this.#words
    await this.field(t('office.signIn.name')).fill(person.name)
    await this.field(t('office.signIn.password')).fill(person.password)
    await this.button(t('office.signIn.submit')).click()
    await this.page.getByRole('navigation', { name: t('office.nav.label') }).waitFor()
  }

  /** To a part of the office, by its link. */
  async goTo(section: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: section, exact: true }).click()
    await this.page.getByRole('heading', { level: 1 }).waitFor()
  }

  /** Until nothing on the screen is on its way any more. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      (loading) =>
        document.querySelector('main h1') !== null &&
        document.querySelector('[aria-busy=true]') === null &&
        document.querySelector('main [role=status]')?.textContent !== loading,
      this.#words.t('office.loading'),
    )
  }

  /** Confirms the step that a dialog asks about, with a reason where one is given. */
  async confirm(step: string, reason?: string): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    const label = new RegExp(`^${literally(this.#words.t('office.reason'))}`)
    if (reason !== undefined) await dialog.getByLabel(label).fill(reason)
    await dialog.getByRole('button', { name: step, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}
