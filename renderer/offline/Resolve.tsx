import { type FormEvent, useState } from 'react'
import { CONFLICT_RESOLUTIONS, type ConflictResolution, type ConflictStory } from '../../core/contract/conflicts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useWords } from '../words/useWords.ts'
import { ReasonField } from './ReasonField.tsx'
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
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '' || busy) return
    setBusy(true)
    await ask({ do: 'resolve', conflictId: story.conflictId, resolution, reason })
    setBusy(false)
    onClose()
  }
  const what = t(`offline.resolve.${resolution}`)
  return (
    <Dialog title={what} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{t(`offline.resolve.words.${resolution}`)}</p>
        <ReasonField
          label={t('offline.resolve.reason')}
          example={t('offline.resolve.reasonExample')}
          reason={reason}
          onReason={setReason}
        />
        <div className="row">
          <Button size="large" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button submit look="primary" size="large" unavailable={reason.trim() === '' || busy}>
            {t('offline.resolve.submit', { what })}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
