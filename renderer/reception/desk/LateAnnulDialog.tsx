import { type FormEvent, useRef, useState } from 'react'
import type { RecentApproval } from '../../../core/counter/recent.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { PinEntry } from '../../ui/PinEntry.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { useNow } from '../../ui/useNow.ts'
import { useWords } from '../../words/useWords.ts'
import { UNDO_REASONS } from '../visit/UndoDialog.tsx'

/** An approval is taken back after its time: who answers for it, why, and their PIN. */
export function LateAnnulDialog({
  approval,
  operators,
  onClose,
}: {
  approval: RecentApproval
  operators: CounterState['operators']
  onClose: () => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const managers = operators.filter(({ manages }) => manages)
  const [operatorId, setOperatorId] = useState(managers[0]?.operatorId ?? '')
  const [reason, setReason] = useState<(typeof UNDO_REASONS)[number]>(UNDO_REASONS[0])
  const [pin, setPin] = useState('')
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<{ reason: string; retryAt: number } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const now = useNow(500)
  const seconds = Math.max(0, Math.ceil(((problem?.retryAt ?? 0) - now) / 1_000))
  const unavailable = pin === '' || operatorId === '' || asking || seconds > 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (unavailable) return
    setAsking(true)
    const entered = pin
    setPin('')
    const { redemptionId } = approval
    const action = { do: 'annulLate', redemptionId, reason, operatorId, pin: entered } as const
    const answer = await send({ type: 'recent', action })
    setAsking(false)
    if (answer.ok) return onClose()
    setProblem({ reason: answer.reason, retryAt: Number(answer.params.retryAt ?? 0) })
    field.current?.focus()
  }
  const wrong = problem?.reason === 'operator_not_allowed' ? t('signIn.wrong') : problem && t('readerSetup.door.busy')
  return (
    <Dialog
      title={t('cashier.recent.managerTitle', { amount: words.money(approval.totalDiscount) })}
      onClose={onClose}
      givesFocusBack={false}
    >
      <form className="stack" onSubmit={submit}>
        <p>{managers.length === 0 ? t('readerSetup.door.nobody') : t('cashier.recent.managerWords')}</p>
        {managers.length > 1 && (
          <Segmented
            label={t('readerSetup.door.title')}
            value={operatorId}
            choices={managers.map((one) => ({ value: one.operatorId, face: one.name }))}
            onChange={setOperatorId}
          />
        )}
        <Segmented
          label={t('undo.title', { amount: words.money(approval.totalDiscount) })}
          labelHidden
          value={reason}
          choices={UNDO_REASONS.map((value) => ({ value, face: t(`undo.reasons.${value}`) }))}
          onChange={setReason}
        />
        <PinEntry
          name={managers.find((one) => one.operatorId === operatorId)?.name ?? ''}
          label={t('readerSetup.door.pin')}
          pin={pin}
          problem={seconds > 0 ? t('signIn.throttled', { seconds }) : (wrong ?? '')}
          field={field}
          onPin={setPin}
        />
        <div className="row">
          <Button size="large" onClick={onClose}>
            {t('undo.keep')}
          </Button>
          <Button submit look="danger" size="large" unavailable={unavailable} aria-busy={asking || undefined}>
            {t('cashier.recent.annul')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
