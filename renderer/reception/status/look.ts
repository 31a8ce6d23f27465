import { useCallback, useState } from 'react'
import { recall, remember } from '../../words/remembered.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const SOUND = ['on', 'off'] as const

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
  readonly muted: boolean
  setTheme(theme: Theme): void
  setMuted(muted: boolean): void
}

/** Theme and sound of this screen. */
export function useLook(): Look {
  const [theme, setThemeState] = useState(rememberedTheme)
  const [muted, setMutedState] = useState(() => recall('sound', SOUND) === 'off')
  const setTheme = useCallback((next: Theme) => {
    remember('theme', next)
    showTheme(next)
    setThemeState(next)
  }, [])
  const setMuted = useCallback((next: boolean) => {
    remember('sound', next ? 'off' : 'on')
    setMutedState(next)
  }, [])
  return { theme, muted, setTheme, setMuted }
}
