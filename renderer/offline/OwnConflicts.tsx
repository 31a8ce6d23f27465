import type { OwnConflict } from '../../core/counter/offlineDesk.ts'
import { useWords } from '../words/useWords.ts'

/** This counter's own side: what its journal knows without the server. */
export function OwnConflicts({ own }: { own: readonly OwnConflict[] }) {
  const words = useWords()
  const { t } = words
  if (own.length === 0) return null
  return (
    <section aria-labelledby="own-title" className="stack">
      <h3 id="own-title">{t('offline.conflicts.own')}</h3>
      <p className="soft">{t('offline.conflicts.ownWords')}</p>
      <ul className="conflicts">
        {own.map(({ eventId, kind, at, value, reason, outcome, by, why }) => (
          <li key={eventId} className="setupRowButton conflict conflict--own">
            <span className="conflict__top">
              <span className="setupRowButton__name">
                <span className={`badge badge--${outcome ? 'good' : 'bad'}`}>
                  {outcome ? t(`offline.story.actions.${outcome}`) : t(`offline.conflicts.kinds.${kind}`)}
                </span>{' '}
                {words.moment(at)}
              </span>
              {value !== null && <span className="conflict__worth">{words.discount(value)}</span>}
            </span>
            {reason !== null && <span>{words.reason({ reason, reasonGroup: 'integration', params: {} }).text}</span>}
            {outcome && (
              <span className="soft">
                <bdi>{[by ?? t('offline.story.nobody'), why].filter((part) => part !== null).join(': ')}</bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
