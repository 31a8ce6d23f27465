import type { EndedShift } from '../../../core/counter/shift.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon } from '../../ui/icons.tsx'
import { useWords } from '../../words/useWords.ts'
import { ShiftFigures } from './ShiftFigures.tsx'

/** The totals of the shift that has just ended, to be read or copied before the next one signs in. */
export function LastShift({ shift }: { shift: EndedShift }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const { startedAt, endedAt, endedBy, totals } = shift
  return (
    <section className="startCard startCard--wide stack" aria-labelledby="last-shift">
      <h1 id="last-shift" className="lastShift__title">
        <CheckIcon />
        {t('cashier.shift.ended')}
      </h1>
      <p>
        <bdi>{t('cashier.shift.endedAt', { from: words.moment(startedAt), until: words.moment(endedAt) })}</bdi>
        {' · '}
        <bdi>{endedBy === null ? t('cashier.shift.leftOpen') : t('cashier.shift.endedBy', { name: endedBy })}</bdi>
      </p>
      <ShiftFigures totals={totals} heading="h2" />
      <Button
        look="primary"
        size="large"
        autoFocus
        onClick={() => void send({ type: 'shift', action: { do: 'dismissLast' } })}
      >
        {t('cashier.shift.read')}
      </Button>
    </section>
  )
}
