import { useState } from 'react'
import { CONFLICT_RESOLUTIONS, type ConflictResolution, type ConflictStory } from '../../core/contract/conflicts.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useDesk } from './useDesk.ts'

/** A manager's word: three ways, each with what follows from it, and with a reason. */
export function Resolve({ story, asking }: { story: ConflictStory; asking: boolean }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<ConflictResolution | null>(null)
  const possible = story.kind === 'quarantined' ? (['written_off'] as const) : CONFLICT_RESOLUTIONS
  return (
    <div className="stack">
      {story.kind === 'quarantined' && <p>{t('offline.resolve.onlyWriteOff')}</p>}
      <div className="setupRow">
        {possible.map((resolution) => (
          <Button
            key={resolution}
            size="large"
            look={resolution === 'accepted' ? 'primary' : 'secondary'}
            unavailable={asking}
            onClick={() => setChosen(resolution)}
          >
            {t(`offline.resolve.${resolution}`)}
          </Button>
        ))}
      </div>
      {chosen && <ResolveDialog story={story} resolution={chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}

function ResolveDialog({
  story,
  resolution,
  onClose,
}: {
  story: ConflictStory
  resolution: ConflictResolution
  onClose: () => void
}) {
  const { t } = useWords()
  const ask = useDesk()
  const what = t(`offline.resolve.${resolution}`)
  return (
    <ReasonDialog
      title={what}
      words={t(`offline.resolve.words.${resolution}`)}
      label={t('offline.resolve.reason')}
      example={t('offline.resolve.reasonExample')}
      submit={t('offline.resolve.submit', { what })}
      act={async (reason) => {
        await ask({ do: 'resolve', conflictId: story.conflictId, resolution, reason })
        return true
      }}
      onClose={onClose}
    />
  )
}
