import type { CounterClient } from '../../core/counter/client.ts'
import type { CommandResult, CounterCommand } from '../../core/counter/commands.ts'
import { FromCounter, type ToCounter } from '../../core/counter/protocol.ts'
import type { CounterState } from '../../core/counter/state.ts'

/** Longest wait for a command's answer, milliseconds; after it the outcome can only show in a later state. */
export const ANSWER_DEADLINE_MS = 20_000

const UNANSWERED: CommandResult = { ok: false, reason: 'in_progress', reasonGroup: 'integration', params: {} }

/** What a transport tells the line; the line is what the screens see. */
export interface CounterLine extends CounterClient {
  /** A message from the counter, not trusted. False: it does not follow the protocol and was dropped. */
  receive(message: unknown): boolean
  opened(): void
  /** Settles every open command; the last state stays readable, marked by `link()`. */
  lost(): void
}

/**
 * The part of a client that both shells share: matches answers with commands, parses every message, keeps the newest
 * state. `post` hands one message to the transport; false when it cannot take it now. `alive` tells the shell.
 */
export function counterLine(post: (message: ToCounter) => boolean, alive: () => void): CounterLine {
  const listeners = new Set<() => void>()
  const waiting = new Map<number, (result: CommandResult) => void>()
  let state: CounterState | null = null
  let link: ReturnType<CounterClient['link']> = 'connecting'
  let lastRequestId = 0

  const tell = () => {
    for (const listener of listeners) listener()
  }
  const setLink = (next: typeof link) => {
    if (next === link) return
    link = next
    tell()
  }

  return {
    state: () => state,
    link: () => link,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    alive,
    send(command: CounterCommand) {
      lastRequestId += 1
      const requestId = lastRequestId
      return new Promise<CommandResult>((resolve) => {
        const deadline = setTimeout(() => settle(UNANSWERED), ANSWER_DEADLINE_MS)
        const settle = (result: CommandResult) => {
          clearTimeout(deadline)
          waiting.delete(requestId)
          resolve(result)
        }
        waiting.set(requestId, settle)
        if (!post({ requestId, command })) settle(UNANSWERED)
      })
    },
    receive(message) {
      const parsed = FromCounter.safeParse(message)
      if (!parsed.success) return false
      if (parsed.data.type === 'result') {
        waiting.get(parsed.data.requestId)?.(parsed.data.result)
      } else {
        state = parsed.data.state
        link = 'connected'
        tell()
      }
      return true
    },
    opened: () => setLink('connected'),
    lost() {
      setLink('lost')
      for (const settle of [...waiting.values()]) settle(UNANSWERED)
    },
  }
}
