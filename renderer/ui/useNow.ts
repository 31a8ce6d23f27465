import { useEffect, useState } from 'react'

/** The present, epoch milliseconds, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** Whole seconds until a moment (epoch milliseconds), counted down; 0 from then on. */
export function useSecondsUntil(moment: number): number {
  const now = useNow(500)
  return Math.max(0, Math.ceil((moment - now) / 1_000))
}
