import './readerSetup.css'
import './readerDetail.css'
import type { CounterState } from '../../core/counter/state.ts'
import { Door } from './Door.tsx'
import { SetupScreen } from './SetupScreen.tsx'

/** The manager's part of the counter, loaded when it is asked for: the PIN, then the readers. */
export default function ReaderSetup({ state, onLeave }: { state: CounterState; onLeave: () => void }) {
  const { readerSetup, simulator } = state
  return readerSetup === null ? (
    <Door state={state} onLeave={onLeave} />
  ) : (
    <SetupScreen setup={readerSetup} simulator={simulator} />
  )
}
