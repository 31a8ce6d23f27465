import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, WORDS } from '../../../../renderer/words/languages.ts'

const DRIVERS = join(import.meta.dirname, '../../../../drivers')

/** Every code of a health, as the drivers write it. */
const codes = new Set(
  readdirSync(DRIVERS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(DRIVERS, file), 'utf8').matchAll(/\bcode: '([a-z_]+)'/g)])
    .map(([, code]) => code ?? ''),
)

describe.each(LANGUAGES)('%s', (language) => {
  it('has words for everything that the drivers can find wrong', () => {
    expect(codes.size).toBeGreaterThan(8)
    expect([...codes].filter((code) => !(code in WORDS[language].readers.codes))).toEqual([])
  })
})
