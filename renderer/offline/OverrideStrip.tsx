import type { CounterState } from '../../core/counter/state.ts'
import { OfflineIcon } from '../ui/icons.tsx'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'

/** What a manager has set aside: in sight of everybody at the counter all the time that it is on. */
export function OverrideStrip({ overrides }: { overrides: CounterState['offline']['overrides'] }) {
  const words = useWords()
  const { t } = words
  // The time of day that is shown turns into a date at midnight.
  useNow(60_000)
  if (overrides.length === 0) return null
  return (
    <section className="overrideStrip" aria-label={t('offline.overrides.title')}>
      <OfflineIcon />
      <ul>
        {overrides.map(({ kind, until, name, reason, raisePercent }) => (
          <li key={kind}>
            <bdi>
              {t('offline.overrides.activeLong', {
                kind: t(`offline.overrides.kinds.${kind}`),
                time: words.moment(until),
                name,
                reason,
              })}
            </bdi>
            {raisePercent !== null && ` (${t('offline.overrides.raised', { percent: raisePercent })})`}
          </li>
        ))}
      </ul>
    </section>
  )
}
