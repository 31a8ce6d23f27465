import type { ReplicaState } from '../../../core/counter/state.ts'
import type { Words } from '../../words/useWords.ts'

/** How far a new copy for offline work is, in a few words; undefined: none is on its way. */
export function copyProgress({ t }: Pick<Words, 't'>, { phase, received, total }: ReplicaState): string | undefined {
  switch (phase) {
    case 'downloading':
      return total
        ? t('status.copy.downloading', { percent: Math.floor((received / total) * 100) })
        : t('status.copy.asked')
    case 'checking':
    case 'installing':
      return t('status.copy.checking')
    case 'empty':
    case 'ready':
      return undefined
  }
}
