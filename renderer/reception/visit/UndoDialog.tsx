import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useWords } from '../../words/useWords.ts'

/** What goes into the record as the reason; the words are for the cashier. */
export const UNDO_REASONS = ['customer_changed_mind', 'wrong_coupon', 'wrong_purchase'] as const

/** An approval is undone on purpose, with a reason: two touches. */
export function UndoDialog({
  amount,
  onUndo,
  onClose,
}: {
  amount: number
  onUndo: (reason: string) => void
  onClose: () => void
}) {
  const words = useWords()
  const { t } = words
  return (
    <Dialog title={t('undo.title', { amount: words.money(amount) })} onClose={onClose} givesFocusBack={false}>
      <UndoReasons onReason={onUndo} onKeep={onClose} />
    </Dialog>
  )
}

/** The reasons to choose from, and the way back. */
export function UndoReasons({ onReason, onKeep }: { onReason: (reason: string) => void; onKeep: () => void }) {
  const { t } = useWords()
  return (
    <>
      <p className="soft">{t('undo.words')}</p>
      <div className="stack">
        {UNDO_REASONS.map((reason, index) => (
          <Button key={reason} size="large" data-autofocus={index === 0 || undefined} onClick={() => onReason(reason)}>
            {t(`undo.reasons.${reason}`)}
          </Button>
        ))}
        <Button look="quiet" size="large" onClick={onKeep}>
          {t('undo.keep')}
        </Button>
      </div>
    </>
  )
}
