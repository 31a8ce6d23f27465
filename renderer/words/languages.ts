import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import enCounter from '../../resources/locales/en/counter.json' with { type: 'json' }
import enCustomer from '../../resources/locales/en/customer.json' with { type: 'json' }
import enOffline from '../../resources/locales/en/offline.json' with { type: 'json' }
import enReaderSetup from '../../resources/locales/en/readerSetup.json' with { type: 'json' }
import enReaders from '../../resources/locales/en/readers.json' with { type: 'json' }
import enReasons from '../../resources/locales/en/reasons.json' with { type: 'json' }
import enSimulator from '../../resources/locales/en/simulator.json' with { type: 'json' }
import jaCounter from '../../resources/locales/ja/counter.json' with { type: 'json' }
import jaCustomer from '../../resources/locales/ja/customer.json' with { type: 'json' }
import jaOffline from '../../resources/locales/ja/offline.json' with { type: 'json' }
import jaReaderSetup from '../../resources/locales/ja/readerSetup.json' with { type: 'json' }
import jaReaders from '../../resources/locales/ja/readers.json' with { type: 'json' }
import jaReasons from '../../resources/locales/ja/reasons.json' with { type: 'json' }
import jaSimulator from '../../resources/locales/ja/simulator.json' with { type: 'json' }
import { recall, remember } from './remembered.ts'

export const LANGUAGES = ['en', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each language by its own name, whoever reads it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ja: '日本語' }

export const WORDS = {
  en: {
    ...enCounter,
    customer: enCustomer,
    offline: enOffline,
    readers: enReaders,
    readerSetup: enReaderSetup,
    reasons: enReasons,
    simulator: enSimulator,
  },
  ja: {
    ...jaCounter,
    customer: jaCustomer,
    offline: jaOffline,
    readers: jaReaders,
    readerSetup: jaReaderSetup,
    reasons: jaReasons,
    simulator: jaSimulator,
  },
} as const

/** The language of an i18next instance as one of ours. */
export function languageOf(instance: Pick<i18n, 'language'>): Language {
  return instance.language.startsWith('ja') ? 'ja' : 'en'
}

/** Starts i18next with both languages in memory; the choice outlives the window. */
export function startLanguages(preferred: string): i18n {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: recall('language', LANGUAGES) ?? (preferred.toLowerCase().startsWith('ja') ? 'ja' : 'en'),
    fallbackLng: 'en',
    supportedLngs: LANGUAGES,
    resources: { en: { translation: WORDS.en }, ja: { translation: WORDS.ja } },
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  const show = (language: string) => {
    document.documentElement.lang = language
    remember('language', language)
  }
  document.documentElement.lang = instance.language
  instance.on('languageChanged', show)
  return instance
}
