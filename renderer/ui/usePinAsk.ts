import { type FormEvent, type RefObject, useRef, useState } from 'react'
import type { CommandResult } from '../../core/counter/commands.ts'
import { useWords } from '../words/useWords.ts'
import { useSecondsUntil } from './useNow.ts'

export interface PinAsk {
  /** What `PinEntry` shows and keeps. */
  readonly entry: {
    readonly pin: string
    /** In words; empty while nothing is wrong. */
    readonly problem: string
    readonly field: RefObject<HTMLInputElement | null>
    readonly onPin: (change: (before: string) => string) => void
  }
  readonly asking: boolean
  /** Nothing to send yet, something on its way, or too many wrong ones before. */
  readonly unavailable: boolean
  /** For the form. */
  readonly submit: (event: FormEvent) => Promise<void>
}

/**
 * A PIN on its way to the counter: one at a time, gone from the screen as it leaves, and after too many wrong ones not before
 * the counter takes another.
 *
 * @param send what the PIN is shown for
 * @param otherwise words for a refusal that is not about the PIN
 * @param waitUntil epoch milliseconds before which the counter is known to take none; 0: none known
 * @param ready false: something else is still missing
 */
export function usePinAsk({
  send,
  otherwise,
  waitUntil = 0,
  ready = true,
}: {
  send: (pin: string) => Promise<CommandResult>
  otherwise: (reason: string) => string
  waitUntil?: number
  ready?: boolean
}): PinAsk {
  const { t } = useWords()
  const [pin, setPin] = useState('')
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<{ reason: string; retryAt: number } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const seconds = useSecondsUntil(Math.max(problem?.retryAt ?? 0, waitUntil))
  const unavailable = pin === '' || !ready || asking || seconds > 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (unavailable) return
    setAsking(true)
    const entered = pin
    setPin('')
    const answer = await send(entered)
    setAsking(false)
    setProblem(answer.ok ? null : { reason: answer.reason, retryAt: Number(answer.params.retryAt ?? 0) })
    field.current?.focus()
  }
  const told = () => {
    if (seconds > 0) return t('signIn.throttled', { seconds })
    if (problem === null) return ''
    return problem.reason === 'operator_not_allowed' ? t('signIn.wrong') : otherwise(problem.reason)
  }
  return { entry: { pin, problem: told(), field, onPin: setPin }, asking, unavailable, submit }
}
