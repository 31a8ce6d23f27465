import { useState } from 'react'
import type { RecentApproval } from '../../../core/counter/recent.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormButtons } from '../../ui/FormButtons.tsx'
import { PinEntry } from '../../ui/PinEntry.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { usePinAsk } from '../../ui/usePinAsk.ts'
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
  const { redemptionId } = approval
  const ask = usePinAsk({
    ready: operatorId !== '',
    otherwise: () => t('readerSetup.door.busy'),
    send: async (pin) => {
      const answer = await send({ type: 'recent', action: { do: 'annulLate', redemptionId, reason, operatorId, pin } })
      if (answer.ok) onClose()
      return answer
    },
  })
  return (
    <Dialog
      title={t('cashier.recent.managerTitle', { amount: words.money(approval.totalDiscount) })}
      onClose={onClose}
      givesFocusBack={false}
    >
      <form className="stack" onSubmit={ask.submit}>
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
          {...ask.entry}
        />
        <FormButtons
          submit={t('cashier.recent.annul')}
          cancel={t('undo.keep')}
          look="danger"
          unavailable={ask.unavailable}
          asking={ask.asking}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}
