import type { i18n } from 'i18next'
import { useMemo } from 'react'
import { z } from 'zod'
import de from '../../resources/locales/de/office.json' with { type: 'json' }
import en from '../../resources/locales/en/office.json' with { type: 'json' }
import ja from '../../resources/locales/ja/office.json' with { type: 'json' }
import { discount, money } from '../words/amounts.ts'
import { startLanguages, WHOLE_LANGUAGES } from '../words/languages.ts'
import { type GivenReason, reasonWords } from '../words/reasons.ts'
import { useWords } from '../words/useWords.ts'

export const OFFICE_WORDS = { en, ja, de } as const

/** The words of the counter, which speaks of the same things, and the office's own. */
export function startOfficeLanguages(preferred: string): i18n {
  const instance = startLanguages(preferred, WHOLE_LANGUAGES)
  for (const language of WHOLE_LANGUAGES) {
    instance.addResourceBundle(language, 'translation', { office: OFFICE_WORDS[language] }, true)
  }
  return instance
}

const Titles = z.record(z.string(), z.string())

/** Everything that turns values of the office into words. Amounts are minor units of the currency that is named. */
export function useOfficeWords() {
  const words = useWords()
  return useMemo(() => {
    const { t, language } = words
    const dateTime = new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    const date = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })
    const number = new Intl.NumberFormat(language)
    return {
      t,
      language,
      title: words.title,
      /** The title of rules that may be newer than this program. */
      rulesTitle: ({ title, titles }: { title: string; titles?: unknown }) =>
        words.title({ title, titles: Titles.catch({}).parse(titles) }),
      count: (value: number) => number.format(value),
      amount: (currency: string, value: number) => money(language, currency, value),
      off: (currency: string, value: number) => discount(language, currency, value),
      /** An instant on this computer's clock. */
      when: (iso: string) => dateTime.format(Date.parse(iso)),
      /** A calendar day, `2026-11-22`. */
      day: (isoDate: string) => date.format(Date.parse(`${isoDate}T00:00:00Z`)),
      reason: (given: GivenReason, currency: string) => reasonWords(given, { language, currency, now: Date.now(), t }),
      list: (items: readonly string[]) =>
        new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' }).format(items),
    }
  }, [words])
}
export type OfficeWords = ReturnType<typeof useOfficeWords>
