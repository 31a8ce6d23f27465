import { useCallback, useEffect, useState } from 'react'

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel'] as const

export interface Idle {
  /** Nobody has touched, typed or moved anything for that long, and nobody has woken the screen since. */
  readonly idle: boolean
  wake(): void
}

/**
 * Notices that nobody is here for `afterMs`; `watching` false: somebody is. Only `wake` ends it: a touch that wakes the
 * screen must not press what comes to light under it.
 */
export function useIdle(afterMs: number, watching: boolean): Idle {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    if (!watching || idle) return
    let timer = setTimeout(() => setIdle(true), afterMs)
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setIdle(true), afterMs)
    }
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, alive, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, alive, { capture: true })
    }
  }, [afterMs, idle, watching])
  const wake = useCallback(() => setIdle(false), [])
  return { idle: idle && watching, wake }
}
