import './readerSetup.css'
import './readerDetail.css'
import type { CounterState } from '../../core/counter/state.ts'
import { Door } from './Door.tsx'
import { SetupScreen } from './SetupScreen.tsx'
import { useSetup } from './useSetup.ts'

/** The manager's part of the counter, loaded when it is asked for: the PIN, then the readers. */
export default function ReaderSetup({ state, onLeave }: { state: CounterState; onLeave: () => void }) {
  const { readerSetup, simulator } = state
  const ask = useSetup()
  return readerSetup === null ? (
    <Door state={state} onOpen={(operatorId, pin) => ask({ do: 'open', operatorId, pin })} onLeave={onLeave} />
  ) : (
    <SetupScreen setup={readerSetup} simulator={simulator} />
  )
}
