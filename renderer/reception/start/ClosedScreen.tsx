import type { ClosedBecause } from '../../../core/counter/closed.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { useRefusal, useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/useWords.ts'
import { StartFrame } from './StartFrame.tsx'

/** A counter whose files cannot be used: what is wrong, what it can still do. */
export function ClosedScreen({
  because,
  queueExport,
}: {
  because: ClosedBecause
  queueExport: CounterState['queueExport']
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const { refusal } = useRefusal()
  return (
    <StartFrame>
      <section className="startCard stack" aria-labelledby="closed-title">
        <h1 id="closed-title">{t('closed.title')}</h1>
        <p role="alert">{t(`closed.${because}`)}</p>
        <p className="soft">{t('closed.can')}</p>
        <Button look="primary" size="large" onClick={() => void send({ type: 'exportQueue' })}>
          {t('closed.export')}
        </Button>
        <p className="soft" role="status">
          {queueExport && t('closed.exported', { count: queueExport.events, path: queueExport.path })}
          {refusal && `${words.reason(refusal).text}. ${words.reason(refusal).todo}`}
        </p>
      </section>
    </StartFrame>
  )
}
