import type { DeskLease, OfflineDesk } from '../../core/counter/offlineDesk.ts'
import { Button } from '../ui/Button.tsx'
import { useWords, type Words } from '../words/useWords.ts'
import { useDesk } from './useDesk.ts'

/** What is lent of limited campaigns: to which counter, how much, how much is left of it, and until when. */
export function LeasesPanel({ leases, server }: Pick<OfflineDesk, 'leases' | 'server'>) {
  const words = useWords()
  const { t } = words
  const ask = useDesk()
  const { of, rows } = leases
  return (
    <div className="setupDetail stack">
      <h2 id="leases-title">{t(`offline.leases.title.${of}`)}</h2>
      {rows.length === 0 ? (
        <p>{t('offline.leases.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
        <section className="queue__scroll" aria-labelledby="leases-title" tabIndex={0}>
          <table className="queue">
            <thead>
              <tr>
                <th scope="col">{t('offline.leases.campaign')}</th>
                {of === 'store' && <th scope="col">{t('offline.leases.station')}</th>}
                <th scope="col" className="queue__number">
                  {t('offline.leases.lent')}
                </th>
                <th scope="col" className="queue__number">
                  {t('offline.leases.used')}
                </th>
                <th scope="col">{t('offline.leases.until')}</th>
                <th scope="col">{t('offline.leases.state')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((lease) => (
                <tr key={lease.leaseId}>
                  <td>
                    <bdi>{words.title(lease) || t('offline.leases.unknown')}</bdi>
                  </td>
                  {of === 'store' && (
                    <td>
                      <bdi>{lease.stationName ?? t('offline.leases.here')}</bdi>
                    </td>
                  )}
                  <td className="queue__number">{amountWords(words, lease.uses, lease.value)}</td>
                  <td className="queue__number">{usedWords(words, lease)}</td>
                  <td>{words.moment(lease.until)}</td>
                  <td>{t(`offline.leases.states.${lease.state}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {server === 'connected' && (
        <div className="setupRow">
          <Button onClick={() => void ask({ do: 'leases' })}>{t('offline.leases.again')}</Button>
        </div>
      )}
      <p className="soft">{t(`offline.leases.words.${of}`)}</p>
    </div>
  )
}

function amountWords({ money, language }: Words, uses: number, value: number | null): string {
  const count = new Intl.NumberFormat(language).format(uses)
  return value === null ? count : `${count} · ${money(value)}`
}

function usedWords(words: Words, { uses, usesLeft, value, valueLeft }: DeskLease): string {
  return amountWords(words, uses - usesLeft, value === null || valueLeft === null ? null : value - valueLeft)
}
