import type { i18n } from 'i18next'
import { LANGUAGES } from '../words/languages.ts'
import { recall } from '../words/remembered.ts'

/** The display speaks as the cashier's screen of the same browser does, from the moment it is changed there. */
export function followCashiersLanguage(languages: i18n): void {
  window.addEventListener('storage', () => {
    const language = recall('language', LANGUAGES)
    if (language !== null && language !== languages.language) void languages.changeLanguage(language)
  })
}
