import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { type Submission, useSubmit } from '../client/useSubmit.ts'
import { useOfficeWords } from '../words.ts'
import { TextField } from './Field.tsx'
import { ProblemLine } from './Page.tsx'

interface Props<Value> extends Submission<Value> {
  /** What the button says that does it. */
  readonly submit: string
  readonly danger?: boolean
  /** What is under way must be seen to its end. */
  readonly holdsWhileBusy?: boolean
  readonly onCancel: () => void
  readonly children?: ReactNode
}

/** A dialog's form: its fields, what went wrong, and the two ways on. Done once at a time, and only when it is ready. */
export function TaskForm<Value>({ submit, danger = false, ready, task, act, onDone, onCancel, ...rest }: Props<Value>) {
  const { t } = useOfficeWords()
  const send = useSubmit({ task, ready, act, onDone })
  return (
    <form className="stack" onSubmit={send}>
      {rest.children}
      <ProblemLine problem={task.problem} />
      <div className="row">
        <Button unavailable={rest.holdsWhileBusy === true && task.busy} onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button submit look={danger ? 'danger' : 'primary'} unavailable={task.busy || !ready}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

/** What the new thing is to be called: where a dialog begins. */
export function NameField(props: { label: string; hint?: string; value: string; onChange: (name: string) => void }) {
  return <TextField {...props} required maxLength={100} autoComplete="off" data-autofocus />
}
