import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { ARABIC } from './arabic.ts'
import { directionOf } from './direction.ts'
import { ENGLISH } from './english.ts'
import { GERMAN } from './german.ts'
import { JAPANESE } from './japanese.ts'
import { recall, remember } from './remembered.ts'

/** Languages that have every word. */
export const WHOLE_LANGUAGES = ['en', 'ja', 'de'] as const
/** Those a cashier or a customer may choose; words that one lacks are English. */
export const LANGUAGES = [...WHOLE_LANGUAGES, 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language by its own name, whoever reads it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  ja: '日本語',
  de: 'Deutsch',
  ar: 'العربية',
}

export const WORDS = { en: ENGLISH, ja: JAPANESE, de: GERMAN, ar: ARABIC } as const

/** The language of an i18next instance as one of ours. */
export function languageOf(instance: Pick<i18n, 'language'>): Language {
  return spoken(instance.language) ?? 'en'
}

/** `de-AT` → `de`, where it is one of ours. */
function spoken(tag: string): Language | undefined {
  const wanted = tag.toLowerCase().split('-')[0]
  return LANGUAGES.find((language) => language === wanted)
}

/** The machine's language, where it is one of ours. */
export const spokenLanguage = (preferred: string): Language => spoken(preferred) ?? 'en'

/** Starts i18next with all languages in memory; the choice outlives the window. */
export function startLanguages(preferred: string, offered: readonly Language[] = LANGUAGES): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: recall('language', offered) ?? offered.find((language) => language === spoken(preferred)) ?? 'en',
    fallbackLng: 'en',
    supportedLngs: offered,
    resources: Object.fromEntries(offered.map((language) => [language, { translation: WORDS[language] }])),
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  const show = (language: string) => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }
  show(instance.language)
  instance.on('languageChanged', (language) => {
    show(language)
    remember('language', language)
  })
  return instance
}
