import type { ReaderHealth } from '../../../core/readers/reader.ts'
import type { Tone } from '../../ui/StatusChip.tsx'

type Health = Pick<ReaderHealth, 'state' | 'code'>

/** `busy` is said of a reader at work and, with a code, of one that somebody else holds: people are told them apart. */
export function shownState({ state, code }: Health): ReaderHealth['state'] {
  return state === 'busy' && code !== undefined ? 'conflict' : state
}

/** It is plugged in, and works as something else than a reader of ours. */
export const needsOtherMode = ({ code }: Health): boolean => code === 'keyboard_mode' || code === 'wrong_mode'

/** The words for a reader's state, as the locales name them. */
export function stateWords(reader: Health): 'readers.otherMode' | `readers.states.${ReaderHealth['state']}` {
  return needsOtherMode(reader) ? 'readers.otherMode' : `readers.states.${shownState(reader)}`
}

/** Whether a medium can be presented to it at this moment. */
export function worksNow(reader: Health): boolean {
  const state = shownState(reader)
  return state === 'ready' || state === 'busy'
}

/** How a reader's state looks; its words are in the locales. */
export function toneOf(state: ReaderHealth['state']): Tone {
  switch (state) {
    case 'ready':
    case 'busy':
      return 'good'
    case 'opening':
    case 'absent':
      return 'neutral'
    case 'denied':
    case 'conflict':
    case 'error':
      return 'bad'
  }
}

/** All readers in one: bad when none works, a warning when some need a person, good otherwise. */
export function summaryTone(readers: readonly ReaderHealth[]): Tone {
  if (!readers.some(worksNow)) return 'bad'
  return readers.some((reader) => toneOf(shownState(reader)) === 'bad') ? 'warn' : 'good'
}
