import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { Asked } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { useOfficeWords } from '../words.ts'
import { TextArea } from './Field.tsx'
import { ProblemLine } from './Page.tsx'

/** Asks once more before something is done, and for why where that is to be kept. Closes when it has been done. */
export function ReasonDialog<Value>({
  title,
  words,
  submit,
  danger = false,
  reason: wanted,
  reasonLabel,
  unready = false,
  children,
  act,
  onDone,
  onClose,
}: {
  title: string
  words: string
  /** What the button says that does it. */
  submit: string
  danger?: boolean
  reason: 'required' | 'optional' | 'none'
  /** What is asked for, where that is more than why. */
  reasonLabel?: string
  /** Something in `children` is still missing. */
  unready?: boolean
  children?: ReactNode
  act: (reason: string) => Asked<Value>
  onDone: (value: Value) => void
  onClose: () => void
}) {
  const { t } = useOfficeWords()
  const [reason, setReason] = useState('')
  const task = useTask()
  const missing = unready || (wanted === 'required' && reason.trim() === '')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (missing || task.busy) return
    const done = await task.run(() => act(reason.trim()))
    if (done === null) return
    onDone(done)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={send}>
        <p>{words}</p>
        {children}
        {wanted !== 'none' && (
          <TextArea
            label={reasonLabel ?? t(wanted === 'required' ? 'office.reason' : 'office.reasonOptional')}
            value={reason}
            maxLength={500}
            required={wanted === 'required'}
            autoFocus={!unready}
            onChange={setReason}
          />
        )}
        <ProblemLine problem={task.problem} />
        <div className="row">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button submit look={danger ? 'danger' : 'primary'} unavailable={missing || task.busy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
