import { useState } from 'react'
import { CONFLICT_RESOLUTIONS, type ConflictResolution, ConflictStory } from '../../../core/contract/conflicts.ts'
import { ServerSide, StationSide } from '../../offline/StorySides.tsx'
import { Button } from '../../ui/Button.tsx'
import { CurrencyContext } from '../../words/useWords.ts'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Page, Panel } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

/** One conflict: both sides' story, what was done about it, and a manager's word. */
export function ConflictPage({ conflictId }: { conflictId: string }) {
  const words = useOfficeWords()
  const { t } = words
  const story = useLoaded(conflictId, () => ask('GET', `/v1/conflicts/${conflictId}`, ConflictStory))
  const back = { href: '#/conflicts', text: t('office.conflicts.title') }
  const title = (story.value && words.title(story.value)) || t('offline.conflicts.noTitle')
  return (
    <Page title={title} back={back}>
      <Answer of={story}>{(known) => <Story story={known} onResolved={story.put} />}</Answer>
    </Page>
  )
}

function Story({ story, onResolved }: { story: ConflictStory; onResolved: (story: ConflictStory) => void }) {
  const words = useOfficeWords()
  const { t, when } = words
  const may = useMay()
  const [chosen, setChosen] = useState<ConflictResolution | null>(null)
  const [resolutionId] = useState(newId)
  const possible = story.kind === 'quarantined' ? (['written_off'] as const) : CONFLICT_RESOLUTIONS
  return (
    <div className="stack story">
      <p>
        {t('offline.story.would')} <strong>{words.reason({ ...story, params: {} }, story.currency).text}</strong>
      </p>
      <CurrencyContext value={story.currency}>
        <div className="columns">
          <StationSide story={story} />
          <ServerSide story={story} />
        </div>
      </CurrencyContext>
      <Panel title={t('offline.story.history')}>
        <ol className="history">
          {story.history.map(({ action, at, by, reason }) => (
            <li key={`${action}-${at}`}>
              <strong>{t(`offline.story.actions.${action}`)}</strong>{' '}
              <span className="soft">
                {when(at)} · <bdi>{by?.name ?? t('offline.story.nobody')}</bdi>
              </span>
              {reason !== null && action !== 'opened' && (
                <blockquote>
                  <bdi>{reason}</bdi>
                </blockquote>
              )}
            </li>
          ))}
        </ol>
      </Panel>
      {story.state === 'open' && may('conflicts.resolve') && (
        <div className="judgement">
          {story.kind === 'quarantined' && <p>{t('offline.resolve.onlyWriteOff')}</p>}
          <div className="judgement__buttons">
            {possible.map((resolution) => (
              <Button
                key={resolution}
                look={resolution === 'accepted' ? 'primary' : 'secondary'}
                onClick={() => setChosen(resolution)}
              >
                {t(`offline.resolve.${resolution}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
      {chosen && (
        <ReasonDialog
          title={t(`offline.resolve.${chosen}`)}
          words={t(`offline.resolve.words.${chosen}`)}
          submit={t(`offline.resolve.${chosen}`)}
          reason="required"
          act={(reason) =>
            ask('POST', `/v1/conflicts/${story.conflictId}/resolve`, ConflictStory, {
              resolutionId,
              resolution: chosen,
              reason,
            })
          }
          onDone={onResolved}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  )
}
