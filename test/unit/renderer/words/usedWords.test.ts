import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ENGLISH } from '../../../../renderer/words/english.ts'
import office from '../../../../resources/locales/en/office.json' with { type: 'json' }

const root = resolve(import.meta.dirname, '../../../..')
const sources = globSync('renderer/**/*.{ts,tsx}', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')

/** Keys that are put together, `menu.themes.${theme}`, as what they can become. */
const templates = [...sources.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)]
  .map(([, text = '']) => text.split(/\$\{[^}]*\}/))
  .filter((parts) => (parts[0] ?? '').includes('.'))
  .map((parts) => new RegExp(`^${parts.map((part) => part.replace(/[.*+?^()|[\]\\{}$]/g, '\\$&')).join('.+')}$`))

const isNamed = (key: string) => [`'${key}'`, `"${key}"`, `\`${key}\``].some((quoted) => sources.includes(quoted))
const isUsed = (key: string) => isNamed(key) || templates.some((template) => template.test(key))

/** The keys of what is a word, without the endings of plurals. */
function keysOf(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`${prefix}${name.replace(/_(zero|one|two|few|many|other)$/, '')}`]
      : keysOf(value, `${prefix}${name}.`),
  )
}

describe('words that no screen shows any more', () => {
  it.each([
    ['a counter', { ...ENGLISH }],
    ['the office', { office }],
  ])('are not kept: %s', (_, words) => {
    const keys = keysOf(words)
    expect(keys.length).toBeGreaterThan(100)
    expect([...new Set(keys)].filter((key) => !isUsed(key))).toEqual([])
  })

  it('would be found', () => {
    expect(isUsed('menu.signOut')).toBe(true)
    expect(isUsed('menu.themes.dark')).toBe(true)
    expect(isUsed('keyed.sendsAPostcard')).toBe(false)
  })
})
