import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CounterState } from '../../core/counter/state.ts'
import type { Look } from '../reception/status/look.ts'
import { LANGUAGES, spokenLanguage } from '../words/languages.ts'
import { recall, remember } from '../words/remembered.ts'

/**
 * Puts language and look of the settings on this screen: when they change, and always where the office has fixed them.
 * Between changes the cashier may choose.
 */
export function useFollowedSettings(state: CounterState | null, look: Look): void {
  const { i18n } = useTranslation()
  const isCounter = state?.enrolment.status === 'enrolled' && state.registration === null && state.closed === null
  const { values, fixed } = state?.settings ?? {}
  const language = isCounter ? values?.language : undefined
  const theme = isCounter ? values?.theme : undefined
  const isLanguageFixed = fixed?.includes('language') === true
  const isThemeFixed = fixed?.includes('theme') === true
  const shown = useRef(look)
  shown.current = look
  const speaks = i18n.language

  useEffect(() => {
    if (language === undefined) return
    const wanted = language === 'machine' ? spokenLanguage(navigator.language) : language
    const news = recall('languageSet', ['machine', ...LANGUAGES]) ?? 'machine'
    if (news !== language) remember('languageSet', language)
    if ((isLanguageFixed || news !== language) && speaks !== wanted) void i18n.changeLanguage(wanted)
  }, [i18n, isLanguageFixed, language, speaks])

  const { theme: now } = look
  useEffect(() => {
    if (theme === undefined) return
    const news = recall('themeSet', ['system', 'light', 'dark']) ?? 'system'
    if (news !== theme) remember('themeSet', theme)
    if ((isThemeFixed || news !== theme) && now !== theme) shown.current.setTheme(theme)
  }, [isThemeFixed, now, theme])
}
