import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { ALIVE_EVERY_MS } from '../../core/counter/alive.ts'
import type { CounterClient } from '../../core/counter/client.ts'
import type { CommandResult, CounterCommand } from '../../core/counter/commands.ts'
import type { CounterState } from '../../core/counter/state.ts'

/** A command that the counter did not carry out, kept until the next command or until it is dismissed. */
export type Refusal = Extract<CommandResult, { ok: false }>

interface CounterAccess {
  readonly client: CounterClient
  readonly send: (command: CounterCommand) => Promise<CommandResult>
  readonly refusal: Refusal | null
  readonly dismissRefusal: () => void
}

/** Scanner keys are nobody's deliberate act; the others have a place of their own in the state for their refusals. */
const SHOWN_ELSEWHERE: readonly CounterCommand['type'][] = ['wedgeKeys', 'signIn', 'unenrol', 'firstRun', 'select']

function isShownElsewhere(command: CounterCommand): boolean {
  // A wrong PIN is said beside the PIN.
  if (command.type === 'dayDesk') {
    const { action } = command
    return action.do === 'connect' || action.do === 'letPosIn' || (action.do === 'open' && action.pin !== undefined)
  }
  if (command.type === 'offlineDesk') {
    return command.action.do === 'connect' || (command.action.do === 'open' && command.action.pin !== undefined)
  }
  if (command.type === 'readerSetup') return command.action.do === 'open' && command.action.pin !== undefined
  return SHOWN_ELSEWHERE.includes(command.type)
}

const CounterContext = createContext<CounterAccess | null>(null)

/** Gives the screens below their one counter, and tells the shell as long as they stand. */
export function CounterProvider({ client, children }: { client: CounterClient; children: ReactNode }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const send = useCallback(
    async (command: CounterCommand) => {
      const result = await client.send(command)
      if (!isShownElsewhere(command)) setRefusal(result.ok ? null : result)
      return result
    },
    [client],
  )
  const dismissRefusal = useCallback(() => setRefusal(null), [])
  useEffect(() => {
    client.alive()
    const saying = setInterval(() => client.alive(), ALIVE_EVERY_MS)
    return () => clearInterval(saying)
  }, [client])
  return <CounterContext value={{ client, send, refusal, dismissRefusal }}>{children}</CounterContext>
}

function useAccess(): CounterAccess {
  const access = useContext(CounterContext)
  if (access === null) throw new Error('outside of CounterProvider')
  return access
}

/** The newest state (null before the first) and whether the line to the counter is up. */
export function useCounter(): { state: CounterState | null; link: ReturnType<CounterClient['link']> } {
  const { client } = useAccess()
  return {
    state: useSyncExternalStore(client.subscribe, client.state),
    link: useSyncExternalStore(client.subscribe, client.link),
  }
}

/** Sends a command; a refusal also shows on the screen by itself. */
export function useSend(): CounterAccess['send'] {
  return useAccess().send
}

export function useRefusal(): Pick<CounterAccess, 'refusal' | 'dismissRefusal'> {
  const { refusal, dismissRefusal } = useAccess()
  return { refusal, dismissRefusal }
}
