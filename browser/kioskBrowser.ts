import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A browser that ends sooner than this has handed its address to a window that was already open. */
const HANDED_OVER_MS = 3_000

export interface KioskBrowserOptions {
  readonly executable: string
  /** Folder for the browser's own profile and the page that opens the screen; made when missing. */
  readonly folder: string
  /** A normal window with a frame instead of the whole screen. */
  readonly windowed: boolean
  /** Chromium refuses to run as root with its sandbox. */
  readonly asRoot: boolean
}

/** How a browser ended: `closed` by its user, `handed_over` to an open window of the same profile, or `crashed`. */
export type BrowserEnd = 'closed' | 'handed_over' | 'crashed'

/** Arguments for one window without first-run questions, updates, translation bars or gestures that leave the page. */
export function browserArguments(page: string, options: Omit<KioskBrowserOptions, 'executable'>): string[] {
  return [
    `--app=${page}`,
    `--user-data-dir=${join(options.folder, 'profile')}`,
    ...(options.windowed ? ['--window-size=1280,800'] : ['--kiosk']),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-session-crashed-bubble',
    // A till that waits behind another window must still show the next customer, and be heard, at once.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--block-new-web-contents',
    '--deny-permission-prompts',
    '--disable-extensions',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--noerrdialogs',
    '--autoplay-policy=no-user-gesture-required',
    '--password-store=basic',
    '--disable-features=Translate,TouchpadOverscrollHistoryNavigation',
    ...(options.asRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
}

/**
 * Opens `url`, which carries the one-time token, in a browser of its own. The token does not go on the command line,
 * where every user of the machine could read it: a page that only our user may read leads to it.
 *
 * @param ended told once, when the browser is gone.
 */
export function openKioskBrowser(
  url: string,
  options: KioskBrowserOptions,
  ended: (how: BrowserEnd) => void,
): ChildProcess {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const page = join(options.folder, 'open.html')
  rmSync(page, { force: true })
  writeFileSync(page, openingPage(url), { mode: 0o600 })
  const startedAt = performance.now()
  const browser = spawn(options.executable, browserArguments(pathToFileURL(page).href, options), { stdio: 'ignore' })
  let told = false
  const tell = (how: BrowserEnd) => {
    if (told) return
    told = true
    rmSync(page, { force: true })
    ended(how)
  }
  browser.once('error', () => tell('crashed'))
  browser.once('exit', (code) => {
    if (code !== 0) tell('crashed')
    else tell(performance.now() - startedAt < HANDED_OVER_MS ? 'handed_over' : 'closed')
  })
  return browser
}

/** A page that goes on to `url` at once. Its characters are ours (digits, base64url), so nothing needs escaping. */
function openingPage(url: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Tapcoupon</title><script>location.replace(${JSON.stringify(url)})</script>\n`
}
