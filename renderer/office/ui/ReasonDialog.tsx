import { type ReactNode, useState } from 'react'
import { Dialog } from '../../ui/Dialog.tsx'
import type { Asked } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { useOfficeWords } from '../words.ts'
import { TextArea } from './Field.tsx'
import { TaskForm } from './TaskForm.tsx'

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
  const done = (value: Value) => {
    onDone(value)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <TaskForm
        submit={submit}
        danger={danger}
        ready={!missing}
        task={task}
        act={() => act(reason.trim())}
        onDone={done}
        onCancel={onClose}
      >
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
      </TaskForm>
    </Dialog>
  )
}
