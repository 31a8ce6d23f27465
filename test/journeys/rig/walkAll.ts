import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityFindings } from '../../e2e/till.ts'
import { judge, type PictureMode, REPORT } from './approvedPictures.ts'
import { SAMPLE_IDENTIFIERS } from './cards.ts'
import { startAnew } from './counter.ts'
import type { Journey } from './journey.ts'
import { readable, takePicture } from './picture.ts'
import { Shop } from './shop.ts'

/** Another browser draws other letters. */
const mode: PictureMode =
  process.env.TAPCOUPON_TEST_BROWSER !== undefined
    ? 'none'
    : process.env.TAPCOUPON_JOURNEYS === 'approve'
      ? 'approve'
      : 'compare'

/** A suite that walks journeys one after another in one shop, in one language. */
export function walkAll(language: Parameters<typeof Shop.open>[0], journeys: readonly Journey[]): void {
  describe(`in ${language}`, () => {
    let shop: Shop

    beforeAll(async () => {
      shop = await Shop.open(language)
    }, 240_000)

    afterAll(async () => {
      await shop?.close()
    }, 60_000)

    it.each(journeys)('$name', async ({ name, walk, after }) => {
      try {
        await startAnew(shop)
        const { page, hidden } = await walk(shop)
        const picture = await takePicture(page, shop.words, hidden)
        const text = await readable(page)
        expect(
          SAMPLE_IDENTIFIERS.filter((identifier) => text.includes(identifier)),
          'identifiers of cards on the screen',
        ).toEqual([])
        expect(await accessibilityFindings(page), 'axe').toEqual([])
        judge(`${language}/${name}`, picture, mode)
      } catch (error) {
        console.error(await shop.till.screen(), shop.log())
        await shop.page.screenshot({ path: join(REPORT, `${language}/${name}.failed.png`) })
        throw error
      } finally {
        await after?.(shop)
      }
    })
  })
}
