import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { type Submission, useSubmit } from '../client/useSubmit.ts'
import { useOfficeWords } from '../words.ts'
import { passwordWords } from './SetUp.tsx'

interface Props<Value> extends Submission<Value> {
  /** What the button says that does it. */
  readonly submit: string
  /** What goes on from here, and not one thing among others. */
  readonly primary?: boolean
  /** Says what it means here that something does not fit. */
  readonly wrong: string
  /** Beside the button. */
  readonly status?: ReactNode
  readonly children: ReactNode
}

/** A form about one's own account: its fields, what went wrong, and the way on. Done once at a time, and only when it is ready. */
export function AccountForm<Value>({
  task,
  submit,
  primary = false,
  ready,
  wrong,
  act,
  onDone,
  ...rest
}: Props<Value>) {
  const { t } = useOfficeWords()
  const send = useSubmit({ task, ready, act, onDone })
  return (
    <form className="formGrid" onSubmit={send}>
      {rest.children}
      <div className="formGrid__end">
        <p className="inlineProblem" role="alert">
          {task.problem === null ? '' : passwordWords(task.problem, t, wrong)}
        </p>
        {rest.status}
        <Button submit {...(primary ? { look: 'primary' as const } : {})} unavailable={task.busy || !ready}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
