import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PRODUCTS } from '../../../packages/pos-client/sample/till.ts'
import { LANGUAGES, wordsFor } from '../../../packages/pos-client/sample/words.ts'

const html = readFileSync(new URL('../../../packages/pos-client/sample/index.html', import.meta.url), 'utf8')
const used = [...html.matchAll(/data-words="(\w+)"/g)].map(([, key]) => key as string)

describe.each(LANGUAGES.map((words) => [words.language, words] as const))(
  'the sample POS in %s',
  (_language, words) => {
    it('has words for everything on its page and for every product', () => {
      expect(new Set([...used, 'coupons'])).toEqual(new Set(Object.keys(words.static)))
      expect(Object.values(words.static).filter((text) => text.trim() === '')).toEqual([])
      expect(words.products).toHaveLength(PRODUCTS.length)
    })
  },
)

it.each([
  ['', 'ja-JP', 'ja'],
  ['', 'en-GB', 'en'],
  ['', 'fr', 'en'],
  ['?lang=ja', 'en', 'ja'],
  ['?lang=en&counter=http://127.0.0.1:1', 'ja', 'en'],
])('asked with “%s” by a browser in %s it speaks %s', (search, browser, language) => {
  expect(wordsFor({ search }, browser).language).toBe(language)
})
