import type { OfflineDesk, QueueRow } from '../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { useSend } from '../client/counterContext.tsx'
import { Button } from '../ui/Button.tsx'
import { useWords, type Words } from '../words/useWords.ts'
import { useDesk } from './useDesk.ts'

/** What the server has not answered for: since when, how often it was tried, when it is tried next. */
export function QueuePanel({ desk, queueExport }: { desk: OfflineDesk; queueExport: CounterState['queueExport'] }) {
  const words = useWords()
  const { t } = words
  const ask = useDesk()
  const send = useSend()
  const { rows, total } = desk.queue
  const hasQuarantined = rows.some(({ state }) => state === 'quarantined')
  return (
    <div className="setupDetail stack">
      <h2 id="queue-title">{t('offline.queue.title')}</h2>
      {rows.length === 0 ? (
        <p>{t('offline.queue.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
        <section className="queue__scroll" aria-labelledby="queue-title" tabIndex={0}>
          <table className="queue">
            <thead>
              <tr>
                <th scope="col">{t('offline.queue.when')}</th>
                <th scope="col">{t('offline.queue.what')}</th>
                <th scope="col" className="queue__number">
                  {t('offline.queue.worth')}
                </th>
                <th scope="col" className="queue__number">
                  {t('offline.queue.tries')}
                </th>
                <th scope="col">{t('offline.queue.next')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.seq} className={row.state === 'quarantined' ? 'queue__aside' : undefined}>
                  <td>{words.moment(row.at)}</td>
                  <td>{typeWords(words, row)}</td>
                  <td className="queue__number">{row.value === null ? '' : words.money(row.value)}</td>
                  <td className="queue__number">{row.attempts}</td>
                  <td>{nextWords(words, row)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {total > rows.length && <p>{t('offline.queue.more', { count: total - rows.length })}</p>}
      <div className="setupRow">
        {hasQuarantined && (
          <Button onClick={() => void ask({ do: 'sendAgain' })}>{t('offline.queue.sendAgain')}</Button>
        )}
        <Button onClick={() => void send({ type: 'exportQueue' })}>{t('offline.queue.export')}</Button>
      </div>
      <p className="soft">{t('offline.queue.exportWords')}</p>
      <p aria-live="polite" className="selectable queue__exported">
        {queueExport &&
          t('offline.queue.exported', {
            count: queueExport.events,
            time: words.moment(queueExport.at),
            path: queueExport.path,
          })}
      </p>
    </div>
  )
}

const TYPES: readonly string[] = ['redemption', 'annul', 'refusal', 'override', 'policy', 'session']

function typeWords({ t }: Words, { type }: QueueRow): string {
  return TYPES.includes(type) ? t(`offline.queue.types.${type}`) : type
}

function nextWords({ t, moment, reason }: Words, row: QueueRow): string {
  if (row.state === 'quarantined') {
    const why = row.reason === null ? '' : reason({ reason: row.reason, reasonGroup: 'integration', params: {} }).text
    return [t('offline.queue.setAside'), why].filter((part) => part !== '').join(': ')
  }
  return row.nextTryAt === null ? t('offline.queue.nextBatch') : moment(row.nextTryAt)
}
