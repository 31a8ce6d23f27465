import { useId } from 'react'
import { type CapLeft, capsLeft } from '../../core/counter/offlineView.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'
import { leftWords } from './capWords.ts'

type Shown = Pick<CounterState, 'connection' | 'leases' | 'offline'>

/** How much may still be done without the server: each cap with what is left, then what is lent to this counter. */
export function CapsList({ connection, leases, offline }: Shown) {
  const words = useWords()
  const { t } = words
  const now = useNow(30_000)
  const leasesId = useId()
  if (!offline.allowed) return <p>{t('offline.caps.notAllowed')}</p>
  const caps = capsLeft(offline, connection.replicaAsOf, now)
  const worst = caps.some(({ level }) => level === 'reached')
    ? 'reachedWords'
    : caps.some(({ level }) => level === 'low')
      ? 'lowWords'
      : null
  return (
    <div className="caps">
      <ul className="caps__list">
        {caps.map((cap) => (
          <li key={cap.cap} className={`cap cap--${cap.level}`}>
            <span className="cap__name">{t(`offline.caps.${cap.cap}`)}</span>
            <span className="cap__left">
              {cap.level === 'reached'
                ? t('offline.caps.reached')
                : t(`offline.caps.${cap.cap}Left`, leftWords(words, cap))}
            </span>
            <Bar cap={cap} />
          </li>
        ))}
      </ul>
      {worst && <p className={`caps__worst caps__worst--${worst}`}>{t(`offline.caps.${worst}`)}</p>}
      {leases.length > 0 && (
        <>
          <p id={leasesId} className="caps__title">
            {t('offline.caps.leases')}
          </p>
          <ul className="caps__list" aria-labelledby={leasesId}>
            {leases.map((lease) => (
              <li key={lease.campaignId} className={`cap cap--${lease.usesLeft === 0 ? 'reached' : 'calm'}`}>
                <bdi className="cap__name">{words.title(lease)}</bdi>
                <span className="cap__left">
                  {t('offline.caps.leaseLeft', { count: lease.usesLeft })}
                  {lease.valueLeft !== null &&
                    ` · ${t('offline.caps.leaseValue', { value: words.money(lease.valueLeft) })}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** The same once more for the eye; the words say it to everybody. */
function Bar({ cap: { left, limit } }: { cap: CapLeft }) {
  const share = limit === 0 ? 0 : Math.min(1, left / limit)
  return (
    <span className="cap__bar" aria-hidden="true">
      <span className="cap__fill" style={{ inlineSize: `${Math.round(share * 100)}%` }} />
    </span>
  )
}
