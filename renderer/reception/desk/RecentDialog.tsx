import { useEffect, useState } from 'react'
import type { RecentApproval } from '../../../core/counter/recent.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CheckIcon, ClockIcon, UndoIcon } from '../../ui/icons.tsx'
import { Title } from '../../ui/Title.tsx'
import { useNow } from '../../ui/useNow.ts'
import { useWords } from '../../words/useWords.ts'
import { UndoReasons } from '../visit/UndoDialog.tsx'
import { LateAnnulDialog } from './LateAnnulDialog.tsx'
import { SlipDialog } from './SlipDialog.tsx'

type Choice = 'annul' | 'late' | 'slip'

/** What this counter approved last: for the customer who comes back, to take it back or for its slip. */
export function RecentDialog({
  state,
  onClose,
}: {
  state: Pick<CounterState, 'recent' | 'enrolment' | 'printer' | 'training' | 'settings' | 'operators'>
  onClose: () => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [chosen, setChosen] = useState<{ readonly redemptionId: string; readonly to: Choice } | null>(null)
  useEffect(() => {
    void send({ type: 'recent', action: { do: 'open' } })
    return () => void send({ type: 'recent', action: { do: 'close' } })
  }, [send])
  const { recent } = state
  const approval = recent?.find((one) => one.redemptionId === chosen?.redemptionId)
  const back = () => setChosen(null)

  if (chosen?.to === 'slip' && approval) return <SlipDialog slip={approval} state={state} onClose={back} />
  if (chosen?.to === 'late' && approval) {
    return <LateAnnulDialog approval={approval} operators={state.operators} onClose={back} />
  }
  if (chosen?.to === 'annul' && approval) {
    return (
      <Dialog
        title={t('cashier.recent.why', { amount: words.money(approval.totalDiscount) })}
        onClose={back}
        givesFocusBack={false}
      >
        <UndoReasons
          onReason={(reason) => {
            back()
            const { redemptionId } = approval
            void send({ type: 'recent', action: { do: 'annul', redemptionId, reason } })
          }}
          onKeep={back}
        />
      </Dialog>
    )
  }
  return (
    <Dialog title={t('cashier.recent.title')} onClose={onClose} givesFocusBack={false}>
      <p className="soft">{t(recent?.length === 0 ? 'cashier.recent.nothing' : 'cashier.recent.newest')}</p>
      <ul className="recent">
        {recent?.map((one) => (
          <Row
            key={one.redemptionId}
            approval={one}
            slips={state.settings.values.slips}
            onChoose={(to) => setChosen({ ...one, to })}
          />
        ))}
      </ul>
    </Dialog>
  )
}

function Row({
  approval,
  slips,
  onChoose,
}: {
  approval: RecentApproval
  slips: boolean
  onChoose: (to: Choice) => void
}) {
  const words = useWords()
  const { t } = words
  const now = useNow(1_000)
  const { at, cashier, certainty, lines, totalDiscount, undone, undoUntil } = approval
  const open = undoUntil !== null && undoUntil > now
  const [first] = lines
  return (
    <li className="recent__row">
      <span className={`recent__mark recent__mark--${undone ? 'undone' : certainty}`}>
        {undone ? <UndoIcon /> : certainty === 'confirmed' ? <CheckIcon /> : <ClockIcon />}
      </span>
      <span className="recent__what">
        <span>
          <bdi className="figure">{words.moment(at)}</bdi>
          {cashier && (
            <>
              {' · '}
              <bdi>{cashier}</bdi>
            </>
          )}
        </span>
        {first && <Title text={lines.map((line) => words.title(line)).join(' + ')} lines={1} />}
        <span className="soft">
          {undone
            ? t('cashier.recent.undone')
            : open
              ? t('cashier.recent.annulUntil', { time: words.moment(undoUntil) })
              : t('cashier.recent.annulOver')}
        </span>
      </span>
      <bdi className="recent__amount figure">{words.discount(totalDiscount)}</bdi>
      {slips && <Button onClick={() => onChoose('slip')}>{t('cashier.recent.slip')}</Button>}
      {open || undone ? (
        <Button unavailable={!open} onClick={() => onChoose('annul')}>
          {t('cashier.recent.annul')}
        </Button>
      ) : (
        <Button onClick={() => onChoose('late')}>{t('cashier.recent.manager')}</Button>
      )}
    </li>
  )
}
