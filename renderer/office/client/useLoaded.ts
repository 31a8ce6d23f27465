import { useCallback, useEffect, useRef, useState } from 'react'
import type { Asked, OfficeProblem } from './request.ts'
import { useSignedOut } from './session.tsx'

export interface Loaded<Value> {
  /** Of the last answer; kept while it is asked again. null: none yet. */
  readonly value: Value | null
  readonly problem: OfficeProblem | null
  readonly busy: boolean
  reload(): void
  /** Puts an answer in the place of the last one. */
  put(value: Value): void
}

/** Asks when the screen comes and whenever `key` changes; an answer that comes after a later question is dropped. */
export function useLoaded<Value>(key: string, load: () => Asked<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null)
  const [problem, setProblem] = useState<OfficeProblem | null>(null)
  const [busy, setBusy] = useState(true)
  const asked = useRef(0)
  const loading = useRef(load)
  loading.current = load
  const signedOut = useSignedOut()

  const reload = useCallback(() => {
    const mine = ++asked.current
    setBusy(true)
    void loading.current().then((answer) => {
      if (mine !== asked.current) return
      setBusy(false)
      setProblem(answer.ok ? null : answer.problem)
      if (answer.ok) setValue(answer.value)
      else if (answer.problem.kind === 'signed_out') signedOut()
    })
  }, [signedOut])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another question
  useEffect(() => {
    reload()
    return () => {
      asked.current += 1
    }
  }, [key, reload])

  const put = useCallback((next: Value) => {
    asked.current += 1
    setBusy(false)
    setProblem(null)
    setValue(next)
  }, [])
  return { value, problem, busy, reload, put }
}

export interface Task {
  readonly busy: boolean
  readonly problem: OfficeProblem | null
  /** Asks for something to be done, one at a time; answers what came of it, or null. */
  run<Value>(work: () => Asked<Value>): Promise<Value | null>
  forget(): void
}

/** Something that is done when a person asks for it. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<OfficeProblem | null>(null)
  const running = useRef(false)
  const signedOut = useSignedOut()
  const run = useCallback(
    async <Value>(work: () => Asked<Value>): Promise<Value | null> => {
      if (running.current) return null
      running.current = true
      setBusy(true)
      setProblem(null)
      const answer = await work()
      running.current = false
      setBusy(false)
      if (answer.ok) return answer.value
      setProblem(answer.problem)
      if (answer.problem.kind === 'signed_out') signedOut()
      return null
    },
    [signedOut],
  )
  const forget = useCallback(() => setProblem(null), [])
  return { busy, problem, run, forget }
}
