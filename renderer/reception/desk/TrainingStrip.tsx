import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/useWords.ts'

/** On every screen of a training, above everything: nobody takes it for the real thing. */
export function TrainingStrip() {
  const { t } = useWords()
  const send = useSend()
  return (
    <section className="trainingStrip" aria-label={t('cashier.training.open')}>
      <strong className="trainingStrip__word">{t('cashier.training.strip')}</strong>
      <span className="trainingStrip__words">{t('cashier.training.words')}</span>
      <Button onClick={() => void send({ type: 'training', on: false })}>{t('cashier.training.end')}</Button>
    </section>
  )
}
