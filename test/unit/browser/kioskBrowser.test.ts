import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserCandidates, hasDisplay, installedBrowser } from '../../../browser/installedBrowser.ts'
import { type BrowserEnd, browserArguments, openKioskBrowser } from '../../../browser/kioskBrowser.ts'

const URL_WITH_TOKEN = 'http://127.0.0.1:4750/#token=abc'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-kiosk-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program in the browser's place. */
function program(script: string): string {
  const path = join(folder, 'browser')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

const opened = (executable: string) =>
  new Promise<BrowserEnd>((resolve) => {
    openKioskBrowser(URL_WITH_TOKEN, { executable, folder: join(folder, 'b'), windowed: false, asRoot: false }, resolve)
  })

describe('the browser that is opened', () => {
  it('fills the screen, asks nothing and keeps its own profile', () => {
    const given = browserArguments('file:///open.html', { folder: '/data/browser', windowed: false, asRoot: false })
    expect(given).toContain('--kiosk')
    expect(given).toContain('--no-first-run')
    expect(given).toContain(`--user-data-dir=${join('/data/browser', 'profile')}`)
    expect(given).not.toContain('--no-sandbox')
  })

  it('gives up its sandbox only as root', () => {
    const given = browserArguments('file:///open.html', { folder: '/b', windowed: true, asRoot: true })
    expect(given).toContain('--no-sandbox')
    expect(given).not.toContain('--kiosk')
  })

  it.runIf(process.platform !== 'win32')('is led to the address without the token on its command line', async () => {
    const seen = join(folder, 'seen')
    const executable = program(
      `echo "$@" > ${seen}; cp ${folder}/b/open.html ${folder}/copy; stat -c %a ${folder}/b/open.html > ${folder}/mode`,
    )
    expect(await opened(executable)).toBe('handed_over')
    expect(readFileSync(seen, 'utf8')).toContain('--app=file://')
    expect(readFileSync(seen, 'utf8')).not.toContain('token')
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toContain(URL_WITH_TOKEN)
    expect(readFileSync(join(folder, 'mode'), 'utf8').trim()).toBe('600')
    expect(() => statSync(join(folder, 'b', 'open.html'))).toThrow()
  })

  it.runIf(process.platform !== 'win32')('that fails, or is not there, has crashed', async () => {
    expect(await opened(program('exit 3'))).toBe('crashed')
    expect(await opened(join(folder, 'missing'))).toBe('crashed')
  })
})

describe('finding a browser', () => {
  it('takes the one that is named, and only that', () => {
    expect(browserCandidates('linux', { TAPCOUPON_BROWSER: '/opt/b', PATH: '/bin' })).toEqual(['/opt/b'])
  })

  it.runIf(process.platform !== 'win32')('prefers Chromium to its kin, wherever on the path they are', () => {
    const candidates = browserCandidates('linux', { PATH: '/usr/bin:/snap/bin' })
    expect(candidates.slice(0, 2)).toEqual(['/usr/bin/chromium', '/snap/bin/chromium'])
    expect(candidates).toContain('/usr/bin/google-chrome')
  })

  it('looks where Windows installs programs', () => {
    const [first] = browserCandidates('win32', { ProgramFiles: 'C:\\Program Files' })
    expect(first).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe')
  })

  it.runIf(process.platform !== 'win32')('finds only what can be run', () => {
    const there = program('exit 0')
    expect(installedBrowser([join(folder, 'missing'), there])).toBe(there)
    chmodSync(there, 0o644)
    expect(installedBrowser([join(folder, 'missing')])).toBeNull()
  })

  it('opens no window where there is no display', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('win32', {})).toBe(true)
  })
})
