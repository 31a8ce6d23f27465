import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBrowser } from '../test/e2e/browser.ts'
import { ICNS_TYPES, icns, ico } from './packaging/iconFiles.ts'
import { Darkroom } from './screenshots/darkroom.ts'

/**
 * `npm run icons`: resources/icons/tapcoupon.svg as the packages want it, into resources/packaging: icon.ico for Windows,
 * icon.icns for macOS, icons/SIZExSIZE.png for Linux. The same drawing gives the same files.
 */
const root = resolve(import.meta.dirname, '..')
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512]
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]

const browser = await openBrowser()
try {
  const darkroom = await Darkroom.open(browser)
  const svg = readFileSync(join(root, 'resources/icons/tapcoupon.svg'))
  const drawn = async (sizes: readonly number[]) =>
    new Map(await Promise.all(sizes.map(async (size) => [size, await darkroom.scaled(svg, size)] as const)))

  const target = join(root, 'resources/packaging')
  mkdirSync(join(target, 'icons'), { recursive: true })
  for (const [size, png] of await drawn(LINUX_SIZES)) writeFileSync(join(target, `icons/${size}x${size}.png`), png)
  writeFileSync(join(target, 'icon.ico'), ico(await drawn(ICO_SIZES)))
  writeFileSync(join(target, 'icon.icns'), icns(await drawn(Object.keys(ICNS_TYPES).map(Number))))
} finally {
  await browser.close()
}
