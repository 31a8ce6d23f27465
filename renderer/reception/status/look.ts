import { useCallback, useState } from 'react'
import { recall, remember } from '../../words/remembered.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** `spoken`: outcomes are also said aloud. */
export const SOUNDS = ['on', 'spoken', 'off'] as const
type Sound = (typeof SOUNDS)[number]

/** Puts a theme on the page; `system` follows prefers-color-scheme. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** The theme of last time. */
export function rememberedTheme(): Theme {
  return recall('theme', THEMES) ?? 'system'
}

export interface Look {
  readonly theme: Theme
  readonly sound: Sound
  setTheme(theme: Theme): void
  setSound(sound: Sound): void
}

/** Theme and sound of this screen. */
export function useLook(): Look {
  const [theme, setThemeState] = useState(rememberedTheme)
  const [sound, setSoundState] = useState<Sound>(() => recall('sound', SOUNDS) ?? 'on')
  const setTheme = useCallback((next: Theme) => {
    remember('theme', next)
    showTheme(next)
    setThemeState(next)
  }, [])
  const setSound = useCallback((next: Sound) => {
    remember('sound', next)
    setSoundState(next)
  }, [])
  return { theme, sound, setTheme, setSound }
}
