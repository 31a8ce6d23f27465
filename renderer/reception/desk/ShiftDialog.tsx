import { useEffect } from 'react'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useWords } from '../../words/useWords.ts'
import { ShiftFigures } from './ShiftFigures.tsx'

/** The shift so far, and its end. What waits for the server changes while somebody looks, and is counted again. */
export function ShiftDialog({
  shift,
  waiting,
  onClose,
}: {
  shift: NonNullable<CounterState['shift']>
  waiting: CounterState['waiting']
  onClose: () => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const outcome = `${waiting.count} ${waiting.forced} ${waiting.quarantined}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another outcome means other totals
  useEffect(() => {
    void send({ type: 'shift', action: { do: 'look' } })
  }, [send, outcome])
  useEffect(() => () => void send({ type: 'shift', action: { do: 'leave' } }), [send])
  return (
    <Dialog
      title={t('cashier.shift.title', { time: words.moment(shift.startedAt) })}
      onClose={onClose}
      givesFocusBack={false}
    >
      <p className="soft">
        <bdi>{t('cashier.shift.by', { name: shift.startedBy })}</bdi>
      </p>
      {shift.totals && <ShiftFigures totals={shift.totals} />}
      <div className="row">
        <Button size="large" data-autofocus="" onClick={onClose}>
          {t('cashier.shift.keep')}
        </Button>
        <Button
          size="large"
          look="danger"
          unavailable={shift.totals === null}
          onClick={() => void send({ type: 'shift', action: { do: 'end' } })}
        >
          {t('cashier.shift.end')}
        </Button>
      </div>
    </Dialog>
  )
}
