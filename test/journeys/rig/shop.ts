import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { announceStation } from '../../../bin/embeddedServer.ts'
import { openBrowser } from '../../e2e/browser.ts'
import { OfficeScreen, type OfficeServer, startOffice } from '../../e2e/office/officeScreen.ts'
import { type Running, startProduct, temporaryFolder } from '../../e2e/product.ts'
import { type Spoken, spoken } from '../../e2e/spoken.ts'
import { Till } from '../../e2e/till.ts'
import { type FaultProxy, startFaultProxy } from '../../rigs/faultProxy.ts'
import { freePort } from '../../server/posRig.ts'
import { sampleForCaps } from './capCoupon.ts'
import { SimulatedReader } from './cards.ts'

type Product = Running<{ url: string; pid: number; server: string }>
type Language = Spoken['language']
type OfficeRole = Parameters<OfficeScreen['signIn']>[0]

/** Where every journey is watched: the smallest screen that is supported. */
const VIEW = {
  viewport: { width: 1024, height: 768 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
  timezoneId: 'Asia/Tokyo',
} as const
const TIMEOUT_MS = 30_000

/**
 * A chain with one store of one language: server, counter and, once somebody wants it, registration terminal and head office,
 * each a real process with its screen in a real browser. The counter reaches the server over a network that can fail.
 */
export class Shop {
  readonly words: Spoken
  readonly office: OfficeServer
  readonly network: FaultProxy
  readonly posPort: number
  readonly till: Till
  readonly reader: SimulatedReader
  readonly #browser: Browser
  readonly #context: BrowserContext
  readonly #counter: Product
  readonly #endings: (() => unknown)[]
  readonly #officeScreens = new Map<OfficeRole, OfficeScreen>()
  #kiosk: Promise<{ page: Page; reader: SimulatedReader }> | null = null

  private constructor(parts: {
    words: Spoken
    office: OfficeServer
    network: FaultProxy
    posPort: number
    browser: Browser
    context: BrowserContext
    page: Page
    counter: Product
    endings: (() => unknown)[]
  }) {
    this.words = parts.words
    this.office = parts.office
    this.network = parts.network
    this.posPort = parts.posPort
    this.till = new Till(parts.page, parts.words)
    this.reader = new SimulatedReader(parts.page)
    this.#browser = parts.browser
    this.#context = parts.context
    this.#counter = parts.counter
    this.#endings = parts.endings
  }

  static async open(language: Language): Promise<Shop> {
    const endings: (() => unknown)[] = []
    const [office, browser] = await Promise.all([startOffice(), openBrowser()])
    endings.push(office.stop, () => browser.close())
    const network = await startFaultProxy(office.line.url)
    endings.push(network.close)
    await sampleForCaps(office.line)
    const posPort = await freePort()
    const counter = await startStation(office, 'counter', endings, [
      '--server',
      network.url,
      '--pos-port',
      String(posPort),
    ])
    const context = await openContext(browser, language)
    const page = await context.newPage()
    await page.goto(counter.line.url)
    const words = spoken(language)
    const shop = new Shop({ words, office, network, posPort, browser, context, page, counter, endings })
    await shop.till.heading(words.t('signIn.title')).waitFor()
    return shop
  }

  get page(): Page {
    return this.till.page
  }

  get t(): Spoken['t'] {
    return this.words.t
  }

  readonly text = (text: string | RegExp): Locator => this.page.getByText(text, { exact: typeof text === 'string' })
  readonly dialog = (name: string | RegExp): Locator => this.page.getByRole('dialog', { name, exact: true })

  /** Another window of the counter’s browser, as the customer’s display is. */
  async openWindow(path: string): Promise<Page> {
    const page = await this.#context.newPage()
    await page.goto(new URL(path, this.#counter.line.url).href)
    return page
  }

  /** The registration terminal of the same store. */
  kiosk(): Promise<{ page: Page; reader: SimulatedReader }> {
    this.#kiosk ??= this.#openKiosk()
    return this.#kiosk
  }

  async #openKiosk(): Promise<{ page: Page; reader: SimulatedReader }> {
    const { url } = this.office.line
    const station = await startStation(this.office, 'registration', this.#endings, ['--server', url])
    const page = await this.anotherScreen(station.line.url)
    return { page, reader: new SimulatedReader(page) }
  }

  /** A machine that nobody has enrolled. */
  async newMachine(): Promise<Page> {
    const station = await startMachine(this.#endings, ['--server', this.office.line.url])
    return this.anotherScreen(station.line.url)
  }

  /** A browser of its own, at the same kind of screen. */
  async anotherScreen(url: string): Promise<Page> {
    const page = await (await openContext(this.#browser, this.words.language)).newPage()
    await page.goto(url)
    return page
  }

  /** Somebody of head office at their own screen; signed in once. */
  async atOffice(role: OfficeRole): Promise<OfficeScreen> {
    const open = this.#officeScreens.get(role)
    if (open) return open
    const options = { ...VIEW, locale: this.words.language }
    const screen = await OfficeScreen.open(this.#browser, this.office.line.url, options, this.words)
    screen.page.setDefaultTimeout(TIMEOUT_MS)
    this.#officeScreens.set(role, screen)
    await screen.signIn(role)
    return screen
  }

  /** For the report of a failure. */
  log(): string {
    return this.#counter.log()
  }

  async close(): Promise<void> {
    for (const end of this.#endings.reverse()) await end()
  }
}

async function openContext(browser: Browser, language: Language): Promise<BrowserContext> {
  const context = await browser.newContext({ ...VIEW, locale: language })
  context.setDefaultTimeout(TIMEOUT_MS)
  return context
}

async function startStation(
  office: OfficeServer,
  role: 'counter' | 'registration',
  endings: (() => unknown)[],
  args: readonly string[],
): Promise<Product> {
  const code = await announceStation(office.line, role)
  return startMachine(endings, [...args, '--enrol-code', code])
}

async function startMachine(endings: (() => unknown)[], args: readonly string[]): Promise<Product> {
  const folder = temporaryFolder()
  endings.push(folder.remove)
  const product = await startProduct(folder.path, ['--no-devices', '--simulator', ...args])
  endings.push(product.stop)
  return product
}
