import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COUNTER_REASONS } from '../../../core/counter/ownReasons.ts'
import { MEDIUM_TYPES } from '../../../core/media/medium.ts'
import { READER_STATES, TRANSPORTS } from '../../../core/readers/reader.ts'
import { REASON_CODES, REASON_GROUPS } from '../../../core/reasonCodes.ts'
import { OFFICE_WORDS } from '../../../renderer/office/words.ts'
import { LANGUAGES, WORDS } from '../../../renderer/words/languages.ts'

const RENDERER = join(import.meta.dirname, '../../../renderer')

/** Every leaf as `a.b.c` → text. */
function leaves(tree: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix === '' ? name : `${prefix}.${name}`
    if (typeof value === 'string') found.set(key, value)
    else for (const [inner, text] of leaves(value, key)) found.set(inner, text)
  }
  return found
}

/** Japanese has one plural form: `x_one` and `x_other` are one key. */
const singular = (key: string) => key.replace(/_(one|other)$/, '')
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

const en = leaves({ ...WORDS.en, office: OFFICE_WORDS.en })
const ja = leaves({ ...WORDS.ja, office: OFFICE_WORDS.ja })
const keys = (of: Map<string, string>) => [...new Set([...of.keys()].map(singular))].sort()

/** The keys that the screens ask for: whole ones, and the beginnings of computed ones. */
function usedKeys(): { whole: Set<string>; prefixes: Set<string> } {
  const whole = new Set<string>()
  const prefixes = new Set<string>()
  for (const file of readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue
    const source = readFileSync(join(RENDERER, file), 'utf8')
    for (const [, key] of source.matchAll(/['"]([a-z][A-Za-z]*(?:\.[A-Za-z_]+)*)['"]/g)) whole.add(key ?? '')
    for (const [, prefix] of source.matchAll(/`([a-z][A-Za-z]*\.(?:[A-Za-z]+\.)*[A-Za-z]*)\$\{/g))
      prefixes.add(prefix ?? '')
  }
  return { whole, prefixes }
}

describe('the words', () => {
  it('have the same keys in every language', () => {
    expect(keys(ja)).toEqual(keys(en))
  })

  it('use the same placeholders in every language', () => {
    for (const [key, text] of en) {
      const other = ja.get(key) ?? ja.get(`${singular(key)}_other`)
      // English says `1 reader`, where Japanese has only the form with the number.
      if (key.endsWith('_one')) continue
      expect(placeholders(other ?? ''), key).toEqual(placeholders(text))
    }
  })

  it('are never empty', () => {
    for (const language of LANGUAGES) {
      for (const [key, text] of leaves(WORDS[language])) expect(text.trim(), `${language} ${key}`).not.toBe('')
    }
  })

  it('are in Japanese where they are Japanese', () => {
    const latin = [...ja].filter(([, text]) => !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text))
    expect(latin.map(([key]) => key).sort()).toEqual(['app', 'signIn.pinFor', 'simulator.types.felica-idm'])
  })

  it('exist for every key that a screen asks for', () => {
    const { whole } = usedKeys()
    const namespaces = new Set(keys(en).map((key) => key.split('.')[0]))
    const known = new Set(keys(en))
    const asked = [...whole].filter((key) => key.includes('.') && namespaces.has(key.split('.')[0]))
    expect(asked.length).toBeGreaterThan(80)
    expect(asked.filter((key) => !known.has(singular(key)))).toEqual([])
  })

  it('are all asked for by some screen', () => {
    const { whole, prefixes } = usedKeys()
    const unused = keys(en).filter((key) => !whole.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix)))
    expect(unused).toEqual([])
  })
})

describe.each(LANGUAGES)('%s', (language) => {
  const words = leaves(WORDS[language])

  it.each([...REASON_CODES, ...COUNTER_REASONS])('says what %s means and what to do', (reason) => {
    expect(words.has(`reasons.codes.${reason}.text`)).toBe(true)
    expect(words.has(`reasons.codes.${reason}.todo`)).toBe(true)
  })

  it.each(REASON_GROUPS)('has words for an unknown reason of the group %s', (group) => {
    expect(words.has(`reasons.groups.${group}.text`)).toBe(true)
    expect(words.has(`reasons.groups.${group}.todo`)).toBe(true)
  })

  it('names every transport, reader state and medium type', () => {
    for (const transport of TRANSPORTS) expect(words.has(`readers.transports.${transport}`), transport).toBe(true)
    for (const state of READER_STATES) expect(words.has(`readers.states.${state}`), state).toBe(true)
    for (const type of MEDIUM_TYPES) expect(words.has(`simulator.types.${type}`), type).toBe(true)
    for (const state of READER_STATES) {
      if (state !== 'ready' && state !== 'busy') expect(words.has(`readers.fixes.${state}`), state).toBe(true)
    }
  })
})
