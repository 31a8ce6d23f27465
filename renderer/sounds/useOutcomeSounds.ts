import { useEffect, useRef } from 'react'
import type { Visit } from '../../core/counter/state.ts'
import { play, type Sound } from './player.ts'

/** The sound that a visit's present moment begins with; null: silence. */
export function soundOf(visit: Visit): Sound | null {
  switch (visit.phase) {
    case 'reading':
      return 'tap'
    case 'offers':
      return visit.aside ? 'tap' : null
    case 'approved':
      return visit.certainty === 'confirmed' ? 'approved' : 'stored'
    case 'refused':
      return 'refused'
    default:
      return null
  }
}

/** Names the visit's present moment; another approval is another moment. */
export function momentOf(visit: Visit): string {
  if (visit.phase === 'approved') return `approved ${visit.redemptionId}`
  return visit.phase === 'offers' && visit.aside ? 'offers, and another card' : visit.phase
}

/** Plays each outcome once, when it happens while the screen is open; not again after a reload. */
export function useOutcomeSounds(visit: Visit, muted: boolean, volume = 1): void {
  const moment = momentOf(visit)
  const heard = useRef(moment)
  const sound = soundOf(visit)
  useEffect(() => {
    if (heard.current === moment) return
    heard.current = moment
    if (sound !== null && !muted && volume > 0) play(sound, volume)
  }, [moment, sound, muted, volume])
}
