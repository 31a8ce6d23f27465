import type { TFunction } from 'i18next'
import { createContext, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { discount, money, quantity } from './amounts.ts'
import { type Language, languageOf } from './languages.ts'
import { type GivenReason, type ReasonWords, reasonWords } from './reasons.ts'
import { day, endsToday, moment } from './times.ts'
import { labelIn, titleIn } from './titles.ts'

/** The store's currency, for every amount on the screen. */
export const CurrencyContext = createContext('JPY')

export interface Words {
  readonly t: TFunction
  readonly language: Language
  readonly currency: string
  money(amount: number): string
  discount(amount: number): string
  quantity(of: { value: number; scale: number }): string
  moment(at: number): string
  day(at: number): string
  endsToday(at: number): boolean
  title(titled: { title: string; titles: Readonly<Record<string, string>> }): string
  label(label: string, labels?: Readonly<Record<string, string>>): string
  reason(given: GivenReason): ReasonWords
}

/** Everything that turns values into words, in the language of this moment. */
export function useWords(): Words {
  const { t, i18n } = useTranslation()
  const language = languageOf(i18n)
  const currency = useContext(CurrencyContext)
  return useMemo(
    () => ({
      t,
      language,
      currency,
      money: (amount) => money(language, currency, amount),
      discount: (amount) => discount(language, currency, amount),
      quantity: (of) => quantity(language, of),
      moment: (at) => moment(language, at, Date.now()),
      day: (at) => day(language, at, Date.now()),
      endsToday: (at) => endsToday(at, Date.now()),
      title: (titled) => titleIn(language, titled),
      label: (label, labels) => labelIn(language, label, labels),
      reason: (given) => reasonWords(given, { language, currency, now: Date.now(), t }),
    }),
    [t, language, currency],
  )
}
