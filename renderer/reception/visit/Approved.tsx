import { useState } from 'react'
import type { CounterState, Visit } from '../../../core/counter/state.ts'
import { uuid7Time } from '../../../core/ids.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon, ClockIcon, UndoIcon } from '../../ui/icons.tsx'
import { Title } from '../../ui/Title.tsx'
import { useNow } from '../../ui/useNow.ts'
import { useWords } from '../../words/useWords.ts'
import { SlipDialog } from '../desk/SlipDialog.tsx'
import { PrimaryAction } from './ActionBar.tsx'
import { Outcome } from './Outcome.tsx'
import { UndoDialog } from './UndoDialog.tsx'

type ApprovedVisit = Extract<Visit, { phase: 'approved' }>

/** Approved: green with a check when the server said so, amber with a clock when it is still to be confirmed. */
export function Approved({ visit, state }: { visit: ApprovedVisit; state: CounterState }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [undoing, setUndoing] = useState(false)
  const [slip, setSlip] = useState(false)
  const seconds = useSecondsLeft(visit.undoUntil)
  const confirmed = visit.certainty === 'confirmed'
  const undoable = seconds > 0
  return (
    <>
      <Outcome
        look={confirmed ? 'confirmed' : 'stored'}
        icon={confirmed ? <CheckIcon /> : <ClockIcon />}
        title={t(`approved.${visit.certainty}`)}
        amount={words.discount(visit.totalDiscount)}
        text={t(
          visit.serverLost
            ? 'approved.serverLostWords'
            : visit.byTap && confirmed
              ? 'cashier.approved.byTap'
              : `approved.${visit.certainty}Words`,
        )}
        actions={
          <>
            <Button
              size="large"
              icon={<UndoIcon />}
              keys="F8"
              aria-haspopup="dialog"
              unavailable={!undoable}
              onClick={() => setUndoing(true)}
            >
              {undoable ? t('approved.undoSeconds', { seconds }) : t('approved.undoOver')}
            </Button>
            {state.settings.values.slips && (
              <Button size="large" keys="F7" aria-haspopup="dialog" onClick={() => setSlip(true)}>
                {t('cashier.approved.slip')}
              </Button>
            )}
            <PrimaryAction settle keys="Enter F2 Escape" onPress={() => void send({ type: 'nextCustomer' })}>
              {t('approved.next')}
            </PrimaryAction>
          </>
        }
      >
        <ul className="outcome__lines">
          {visit.lines.map((line) => (
            <li key={line.acquisitionId}>
              <Title text={words.title(line)} lines={1} />
              <bdi className="figure">{words.discount(line.discount.total)}</bdi>
            </li>
          ))}
        </ul>
      </Outcome>
      {slip && (
        <SlipDialog
          slip={{
            ...visit,
            at: uuid7Time(visit.redemptionId),
            cashier: state.cashier?.name ?? null,
            lines: visit.lines.map(({ title, titles, discount }) => ({ title, titles, discount: discount.total })),
            undone: false,
          }}
          state={state}
          onClose={() => setSlip(false)}
        />
      )}
      {undoing && undoable && (
        <UndoDialog
          amount={visit.totalDiscount}
          onUndo={(reason) => {
            setUndoing(false)
            void send({ type: 'undo', redemptionId: visit.redemptionId, reason })
          }}
          onClose={() => setUndoing(false)}
        />
      )}
    </>
  )
}

function useSecondsLeft(until: number | null): number {
  const now = useNow(250)
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1_000))
}
