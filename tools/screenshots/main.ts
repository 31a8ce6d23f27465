import { join } from 'node:path'
import { buildFiles, isFresh } from '../../bin/builtFiles.ts'
import { openBrowser } from '../../test/e2e/browser.ts'
import { ROOT, startProduct, temporaryFolder } from '../../test/e2e/product.ts'
import { Album } from './album.ts'
import { takeCounter } from './counterPictures.ts'
import { Darkroom } from './darkroom.ts'
import { film } from './filmOfAVisit.ts'
import { takeOffice } from './officePictures.ts'
import { takeTerminal } from './terminalPictures.ts'

/**
 * `npm run screenshots`: the pictures of docs/images, taken from the running product with its sample data: the same customers,
 * basket and order each time, in a Chromium from npm. A picture is written only when it shows something else than before.
 */
type Product = Awaited<ReturnType<typeof startProduct>>

/** A fresh product for each: what one approved must not show in the next. */
async function withProduct(args: readonly string[], work: (product: Product) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  const product = await startProduct(folder.path, ['--no-devices', ...args])
  try {
    await work(product)
  } finally {
    await product.stop()
    folder.remove()
  }
}

if (!isFresh(ROOT, 'office')) await buildFiles(ROOT, 'office')
const browser = await openBrowser()
try {
  const album = new Album(join(ROOT, 'docs/images'), await Darkroom.open(browser))
  await withProduct([], async (product) => {
    await takeCounter(browser, product, album)
    await takeOffice(browser, product.line.server, album)
  })
  await withProduct(['--registration'], ({ line }) => takeTerminal(browser, line.url, album))
  for (const scheme of ['light', 'dark'] as const) {
    await withProduct([], (product) => film(browser, product, album, scheme))
  }
  album.clear()
} finally {
  await browser.close()
}
