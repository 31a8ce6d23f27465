import { useEffect, useRef } from 'react'
import type { Language } from '../words/languages.ts'

/** Which voice reads a language (BCP 47). */
const VOICES: Record<Language, string> = { en: 'en-US', ja: 'ja-JP', de: 'de-DE', ar: 'ar' }

/**
 * Says a text aloud where the machine has a voice for its language, once for each `moment`; what was being said ends. A
 * screen reader is told by the live region beside it.
 */
export function useSpeech(text: string, moment: string, language: Language, isMuted: boolean): void {
  const said = useRef('')
  useEffect(() => {
    if (said.current === moment) return
    said.current = moment
    const voice = window.speechSynthesis as SpeechSynthesis | undefined
    if (!voice || isMuted) return
    try {
      voice.cancel()
      if (text === '') return
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = VOICES[language]
      voice.speak(utterance)
    } catch {
      // A machine without a voice says nothing; everything is on the screen as well.
    }
  }, [text, moment, language, isMuted])
}
