import type { CounterState } from '../../../core/counter/state.ts'
import { CapsList } from '../../offline/CapsPanel.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useWords } from '../../words/useWords.ts'
import { copyProgress } from './copyProgress.ts'

/** What online, offline and waiting mean at this moment, in sentences. */
export function ConnectionDialog({
  state,
  onClose,
}: {
  state: Pick<CounterState, 'connection' | 'leases' | 'offline' | 'replica' | 'waiting'>
  onClose: () => void
}) {
  const { connection, replica, waiting } = state
  const words = useWords()
  const { t } = words
  const progress = copyProgress(words, replica)
  return (
    <Dialog title={t('status.connectionTitle')} onClose={onClose} givesFocusBack={false}>
      <h3>
        {t(`status.${connection.mode}`)}, {t('status.since', { time: words.moment(connection.since) })}
      </h3>
      {connection.mode !== 'offline' && <p>{t(`status.${connection.mode}Words`)}</p>}
      {connection.cause && <p>{t(`status.causes.${connection.cause}`)}</p>}
      {connection.mode === 'offline' && <p>{t('status.storedHereWords')}</p>}
      <p>
        {connection.replicaAsOf === null
          ? t('status.noCopyWords')
          : t('status.copyWords', { time: words.moment(connection.replicaAsOf) })}
      </p>
      {progress && <p>{progress}</p>}
      {replica.problem && <p>{t(`status.copy.problems.${replica.problem}`)}</p>}
      <p>{t('status.waitingWords', { count: waiting.count, value: words.money(waiting.value) })}</p>
      {waiting.forced > 0 && <p>{t('status.forcedWords', { count: waiting.forced })}</p>}
      {waiting.quarantined > 0 && <p>{t('status.quarantinedWords', { count: waiting.quarantined })}</p>}
      <h3>{t('offline.caps.title')}</h3>
      <CapsList {...state} />
    </Dialog>
  )
}
