import type { FormEvent } from 'react'
import type { Asked } from './request.ts'
import type { Task } from './useLoaded.ts'

export interface Submission<Value> {
  readonly task: Task
  /** Nothing is missing or wrong; until then nothing is asked. */
  readonly ready: boolean
  readonly act: () => Asked<Value>
  readonly onDone: (value: Value) => void
}

/** What a form does when it is sent: what it asks for, once at a time and only when it is ready; then how it goes on. */
export function useSubmit<Value>({ task, ready, act, onDone }: Submission<Value>): (event: FormEvent) => Promise<void> {
  return async (event) => {
    event.preventDefault()
    if (!ready) return
    const done = await task.run(act)
    if (done !== null) onDone(done)
  }
}
