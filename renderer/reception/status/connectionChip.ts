import type { CounterState } from '../../../core/counter/state.ts'
import type { Tone } from '../../ui/StatusChip.tsx'
import type { Words } from '../../words/useWords.ts'
import { copyProgress } from './copyProgress.ts'

/**
 * What is said of the server, beside the answer that is on the screen: one that came from this counter's copy, because the
 * server kept silent this once, stands beside no word "online".
 */
export function connectionChip(
  words: Words,
  state: Pick<CounterState, 'connection' | 'replica' | 'visit' | 'waiting'>,
): { tone: Tone; text: string; detail: string | undefined } {
  const { t } = words
  const { mode, since } = state.connection
  const copy = copyProgress(words, state.replica)
  if (mode === 'online') {
    if (!isOfCopy(state)) return { tone: 'good', text: t('status.online'), detail: copy }
    return { tone: 'warn', text: t('status.silent'), detail: t('status.silentDetail') }
  }
  const from = t('status.since', { time: words.moment(since) })
  return {
    tone: mode === 'offline' ? 'warn' : 'bad',
    text: t(`status.${mode}`),
    detail: copy ? `${from} · ${copy}` : from,
  }
}

/** The answer on the screen is this counter's own, and the server has not said anything to it yet. */
function isOfCopy({ visit, waiting }: Pick<CounterState, 'visit' | 'waiting'>): boolean {
  switch (visit.phase) {
    case 'offers':
    case 'approving':
      return visit.source === 'replica'
    case 'approved':
      return visit.certainty === 'stored' && waiting.count > 0
    default:
      return false
  }
}
