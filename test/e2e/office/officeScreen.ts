import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'
import { type ServerLine, startServer, temporaryFolder } from '../product.ts'

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

/** The office as a person works it, in English: everything by role and label. */
export class OfficeScreen {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  /** A browser of its own: nobody else is signed in there. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OfficeScreen> {
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
    return new OfficeScreen(page)
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
    await this.field('Name').fill(person.name)
    await this.field('Password').fill(person.password)
    await this.button('Sign in').click()
    await this.page.getByRole('navigation', { name: 'Sections' }).waitFor()
  }

  /** To a part of the office, by its link. */
  async goTo(section: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: section, exact: true }).click()
    await this.page.getByRole('heading', { level: 1 }).waitFor()
  }

  /** Until nothing on the screen is on its way any more. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document.querySelector('main h1') !== null &&
        document.querySelector('[aria-busy=true]') === null &&
        document.querySelector('main [role=status]')?.textContent !== 'Loading…',
    )
  }

  /** Confirms the step that a dialog asks about, with a reason where one is given. */
  async confirm(step: string, reason?: string): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    if (reason !== undefined) await dialog.getByLabel(/^Reason/).fill(reason)
    await dialog.getByRole('button', { name: step, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}
