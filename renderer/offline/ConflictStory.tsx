import type { ConflictStory as Story } from '../../core/contract/conflicts.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { Resolve } from './Resolve.tsx'
import { ServerSide, StationSide } from './StorySides.tsx'
import { useDesk } from './useDesk.ts'

/** One conflict: both sides' story, what was done about it, and a manager's word. */
export function ConflictStory({ story, asking }: { story: Story; asking: boolean }) {
  const words = useWords()
  const { t } = words
  const ask = useDesk()
  return (
    <article className="setupDetail stack story" aria-labelledby="story-title">
      <div className="story__header">
        <div>
          <h2 id="story-title">
            <bdi>{words.title(story) || t('offline.conflicts.noTitle')}</bdi>
            {story.discount !== null && ` ${words.discount(story.discount)}`}
          </h2>
          <p>
            {t('offline.story.would')} <strong>{words.reason({ ...story, params: {} }).text}</strong>
          </p>
        </div>
        <Button autoFocus keys="Escape" onClick={() => void ask({ do: 'look', conflictId: null })}>
          {t('offline.conflicts.back')}
        </Button>
      </div>
      <div className="story__sides">
        <StationSide story={story} />
        <ServerSide story={story} />
      </div>
      <section aria-labelledby="history-title" className="setupPanel">
        <h3 id="history-title">{t('offline.story.history')}</h3>
        <ol className="story__history">
          {story.history.map(({ action, at, by, reason }) => (
            <li key={`${action}-${at}`}>
              <strong>{t(`offline.story.actions.${action}`)}</strong> {words.moment(Date.parse(at))} ·{' '}
              <bdi>{by?.name ?? t('offline.story.nobody')}</bdi>
              {reason !== null && action !== 'opened' && <bdi className="story__reason">{reason}</bdi>}
            </li>
          ))}
        </ol>
      </section>
      {story.state === 'open' && <Resolve story={story} asking={asking} />}
    </article>
  )
}
