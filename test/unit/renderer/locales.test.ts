import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COUNTER_REASONS } from '../../../core/counter/ownReasons.ts'
import { MEDIUM_TYPES } from '../../../core/media/medium.ts'
import { READER_STATES, TRANSPORTS } from '../../../core/readers/reader.ts'
import { REASON_CODES, REASON_GROUPS } from '../../../core/reasonCodes.ts'
import { OFFICE_WORDS } from '../../../renderer/office/words.ts'
import { LANGUAGES, WHOLE_LANGUAGES, WORDS } from '../../../renderer/words/languages.ts'

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

/** `x_one` and `x_other` are one key: languages have one to six plural forms. */
const singular = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

const WHOLE: Readonly<Record<string, object>> = {
  ...WORDS,
  ...Object.fromEntries(
    WHOLE_LANGUAGES.map((language) => [language, { ...WORDS[language], office: OFFICE_WORDS[language] }]),
  ),
}
const words = (language: string) => leaves(WHOLE[language] ?? {})
const en = words('en')
const keys = (of: Map<string, string>) => [...new Set([...of.keys()].map(singular))].sort()
const OTHERS = LANGUAGES.filter((language) => language !== 'en')
/** What Arabic leaves to English: the screens of managers and of head office. */
const NOT_IN_ARABIC = ['day', 'firstRun', 'offline', 'office', 'readerSetup', 'settings']
const here = (language: string) => (key: string) =>
  language !== 'ar' || !NOT_IN_ARABIC.includes(key.split('.')[0] ?? '')

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
  it.each(OTHERS)('have the same keys in %s as in English', (language) => {
    expect(keys(words(language))).toEqual(keys(en).filter(here(language)))
  })

  it.each(OTHERS)('have every plural form in %s', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const counted = new Set([...en.keys()].filter((key) => /_(one|other)$/.test(key)).map(singular))
    for (const key of [...counted].filter(here(language))) {
      for (const form of forms) expect(words(language).has(`${key}_${form}`), `${key}_${form}`).toBe(true)
    }
  })

  it.each(OTHERS)('use the same placeholders in %s as in English', (language) => {
    const theirs = words(language)
    for (const [key, text] of en) {
      const other = theirs.get(key) ?? theirs.get(`${singular(key)}_other`)
      // English says `1 reader`, where Japanese has only the form with the number.
      if (key.endsWith('_one') || !here(language)(key)) continue
      expect(placeholders(other ?? ''), key).toEqual(placeholders(text))
    }
  })

  it('are never empty', () => {
    for (const language of LANGUAGES) {
      for (const [key, text] of words(language)) expect(text.trim(), `${language} ${key}`).not.toBe('')
    }
  })

  it('are in Japanese where they are Japanese', () => {
    const latin = [...words('ja')].filter(
      ([, text]) => !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text),
    )
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
  const known = words(language)

  it.each([...REASON_CODES, ...COUNTER_REASONS])('says what %s means and what to do', (reason) => {
    expect(known.has(`reasons.codes.${reason}.text`)).toBe(true)
    expect(known.has(`reasons.codes.${reason}.todo`)).toBe(true)
  })

  it.each(REASON_GROUPS)('has words for an unknown reason of the group %s', (group) => {
    expect(known.has(`reasons.groups.${group}.text`)).toBe(true)
    expect(known.has(`reasons.groups.${group}.todo`)).toBe(true)
  })

  it('names every transport, reader state and medium type', () => {
    for (const transport of TRANSPORTS) expect(known.has(`readers.transports.${transport}`), transport).toBe(true)
    for (const state of READER_STATES) expect(known.has(`readers.states.${state}`), state).toBe(true)
    for (const type of MEDIUM_TYPES) expect(known.has(`simulator.types.${type}`), type).toBe(true)
    for (const state of READER_STATES) {
      if (state !== 'ready' && state !== 'busy') expect(known.has(`readers.fixes.${state}`), state).toBe(true)
    }
  })
})
