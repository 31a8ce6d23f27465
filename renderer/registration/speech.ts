import { useEffect, useRef } from 'react'

/**
 * Says a text aloud where the machine has a voice for its language, once for each `moment`; what was being said ends. A
 * screen reader is told by the live region beside it.
 */
export function useSpeech(text: string, moment: string, language: string, isMuted: boolean): void {
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
      utterance.lang = language === 'ja' ? 'ja-JP' : 'en-US'
      voice.speak(utterance)
    } catch {
      // A machine without a voice says nothing; everything is on the screen as well.
    }
  }, [text, moment, language, isMuted])
}
