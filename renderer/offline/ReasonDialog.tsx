import { type FormEvent, type ReactNode, useState } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ReasonField } from './ReasonField.tsx'

interface Props {
  readonly title: string
  /** What follows from it. */
  readonly words: string
  readonly label: string
  readonly example: string
  readonly submit: string
  /** Sends it; true: there is nothing left to ask. */
  readonly act: (reason: string) => Promise<boolean>
  readonly onClose: () => void
  /** What else is to be chosen. */
  readonly children?: ReactNode
  /** Said last. */
  readonly note?: string
}

/** A manager does something with a reason: once at a time, and not without one. */
export function ReasonDialog({ title, words, label, example, submit, act, onClose, children, note }: Props) {
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const unavailable = reason.trim() === '' || asking
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (unavailable) return
    setAsking(true)
    const done = await act(reason)
    setAsking(false)
    if (done) onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={send}>
        <p>{words}</p>
        {children}
        <ReasonField label={label} example={example} reason={reason} onReason={setReason} />
        {note && <p className="soft">{note}</p>}
        <FormButtons submit={submit} unavailable={unavailable} asking={asking} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
