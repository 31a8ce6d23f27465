import { useCallback, useEffect, useState } from 'react'
import { rememberedTheme, showTheme } from '../reception/status/look.ts'

export const DISPLAYS = ['light', 'dark', 'contrast'] as const
export type Display = (typeof DISPLAYS)[number]

const byDefault = (): Display => {
  const theme = rememberedTheme()
  if (theme !== 'system') return theme
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function show(display: Display): void {
  showTheme(display === 'light' ? 'light' : 'dark')
  if (display === 'contrast') document.documentElement.dataset.contrast = 'high'
  else delete document.documentElement.dataset.contrast
}

/** How this screen looks for this customer; the next one begins with what the machine is set to. */
export function useDisplay(): { display: Display; setDisplay: (display: Display) => void; reset: () => void } {
  const [display, setState] = useState<Display>(byDefault)
  useEffect(() => show(display), [display])
  const reset = useCallback(() => setState(byDefault()), [])
  return { display, setDisplay: setState, reset }
}
