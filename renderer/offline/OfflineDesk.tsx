import '../readerSetup/readerSetup.css'
import '../readerSetup/readerDetail.css'
import './offlineDesk.css'
import type { CounterState } from '../../core/counter/state.ts'
import { Door } from '../readerSetup/Door.tsx'
import { DeskScreen } from './DeskScreen.tsx'
import { useDesk } from './useDesk.ts'

/** The manager's part for work without the server, loaded when it is asked for: the PIN, then the desk. */
export default function OfflineDesk({ state, onLeave }: { state: CounterState; onLeave: () => void }) {
  const ask = useDesk()
  const { offlineDesk } = state
  return offlineDesk === null ? (
    <Door state={state} onOpen={(operatorId, pin) => ask({ do: 'open', operatorId, pin })} onLeave={onLeave} />
  ) : (
    <DeskScreen desk={offlineDesk} state={state} />
  )
}
